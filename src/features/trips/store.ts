import type { Queryable } from '../../database/connect.ts';
import { newId, type TripId } from '../../units/ids.ts';
import type {
  BookingLeg,
  CheckedChanges,
  KeptRoute,
  NewTrip,
  Trip,
  TripOrder,
  TripStatus,
  TripSummary,
} from './contract.ts';
import { instant, instantOrNull, LEG_JSON, legOf } from './legStore.ts';
import { tripTotals } from './totals.ts';

/**
 * Every statement names the user besides the row-level policies that hold anyway: a connection as rs_service, which
 * the policies let through, then finds no more than the user's own rows either.
 */

/** A trip in one JSON value; its instants are still PostgreSQL's. */
type TripJson = Omit<Trip, 'bookingLegs' | 'totals'> & { bookingLegs: BookingLeg[] | null };

/**
 * Trip `t` with its legs as JSON: one statement for trips and legs, and one parse for a page of them (as columns, a
 * list of 20 costs this process 0.68 ms, as JSON 0.3 ms).
 */
const tripJson = (legs: string, more = ''): string =>
  `json_build_object('id', t.id, 'origin', t.origin, 'destination', t.destination, 'stops', t.stops, 'date', t.date,
    'time', t."time", 'timezone', t.timezone, 'passengers', t.passengers, 'preference', t.preference, 'status', t.status,
    'legCount', t.leg_count, 'startsAt', t.starts_at AT TIME ZONE 'UTC', 'endsAt', t.ends_at AT TIME ZONE 'UTC',
    'createdAt', t.created_at AT TIME ZONE 'UTC', 'updatedAt', t.updated_at AT TIME ZONE 'UTC',
    'bookingLegs', (SELECT json_agg(${LEG_JSON} ORDER BY b.leg_index) FROM ${legs} b WHERE b.user_id = $1 AND b.trip_id = t.id)${more})`;

function summaryOf(trip: Omit<TripJson, 'selectedRoute' | 'archivedAt'>): TripSummary {
  trip.startsAt = instant(trip.startsAt);
  trip.endsAt = instant(trip.endsAt);
  trip.createdAt = instant(trip.createdAt);
  trip.updatedAt = instant(trip.updatedAt);
  return Object.assign(trip, { bookingLegs: (trip.bookingLegs ?? []).map(legOf) });
}

const WITH_ROUTE = `, 'selectedRoute', t.selected_route, 'archivedAt', NULL`;

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

export async function insertTrip(tx: Queryable, userId: string, trip: NewTrip): Promise<TripId> {
  const id = newId<TripId>();
  await tx.query({
    name: 'insert trip',
    text: `INSERT INTO trips (id, user_id, origin, destination, stops, date, "time", timezone, passengers, preference, selected_route, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())`,
    values: [
      id,
      userId,
      json(trip.origin),
      json(trip.destination),
      json(trip.stops),
      trip.date,
      trip.time ?? null,
      trip.timezone,
      trip.passengers,
      trip.preference,
      json(trip.selectedRoute),
    ],
  });
  return id;
}

/** A trip with its route and legs; from the archive when it lies there. */
export async function selectTrip(tx: Queryable, userId: string, id: string): Promise<Trip | null> {
  const trip = (await selectLiveTrip(tx, userId, id)) ?? (await selectArchivedTrip(tx, userId, id));
  return trip ? wholeTrip(trip) : null;
}

function wholeTrip({ selectedRoute, archivedAt, ...rest }: TripJson): Trip {
  const summary = summaryOf(rest);
  return {
    ...summary,
    totals: tripTotals(selectedRoute, summary.bookingLegs),
    selectedRoute,
    archivedAt: instantOrNull(archivedAt),
  };
}

async function selectLiveTrip(tx: Queryable, userId: string, id: string): Promise<TripJson | undefined> {
  const { rows } = await tx.query<{ trip: TripJson }>({
    name: 'trip',
    text: `SELECT ${tripJson('booking_legs', WITH_ROUTE)} AS trip FROM trips t WHERE t.id = $2 AND t.user_id = $1`,
    values: [userId, id],
  });
  return rows[0]?.trip;
}

async function selectArchivedTrip(tx: Queryable, userId: string, id: string): Promise<TripJson | undefined> {
  const { rows } = await tx.query<{ trip: TripJson }>({
    name: 'archived trip',
    text: `SELECT ${tripJson('archive.booking_legs', `, 'selectedRoute', t.selected_route, 'archivedAt', t.archived_at AT TIME ZONE 'UTC'`)} AS trip
           FROM archive.trips t WHERE t.id = $2 AND t.user_id = $1`,
    values: [userId, id],
  });
  return rows[0]?.trip;
}

/** The last trip of a page. */
export interface PageEnd {
  readonly date: string;
  readonly id: string;
}

export interface TripListing {
  readonly limit: number;
  readonly end: PageEnd | null;
  readonly status: readonly TripStatus[] | null;
  readonly order: TripOrder;
}

/** The index (date descending, id) walked on, or walked back. */
const walks: Readonly<Record<TripOrder, { readonly by: string; readonly after: string }>> = {
  latest: { by: 'p.date DESC, p.id', after: 'AND p.date <= $4 AND (p.date < $4 OR p.id > $5)' },
  soonest: { by: 'p.date, p.id DESC', after: 'AND p.date >= $4 AND (p.date > $4 OR p.id < $5)' },
};

/** Trips after `end` in an order that an index has, with their legs, in one statement. */
export async function selectTrips(
  tx: Queryable,
  userId: string,
  { limit, end, status, order }: TripListing,
): Promise<TripSummary[]> {
  const { by, after } = walks[order];
  // The planner sees a plain range of the index in all; one statement with `$4 IS NULL OR …` would filter.
  const { rows } = await tx.query<{ trips: TripJson[] | null }>({
    name: `${order} trips${end ? ' after' : ''}`,
    text: `SELECT json_agg(${tripJson('booking_legs')}) AS trips
           FROM (SELECT p.* FROM trips p
                 WHERE p.user_id = $1 ${end ? after : ''} AND ($3::"TripStatus"[] IS NULL OR p.status = ANY ($3))
                 ORDER BY ${by} LIMIT $2) t`,
    values: [userId, limit, status, ...(end ? [end.date, end.id] : [])],
  });
  return (rows[0]?.trips ?? []).map(summaryOf);
}

/** The last trip of a page in the order of departures; its instant as PostgreSQL writes it, to the microsecond. */
export interface StartEnd {
  readonly startsAt: string;
  readonly id: string;
}

/** Trips with their routes that end on `from` or later, the next one first, and where the next page begins. */
export async function selectTripsEndingFrom(
  tx: Queryable,
  userId: string,
  { from, after, limit }: { from: Date; after: StartEnd | null; limit: number },
): Promise<{ trips: Trip[]; end: StartEnd | null }> {
  const { rows } = await tx.query<{ trip: TripJson; startsAt: string }>({
    name: after ? 'trips with routes after' : 'trips with routes',
    text: `SELECT ${tripJson('booking_legs', WITH_ROUTE)} AS trip, t.starts_at::text AS "startsAt"
           FROM (SELECT p.* FROM trips p WHERE p.user_id = $1 AND p.ends_at >= $2
                   ${after ? 'AND (p.starts_at, p.id) > ($4::timestamptz, $5)' : ''}
                 ORDER BY p.starts_at, p.id LIMIT $3) t
           ORDER BY t.starts_at, t.id`,
    values: [userId, from, limit, ...(after ? [after.startsAt, after.id] : [])],
  });
  const trips = rows.map(({ trip }) => wholeTrip(trip));
  const [last, id] = [rows.at(-1), trips.at(-1)?.id];
  return { trips, end: last && id !== undefined ? { startsAt: last.startsAt, id } : null };
}

/** A trip held against other changes until the transaction ends. */
export interface LockedTrip {
  readonly status: TripStatus;
  readonly origin: unknown;
  readonly destination: unknown;
  readonly stops: unknown;
  readonly date: string;
  readonly selectedRoute: KeptRoute | null;
}

export async function lockTrip(tx: Queryable, userId: string, id: string): Promise<LockedTrip | null> {
  const { rows } = await tx.query<LockedTrip>({
    name: 'lock trip',
    text: `SELECT status, origin, destination, stops, date, selected_route AS "selectedRoute"
           FROM trips WHERE id = $2 AND user_id = $1 FOR NO KEY UPDATE`,
    values: [userId, id],
  });
  return rows[0] ?? null;
}

/**
 * Writes the given fields. What the clock has said of the trip (IN_PROGRESS, COMPLETED) is taken back when `replan`:
 * the clock job says it again if it still holds.
 */
export async function updateTripRow(
  tx: Queryable,
  userId: string,
  id: string,
  changes: CheckedChanges,
  replan: boolean,
): Promise<void> {
  const has = (key: keyof CheckedChanges): boolean => changes[key] !== undefined;
  await tx.query({
    name: 'update trip',
    text: `UPDATE trips SET
             origin = coalesce($3, origin),
             destination = coalesce($4, destination),
             stops = CASE WHEN $5 THEN $6 ELSE stops END,
             date = coalesce($7, date),
             "time" = CASE WHEN $8 THEN $9 ELSE "time" END,
             timezone = coalesce($10, timezone),
             passengers = coalesce($11, passengers),
             preference = coalesce($12, preference),
             selected_route = CASE WHEN $13 THEN $14 ELSE selected_route END,
             status = CASE WHEN $15 AND status IN ('IN_PROGRESS', 'COMPLETED') THEN 'PLANNED' ELSE status END,
             updated_at = now()
           WHERE id = $2 AND user_id = $1`,
    values: [
      userId,
      id,
      json(changes.origin),
      json(changes.destination),
      has('stops'),
      json(changes.stops),
      changes.date ?? null,
      has('time'),
      changes.time ?? null,
      changes.timezone ?? null,
      changes.passengers ?? null,
      changes.preference ?? null,
      has('selectedRoute'),
      json(changes.selectedRoute),
      replan,
    ],
  });
}

/** CANCELLED, or PLANNED, which the database makes what the legs say. False when the trip is none of `from`. */
export async function setStatus(
  tx: Queryable,
  userId: string,
  id: string,
  status: 'CANCELLED' | 'PLANNED',
  from: readonly TripStatus[],
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'set trip status',
    text: `UPDATE trips SET status = $3, updated_at = now()
           WHERE id = $2 AND user_id = $1 AND status = ANY ($4::"TripStatus"[])`,
    values: [userId, id, status, from],
  });
  return rowCount === 1;
}

/** With its legs, wherever it lies. False when there is none. */
export async function deleteTripRow(tx: Queryable, userId: string, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ gone: number }>({
    name: 'delete trip',
    text: `WITH live AS (DELETE FROM trips WHERE id = $2 AND user_id = $1 RETURNING 1),
             archived AS (DELETE FROM archive.trips WHERE id = $2 AND user_id = $1 RETURNING 1)
           SELECT (SELECT count(*) FROM live) + (SELECT count(*) FROM archived) AS gone`,
    values: [userId, id],
  });
  return (rows[0]?.gone ?? 0) > 0;
}

/** IN_PROGRESS trips that have ended → COMPLETED; how many, at most `limit`. */
export async function completeTrips(tx: Queryable, now: Date, limit: number): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'complete trips',
    text: `WITH due AS (SELECT id FROM trips WHERE status = 'IN_PROGRESS' AND ends_at <= $1
                        ORDER BY ends_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
           UPDATE trips t SET status = 'COMPLETED', updated_at = now() FROM due WHERE t.id = due.id`,
    values: [now, limit],
  });
  return rowCount ?? 0;
}

/** Trips whose time has come → IN_PROGRESS, or COMPLETED when it is over already; how many of each, at most `limit`. */
export async function startTrips(
  tx: Queryable,
  now: Date,
  limit: number,
): Promise<{ started: number; completed: number }> {
  const { rows } = await tx.query<{ started: number; completed: number }>({
    name: 'start trips',
    text: `WITH due AS (SELECT id FROM trips
                        WHERE status IN ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED') AND starts_at <= $1
                        ORDER BY starts_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
             moved AS (UPDATE trips t
                       SET status = CASE WHEN t.ends_at <= $1 THEN 'COMPLETED' ELSE 'IN_PROGRESS' END::"TripStatus", updated_at = now()
                       FROM due WHERE t.id = due.id RETURNING t.status)
           SELECT count(*) FILTER (WHERE status = 'IN_PROGRESS') AS started,
             count(*) FILTER (WHERE status = 'COMPLETED') AS completed FROM moved`,
    values: [now, limit],
  });
  return rows[0] ?? { started: 0, completed: 0 };
}
