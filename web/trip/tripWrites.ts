/** What the page of a trip changes, each with the way back. */
import type { QueryClient } from '@tanstack/react-query';
import type { BookingLeg, KeptRoute, Trip } from '../../src/features/trips/contract.ts';
import { callApi, newKey } from '../api/client.ts';
import { tripChanged } from '../api/trips.ts';
import { type Wish, wished } from '../offline/edits.ts';
import { isOffline } from '../offline/kept.ts';
import { writeBooking } from '../offline/send.ts';
import { addWaiting, waitingNow } from '../offline/waiting.ts';

const pathOf = (tripId: string, rest = ''): string => `trips/${encodeURIComponent(tripId)}${rest}`;

/** Done, or kept in this browser until there is a connection. */
export type Written = 'DONE' | 'WAITS';

/** Records the booking of a leg, or that there is none. `seen`: the leg as its traveller sees it. */
export async function recordBooking(
  client: QueryClient,
  tripId: string,
  seen: BookingLeg,
  wish: Wish,
): Promise<Written> {
  const { legIndex } = seen;
  const edit = { tripId, legIndex, wish, seen, key: newKey() };
  // Behind what waits already, so that the order stays.
  const queued = waitingNow().some((one) => one.tripId === tripId && one.legIndex === legIndex);
  if (queued && (await addWaiting(edit))) return 'WAITS';
  try {
    await writeBooking(edit);
  } catch (error) {
    if (isOffline(error) && (await addWaiting(edit))) return 'WAITS';
    throw error;
  }
  await tripChanged(client, tripId);
  return 'DONE';
}

/** A leg as it was before the wish. */
export function restoreBooking(
  client: QueryClient,
  tripId: string,
  before: BookingLeg,
  wish: Wish,
): Promise<Written> {
  const { isBooked, platform, bookingRef, cost, currency, fareClass } = before;
  const back = isBooked ? { platform, bookingRef, cost, currency, fareClass } : null;
  return recordBooking(client, tripId, wished(before, wish), back);
}

const changed = async (client: QueryClient, id: string, trip: Promise<Trip>): Promise<void> =>
  tripChanged(client, id, await trip);

export const selectRoute = (client: QueryClient, tripId: string, route: KeptRoute): Promise<void> =>
  changed(client, tripId, callApi<Trip>(pathOf(tripId, '/route'), { method: 'PUT', body: route }));

export const setPassengers = (client: QueryClient, tripId: string, passengers: number): Promise<void> =>
  changed(client, tripId, callApi<Trip>(pathOf(tripId), { method: 'PATCH', body: { passengers } }));

export const cancelTrip = (client: QueryClient, tripId: string): Promise<void> =>
  changed(client, tripId, callApi<Trip>(pathOf(tripId, '/cancel'), { method: 'POST' }));

export const uncancelTrip = (client: QueryClient, tripId: string): Promise<void> =>
  changed(client, tripId, callApi<Trip>(pathOf(tripId, '/uncancel'), { method: 'POST' }));

export async function restoreTrip(client: QueryClient, tripId: string): Promise<void> {
  await callApi(`archived-trips/${encodeURIComponent(tripId)}/restore`, { method: 'POST' });
  await tripChanged(client, tripId);
}

export async function keepRoute(trip: Trip): Promise<void> {
  const { origin, destination, stops, selectedRoute } = trip;
  await callApi('saved-routes', { body: { origin, destination, stops, route: selectedRoute } });
}
