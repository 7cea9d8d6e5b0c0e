import type { Caller } from '../../database/caller.ts';
import { AppError } from '../../errors.ts';
import { getTrip, getTripsAhead } from '../trips/index.ts';
import { linkOwner, nothingShared, type SharingDatabases } from './sharedTrip.ts';
import { pagedCalendar, tripCalendar } from './tripCalendar.ts';

/** A calendar of all trips goes back so far. */
const DAYS_BACK = 90;
const MS_PER_DAY = 86_400_000;

const nameOf = (trip: { origin: { name: string }; destination: { name: string } }): string =>
  `${trip.origin.name} → ${trip.destination.name}`;

/** One trip of the caller's as a calendar file, with its booking references. Throws `NOT_FOUND`. */
export async function getTripCalendar(caller: Caller, tripId: string): Promise<string> {
  const trip = await getTrip(caller, tripId);
  return tripCalendar([trip], { name: nameOf(trip), references: true });
}

/**
 * The calendar under a secret address, without booking references: programs keep such addresses in places of their
 * own. Throws `NOT_FOUND`.
 */
export async function getCalendarFeed({ service, app }: SharingDatabases, token: string): Promise<string> {
  const { userId, tripId } = await linkOwner(service, 'CALENDAR', token);
  const owner: Caller = { userId, database: app };
  if (tripId === null) {
    const trips = getTripsAhead(owner, new Date(Date.now() - DAYS_BACK * MS_PER_DAY));
    return pagedCalendar(trips, { name: 'RouteStitch trips', references: false });
  }
  try {
    const trip = await getTrip(owner, tripId);
    return tripCalendar([trip], { name: nameOf(trip), references: false });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw nothingShared();
    throw error;
  }
}
