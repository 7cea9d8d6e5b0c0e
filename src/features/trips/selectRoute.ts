import type { Caller } from '../../database/caller.ts';
import type { KeptRoute, Trip } from './contract.ts';
import { updateTrip } from './updateTrip.ts';

/**
 * Chooses the route of a trip, or none with null. Its legs that are booked get booking legs; the same rides of the
 * route before keep theirs. Throws as `updateTrip` does.
 */
export const selectRoute = (caller: Caller, tripId: string, route: KeptRoute | null): Promise<Trip> =>
  updateTrip(caller, tripId, { selectedRoute: route });
