/** What the page of a trip changes, each with the way back. */
import type { QueryClient } from '@tanstack/react-query';
import type { BookingDetails, BookingLeg, KeptRoute, Trip } from '../../src/features/trips/contract.ts';
import { callApi } from '../api/client.ts';
import { tripChanged } from '../api/trips.ts';

const pathOf = (tripId: string, rest = ''): string => `trips/${encodeURIComponent(tripId)}${rest}`;

export async function bookLeg(
  client: QueryClient,
  tripId: string,
  legIndex: number,
  details: BookingDetails,
): Promise<void> {
  await callApi<BookingLeg>(pathOf(tripId, `/legs/${legIndex}/booking`), { method: 'PUT', body: details });
  await tripChanged(client, tripId);
}

export async function unbookLeg(client: QueryClient, tripId: string, legIndex: number): Promise<void> {
  await callApi<BookingLeg>(pathOf(tripId, `/legs/${legIndex}/booking`), { method: 'DELETE' });
  await tripChanged(client, tripId);
}

/** A leg as it was. */
export function restoreLeg(client: QueryClient, tripId: string, before: BookingLeg): Promise<void> {
  const { legIndex, platform, bookingRef, cost, currency, fareClass } = before;
  return before.isBooked
    ? bookLeg(client, tripId, legIndex, { platform, bookingRef, cost, currency, fareClass })
    : unbookLeg(client, tripId, legIndex);
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
