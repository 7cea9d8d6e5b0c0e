import { AppError } from '../../errors.ts';

/** Somebody else's trip is no trip: the same answer. */
export const noTrip = (id: string): AppError => new AppError('NOT_FOUND', `You have no trip ${id}.`);

export const tripCancelled = (): AppError =>
  new AppError('CONFLICT', 'The trip is cancelled. Take that back before booking its legs.');
