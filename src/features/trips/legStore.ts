import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import { type BatchDetails, type BookingDetails, type BookingLeg, MAX_LEGS } from './contract.ts';
import type { PlannedLeg } from './planLegs.ts';

/** Statements on booking legs. They lock the trip first and its legs after: bookings of one trip cannot deadlock. */

/**
 * Leg `b` in one JSON value: a statement answers it in one column, which costs this process a third of what twelve
 * columns with three dates do.
 */
export const LEG_JSON = `json_build_object('id', b.id, 'legIndex', b.leg_index, 'mode', b.mode, 'isBooked', b.is_booked,
  'platform', b.platform, 'bookingRef', b.booking_ref, 'fareClass', b.fare_class, 'bookedAt', b.booked_at AT TIME ZONE 'UTC', 'cost', b.cost_minor,
  'currency', b.currency, 'departsAt', b.departs_at AT TIME ZONE 'UTC', 'remindAt', b.remind_at AT TIME ZONE 'UTC',
  'reminderSent', b.reminder_sent)`;

interface LegRow {
  /** Its instants are still PostgreSQL's. */
  leg: BookingLeg;
}

/** `2026-12-15T02:30:00` and `2026-12-15T02:30:00.5`, UTC in JSON, as `Date.toISOString` writes them. */
export const instant = (written: string): string =>
  `${written.length === 19 ? `${written}.000` : written.padEnd(23, '0')}Z`;
export const instantOrNull = (written: string | null): string | null =>
  written === null ? null : instant(written);

/** The leg of `LEG_JSON`, its instants written as ours. */
export function legOf(leg: BookingLeg): BookingLeg {
  leg.bookedAt = instantOrNull(leg.bookedAt);
  leg.departsAt = instantOrNull(leg.departsAt);
  leg.remindAt = instantOrNull(leg.remindAt);
  return leg;
}
const legOfRow = ({ leg }: LegRow): BookingLeg => legOf(leg);

export async function selectLegs(tx: Queryable, userId: string, tripId: string): Promise<BookingLeg[]> {
  const { rows } = await tx.query<LegRow>({
    name: 'legs',
    text: `SELECT ${LEG_JSON} AS leg FROM booking_legs b WHERE b.user_id = $1 AND b.trip_id = $2 ORDER BY b.leg_index`,
    values: [userId, tripId],
  });
  return rows.map(legOfRow);
}

/** Replaces the legs of a locked trip. A leg that comes back keeps its id. */
export async function replaceLegs(
  tx: Queryable,
  userId: string,
  tripId: string,
  legs: readonly PlannedLeg[],
): Promise<void> {
  await tx.query({
    name: 'delete legs',
    text: 'DELETE FROM booking_legs WHERE user_id = $1 AND trip_id = $2',
    values: [userId, tripId],
  });
  await insertLegs(tx, userId, tripId, legs);
}

export async function insertLegs(
  tx: Queryable,
  userId: string,
  tripId: string,
  legs: readonly PlannedLeg[],
): Promise<void> {
  if (legs.length === 0) return;
  await tx.query({
    name: 'insert legs',
    text: `INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode, departs_at, is_booked, platform, booking_ref,
             booked_at, cost_minor, currency, fare_class, remind_at, reminder_sent, updated_at)
           SELECT l.id, $1, $2, l.leg_index, l.mode, l.departs_at, l.booked_at IS NOT NULL, l.platform, l.booking_ref,
             l.booked_at, l.cost_minor, l.currency, l.fare_class, l.remind_at, l.reminder_sent, now()
           FROM unnest($3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::timestamptz[],
             $10::int[], $11::text[], $12::text[], $13::timestamptz[], $14::boolean[])
             AS l (id, leg_index, mode, departs_at, platform, booking_ref, booked_at, cost_minor, currency, fare_class, remind_at,
               reminder_sent)`,
    values: [
      userId,
      tripId,
      legs.map((leg) => leg.kept?.id ?? newId()),
      legs.map((leg) => leg.legIndex),
      legs.map((leg) => leg.mode),
      legs.map((leg) => leg.departsAt),
      legs.map((leg) => leg.kept?.platform ?? null),
      legs.map((leg) => leg.kept?.bookingRef ?? null),
      legs.map((leg) => leg.kept?.bookedAt ?? null),
      legs.map((leg) => leg.kept?.cost ?? null),
      legs.map((leg) => leg.kept?.currency ?? 'INR'),
      legs.map((leg) => leg.kept?.fareClass ?? null),
      legs.map((leg) => leg.kept?.remindAt ?? null),
      legs.map((leg) => leg.kept?.reminderSent ?? false),
    ],
  });
}

/** What can be emptied, by the name of its column. */
const emptiable = {
  platform: 'platform',
  bookingRef: 'booking_ref',
  cost: 'cost_minor',
  fareClass: 'fare_class',
} as const satisfies Partial<Record<keyof BookingDetails, string>>;

/** Sets a column of leg `b`: to nothing when it is among those to empty, to what is given, else as it was. */
const given = (column: string, value: string, emptied: string): string =>
  `${column} = CASE WHEN '${column}' = ANY (${emptied}::text[]) THEN NULL ELSE coalesce(${value}, b.${column}) END`;

// A leg that a route has brought along already: nearly every booking. It costs two thirds of BOOK_LEG, which reads the
// route itself. The trip is locked before the leg, and the leg is read again after the wait.
const BOOK_PLANNED_LEG = `
UPDATE booking_legs b SET
  is_booked = true, booked_at = coalesce(b.booked_at, now()),
  ${given('platform', '$5', '$10')}, ${given('booking_ref', '$6', '$10')}, ${given('cost_minor', '$7', '$10')},
  currency = coalesce($8, b.currency), ${given('fare_class', '$9', '$10')}, updated_at = now()
FROM (
  SELECT id FROM trips
  WHERE id = $2 AND user_id = $1 AND status <> 'CANCELLED' AND (selected_route IS NULL OR $3::smallint = ANY (bookable_legs))
  FOR NO KEY UPDATE
) t
WHERE b.user_id = $1 AND b.trip_id = t.id AND b.leg_index = $3 AND ($4::text IS NULL OR b.mode = $4)
RETURNING ${LEG_JSON} AS leg`;

// The route is read under the lock: a route chosen meanwhile is the one that counts. A leg that is booked already
// keeps its first time and what the new details leave out.
const BOOK_LEG = `
INSERT INTO booking_legs AS b (id, user_id, trip_id, leg_index, mode, is_booked, booked_at, platform, booking_ref, cost_minor, currency,
  fare_class, updated_at)
SELECT $4, $1, t.id, $3, coalesce(t.mode, $5), true, now(), $6, $7, $8, coalesce($9, 'INR'), $10, now()
FROM (
  SELECT id, status, bookable_legs, selected_route IS NOT NULL AS has_route,
    selected_route #>> ARRAY['legs', $3::int::text, 'mode'] AS mode
  FROM trips WHERE id = $2 AND user_id = $1 FOR NO KEY UPDATE
) t
WHERE t.status <> 'CANCELLED' AND CASE
  WHEN t.has_route THEN $3::smallint = ANY (t.bookable_legs) AND (t.mode = $5) IS NOT FALSE
  ELSE $5 IS NOT NULL
END
ON CONFLICT (trip_id, leg_index) DO UPDATE SET
  is_booked = true, booked_at = coalesce(b.booked_at, excluded.booked_at), mode = excluded.mode,
  ${given('platform', '$6', '$11')}, ${given('booking_ref', '$7', '$11')}, ${given('cost_minor', '$8', '$11')},
  currency = coalesce($9, b.currency), ${given('fare_class', '$10', '$11')}, updated_at = now()
RETURNING ${LEG_JSON} AS leg`;

/**
 * Books a leg, whatever was there. The trip's status follows by trigger. `null`: there is no such trip, or
 * {@link selectBookable} says why not.
 */
export async function upsertBookedLeg(
  tx: Queryable,
  userId: string,
  tripId: string,
  legIndex: number,
  booking: BookingDetails,
): Promise<BookingLeg | null> {
  const { mode, platform, bookingRef, cost, currency, fareClass } = booking;
  const emptied = Object.entries(emptiable).flatMap(([key, column]) =>
    booking[key as keyof typeof emptiable] === null ? [column] : [],
  );
  const details = [mode, platform, bookingRef, cost, currency, fareClass].map((value) => value ?? null);
  const planned = await tx.query<LegRow>({
    name: 'book planned leg',
    text: BOOK_PLANNED_LEG,
    values: [userId, tripId, legIndex, ...details, emptied],
  });
  if (planned.rows[0]) return legOfRow(planned.rows[0]);
  const { rows } = await tx.query<LegRow>({
    name: 'book leg',
    text: BOOK_LEG,
    values: [userId, tripId, legIndex, newId(), ...details, emptied],
  });
  return rows[0] ? legOfRow(rows[0]) : null;
}

/** What decides whether a leg can be booked. */
export interface Bookable {
  readonly cancelled: boolean;
  readonly hasRoute: boolean;
  /** Of the leg in the selected route; null when the route has no such leg. */
  readonly mode: string | null;
  readonly bookable: boolean;
}

export async function selectBookable(
  tx: Queryable,
  userId: string,
  tripId: string,
  legIndex: number,
): Promise<Bookable | null> {
  const { rows } = await tx.query<Bookable & Record<string, unknown>>({
    name: 'bookable leg',
    text: `SELECT status = 'CANCELLED' AS cancelled, selected_route IS NOT NULL AS "hasRoute",
             selected_route #>> ARRAY['legs', $3::int::text, 'mode'] AS mode, $3::smallint = ANY (bookable_legs) AS bookable
           FROM trips WHERE id = $2 AND user_id = $1`,
    values: [userId, tripId, legIndex],
  });
  return rows[0] ?? null;
}

// Trips in the order of their ids, so that two batches over the same trips wait for each other in one direction.
const BOOK_LEGS = `
WITH t AS MATERIALIZED (
  SELECT id FROM trips
  WHERE user_id = $1 AND status <> 'CANCELLED' AND id IN (SELECT trip_id FROM booking_legs WHERE user_id = $1 AND id = ANY ($2))
  ORDER BY id FOR NO KEY UPDATE
)
UPDATE booking_legs b SET is_booked = true, booked_at = coalesce(b.booked_at, now()),
  platform = coalesce($3, b.platform), booking_ref = coalesce($4, b.booking_ref), updated_at = now()
FROM t WHERE b.trip_id = t.id AND b.user_id = $1 AND b.id = ANY ($2)
RETURNING ${LEG_JSON} AS leg`;

/** Books the user's own of these legs, except of cancelled trips, in one statement. */
export async function bookLegs(
  tx: Queryable,
  userId: string,
  legIds: readonly string[],
  details: BatchDetails,
): Promise<BookingLeg[]> {
  const { rows } = await tx.query<LegRow>({
    name: 'book legs',
    text: BOOK_LEGS,
    values: [userId, legIds, details.platform ?? null, details.bookingRef ?? null],
  });
  return rows.map(legOfRow);
}

// Of a trip with a route, the legs that are booked; of one without, the legs it has.
const BOOK_TRIP = `
WITH t AS MATERIALIZED (
  SELECT id, status, bookable_legs, selected_route FROM trips WHERE id = $2 AND user_id = $1 FOR NO KEY UPDATE
), l AS (
  SELECT t.id AS trip_id, i AS leg_index, t.selected_route -> 'legs' -> i::int ->> 'mode' AS mode, n
  FROM t, unnest(t.bookable_legs) WITH ORDINALITY AS u (i, n) WHERE t.selected_route IS NOT NULL
  UNION ALL
  SELECT t.id, b.leg_index, b.mode, row_number() OVER () FROM t JOIN booking_legs b ON b.trip_id = t.id AND b.user_id = $1
  WHERE t.selected_route IS NULL
), b AS (
  INSERT INTO booking_legs AS b (id, user_id, trip_id, leg_index, mode, is_booked, booked_at, platform, booking_ref, updated_at)
  SELECT ($3::text[])[l.n], $1, l.trip_id, l.leg_index, l.mode, true, now(), $4, $5, now() FROM l, t WHERE t.status <> 'CANCELLED'
  ON CONFLICT (trip_id, leg_index) DO UPDATE SET
    is_booked = true, booked_at = coalesce(b.booked_at, excluded.booked_at),
    platform = coalesce($4, b.platform), booking_ref = coalesce($5, b.booking_ref), updated_at = now()
  RETURNING b.*
)
SELECT t.status = 'CANCELLED' AS cancelled, (SELECT json_agg(${LEG_JSON} ORDER BY b.leg_index) FROM b) AS legs FROM t`;

/** Books every leg of a trip, unless it is cancelled, in one statement. `null`: no such trip. */
export async function bookTrip(
  tx: Queryable,
  userId: string,
  tripId: string,
  details: BatchDetails,
): Promise<{ readonly cancelled: boolean; readonly legs: BookingLeg[] } | null> {
  const { rows } = await tx.query<{ cancelled: boolean; legs: BookingLeg[] | null }>({
    name: 'book trip',
    text: BOOK_TRIP,
    values: [
      userId,
      tripId,
      Array.from({ length: MAX_LEGS }, () => newId()),
      details.platform ?? null,
      details.bookingRef ?? null,
    ],
  });
  if (!rows[0]) return null;
  const { cancelled, legs } = rows[0];
  return { cancelled, legs: (legs ?? []).map(legOf) };
}

const UNBOOK_LEG = `
WITH t AS MATERIALIZED (SELECT id FROM trips WHERE id = $2 AND user_id = $1 FOR NO KEY UPDATE)
UPDATE booking_legs b SET is_booked = false, booked_at = NULL, platform = NULL, booking_ref = NULL, cost_minor = NULL,
  fare_class = NULL, updated_at = now()
FROM t WHERE b.trip_id = t.id AND b.user_id = $1 AND b.leg_index = $3
RETURNING ${LEG_JSON} AS leg`;

export async function unbookLegRow(
  tx: Queryable,
  userId: string,
  tripId: string,
  legIndex: number,
): Promise<BookingLeg | null> {
  const { rows } = await tx.query<LegRow>({
    name: 'unbook leg',
    text: UNBOOK_LEG,
    values: [userId, tripId, legIndex],
  });
  return rows[0] ? legOfRow(rows[0]) : null;
}
