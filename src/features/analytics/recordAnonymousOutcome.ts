import { AppError } from '../../errors.ts';
import type { ClickOutcome } from './recordBookingOutcome.ts';
import { type Queryable, updateAnonymousOutcome } from './store.ts';

/**
 * As `recordBookingOutcome`, for a click of the last 90 days that nobody was signed in for: to have its id is to have
 * clicked. Throws `NOT_FOUND` when there is none, also for a user's.
 * @param service a database as rs_service.
 */
export async function recordAnonymousOutcome(
  service: Queryable,
  clickId: string,
  didBook: boolean,
): Promise<ClickOutcome> {
  const markedAt = await updateAnonymousOutcome(service, clickId, didBook);
  if (markedAt === null) throw new AppError('NOT_FOUND', 'There is no such booking click');
  return { clickId, didBook, markedAt };
}
