import { AppError } from '../../errors.ts';

/** What was found. Throws `NOT_FOUND`, also for somebody else's route: the same answer. */
export function orNoRoute<T>(found: T | null | false): T {
  if (found === null || found === false) throw new AppError('NOT_FOUND', 'You have no such saved route.');
  return found;
}
