import type { Database } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { getTrip } from '../trips/index.ts';
import type { SharedTrip } from './contract.ts';
import { type Itinerary, itineraryOf, type LegEnd } from './itinerary.ts';
import { type LinkKind, type LinkOwner, selectLinkOwner } from './store.ts';
import { tokenHash } from './tokens.ts';

export interface SharingDatabases {
  /** As rs_service: knows whose a link is. */
  readonly service: Database;
  /** As rs_app: what is shown is read as its owner. */
  readonly app: Database;
}

/** A link that never was, is over, was revoked, or whose trip is gone: the same answer. */
export const nothingShared = (): AppError =>
  new AppError('NOT_FOUND', 'This link shows nothing (any more). Ask for a new one.');

/** Throws `NOT_FOUND`. */
export async function linkOwner(service: Database, kind: LinkKind, token: string): Promise<LinkOwner> {
  const hash = tokenHash(token);
  const owner = hash === null ? null : await translatingErrors(() => selectLinkOwner(service, kind, hash));
  if (!owner) throw nothingShared();
  return owner;
}

/** The trip that a link shows, as whoever has the link may see it. Throws `NOT_FOUND`. */
export async function getSharedTrip({ service, app }: SharingDatabases, token: string): Promise<SharedTrip> {
  const { userId, tripId, name } = await linkOwner(service, 'PAGE', token);
  if (tripId === null) throw nothingShared();
  try {
    return sharedTripOf(itineraryOf(await getTrip({ userId, database: app }, tripId)), name);
  } catch (error) {
    // Deleted since the link was looked up.
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw nothingShared();
    throw error;
  }
}

/** Neither bookings nor costs, nor anything that a later version of a route may hold. */
function sharedTripOf({ trip, departure, arrival, legs }: Itinerary, sharedBy: string | null): SharedTrip {
  const { date, time, timezone, passengers, status, updatedAt } = trip;
  return {
    sharedBy,
    date,
    time,
    timezone,
    passengers,
    status,
    origin: trip.origin.name,
    destination: trip.destination.name,
    stops: (trip.stops ?? []).map(({ place, dwellMinutes }) => ({ name: place.name, dwellMinutes })),
    departure,
    arrival,
    legs: legs.map(({ mode, line, from, to, price, booking, ...leg }) => ({
      mode,
      line,
      from: from && endOf(from),
      to: to && endOf(to),
      departure: leg.departure,
      arrival: leg.arrival,
      price,
      booked: booking && booking.isBooked,
    })),
    updatedAt,
  };
}

/** Without its coordinates: they may be those of a home. */
const endOf = ({ name, code, zone }: LegEnd) => ({ name, code, zone });
