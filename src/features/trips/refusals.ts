import { AppError } from '../../errors.ts';

/** Somebody else's trip is no trip: the same answer, word for word. */
export const noTrip = (): AppError => new AppError('NOT_FOUND', 'You have no such trip.');

export const tripCancelled = (): AppError =>
  new AppError('CONFLICT', 'The trip is cancelled. Take that back before booking its legs.');
