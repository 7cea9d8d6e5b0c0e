import { asCaller, type Caller } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { type Trip, tripIdSchema, tripStatuses } from './contract.ts';
import { noTrip } from './refusals.ts';
import { selectTrip, setStatus } from './store.ts';

const CANCELLABLE = tripStatuses.filter((status) => status !== 'COMPLETED' && status !== 'CANCELLED');

/**
 * Sets a trip aside; its bookings stay recorded. Doing it twice changes nothing. Throws `NOT_FOUND`, and `CONFLICT`
 * when the trip is over or archived.
 */
export const cancelTrip = (caller: Caller, tripId: string): Promise<Trip> =>
  change(caller, tripId, 'CANCELLED');

/** Takes a cancellation back: the status is again what the legs and the clock say. Throws as `cancelTrip`. */
export const uncancelTrip = (caller: Caller, tripId: string): Promise<Trip> =>
  change(caller, tripId, 'PLANNED');

async function change(caller: Caller, tripId: string, status: 'CANCELLED' | 'PLANNED'): Promise<Trip> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const from = status === 'CANCELLED' ? CANCELLABLE : (['CANCELLED'] as const);
  return asCaller(caller, async (database) => {
    await setStatus(database, caller.userId, id, status, from);
    const trip = await selectTrip(database, caller.userId, id);
    if (!trip) throw noTrip();
    if (trip.archivedAt) throw new AppError('CONFLICT', 'The trip is in the archive. Restore it first.');
    if (status === 'CANCELLED' && trip.status === 'COMPLETED')
      throw new AppError('CONFLICT', 'The trip is over; it cannot be cancelled any more.');
    return trip;
  });
}
