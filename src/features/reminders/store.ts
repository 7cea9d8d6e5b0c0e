import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import type { EpochMinute } from '../../units/time.ts';
import type { PlannedReminder } from './plannedReminders.ts';

const instant = (minute: EpochMinute): Date => new Date(minute * 60_000);

export interface TripToPlan extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
}

/** Trips that changed since their reminders were planned and have reminders: longest waiting first. As rs_service. */
export async function selectTripsToPlan(db: Queryable, now: Date, limit: number): Promise<TripToPlan[]> {
  const { rows } = await db.query<TripToPlan>({
    name: 'trips to plan reminders of',
    text: `SELECT id, user_id AS "userId" FROM trips
           WHERE reminders_planned_at IS DISTINCT FROM updated_at AND ${HAS_REMINDERS}
           ORDER BY updated_at LIMIT $2`,
    values: [now, limit],
  });
  return rows;
}

const HAS_REMINDERS = `ends_at > $1 AND selected_route IS NOT NULL
  AND status IN ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED', 'IN_PROGRESS')`;

/** The other ones are planned with none; those that somebody is changing come next time. How many. As rs_service. */
export async function planWithout(db: Queryable, now: Date, limit: number): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    name: 'plan without reminders',
    text: `WITH found AS (SELECT id FROM trips
                          WHERE reminders_planned_at IS DISTINCT FROM updated_at AND (${HAS_REMINDERS}) IS NOT TRUE
                          LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
             seen AS (UPDATE trips t SET reminders_planned_at = updated_at FROM found WHERE t.id = found.id RETURNING t.id),
             gone AS (DELETE FROM reminders r USING found WHERE r.trip_id = found.id AND r.state = 'WAITING')
           SELECT count(*) AS n FROM seen`,
    values: [now, limit],
  });
  return rows[0]?.n ?? 0;
}

/** As rs_service. */
export async function markPlanned(db: Queryable, tripId: string): Promise<void> {
  await db.query({
    name: 'mark reminders planned',
    text: 'UPDATE trips SET reminders_planned_at = updated_at WHERE id = $1',
    values: [tripId],
  });
}

// The trip is locked by its update, and legs after it, as bookings do it. What waits and is not planned any more goes;
// what is under way or done stays as it is, so that nothing is sent twice.
const PLAN = `
WITH seen AS (
  UPDATE trips SET reminders_planned_at = updated_at WHERE id = $1 AND user_id = $2 AND updated_at = $3 RETURNING id
), planned AS (
  SELECT p.* FROM seen, json_to_recordset($4::json) AS p (id text, kind "ReminderKind", "legKey" text, "eventAt" timestamptz,
    "legIndex" smallint, "dueAt" timestamptz, "useUntil" timestamptz, fresh boolean)
), gone AS (
  DELETE FROM reminders r USING seen
  WHERE r.trip_id = seen.id AND r.state = 'WAITING' AND NOT EXISTS (
    SELECT FROM planned p WHERE p.kind = r.kind AND p."legKey" = r.leg_key AND p."eventAt" = r.event_at)
), moved AS (
  UPDATE reminders r SET due_at = p."dueAt", use_until = p."useUntil", leg_index = p."legIndex" FROM planned p
  WHERE r.trip_id = $1 AND r.state = 'WAITING' AND r.kind = p.kind AND r.leg_key = p."legKey" AND r.event_at = p."eventAt"
    AND (r.due_at, r.use_until, r.leg_index) IS DISTINCT FROM (p."dueAt", p."useUntil", p."legIndex") AND r.attempts = 0
), made AS (
  INSERT INTO reminders (id, user_id, trip_id, kind, leg_key, event_at, leg_index, due_at, use_until)
  SELECT id, $2, $1, kind, "legKey", "eventAt", "legIndex", "dueAt", "useUntil" FROM planned WHERE fresh
  ON CONFLICT (trip_id, kind, leg_key, event_at) DO NOTHING
  RETURNING 1
), legs AS (
  UPDATE booking_legs b SET remind_at = n.at
  FROM (SELECT l.id, min(p."dueAt") AS at FROM seen JOIN booking_legs l ON l.trip_id = seen.id
        LEFT JOIN planned p ON p."legKey" = l.id AND p."dueAt" > $5 GROUP BY l.id) n
  WHERE b.id = n.id AND b.user_id = $2 AND b.remind_at IS DISTINCT FROM n.at
)
SELECT EXISTS (SELECT FROM seen) AS done, (SELECT count(*) FROM made) AS made`;

/**
 * Writes the plan of a trip as it was at `version`. `fresh`: a reminder that may be new. Answers how many are; null when
 * the trip has changed meanwhile: then it is planned again. As rs_service.
 */
export async function writePlan(
  db: Queryable,
  trip: { readonly id: string; readonly userId: string; readonly version: string },
  planned: readonly (PlannedReminder & { readonly fresh: boolean })[],
  now: Date,
): Promise<number | null> {
  const rows = planned.map((one) => ({
    id: newId(),
    kind: one.kind,
    legKey: one.legKey,
    legIndex: one.legIndex,
    eventAt: instant(one.eventAt),
    dueAt: instant(one.dueAt),
    useUntil: instant(one.useUntil),
    fresh: one.fresh,
  }));
  const { rows: answer } = await db.query<{ done: boolean; made: number }>({
    name: 'write plan of reminders',
    text: PLAN,
    values: [trip.id, trip.userId, trip.version, JSON.stringify(rows), now],
  });
  return answer[0]?.done ? answer[0].made : null;
}

export interface ListedRow extends Record<string, unknown> {
  readonly id: string;
  readonly tripId: string;
  readonly legIndex: number;
  readonly kind: string;
  readonly dueAt: Date;
  readonly eventAt: Date;
  readonly state: string;
  readonly sentAt: Date | null;
}

/** The user's, of trips that have not ended; those that wait for a leg that is booked by now are left out. */
export async function selectReminders(
  db: Queryable,
  userId: string,
  now: Date,
  limit: number,
): Promise<ListedRow[]> {
  const { rows } = await db.query<ListedRow>({
    name: 'reminders of user',
    text: `SELECT r.id, r.trip_id AS "tripId", r.leg_index AS "legIndex", r.kind::text, r.due_at AS "dueAt", r.event_at AS "eventAt",
             CASE WHEN r.state IN ('CLAIMED', 'HANDING') THEN 'WAITING' ELSE r.state::text END AS state, r.sent_at AS "sentAt"
           FROM reminders r JOIN trips t ON t.id = r.trip_id AND t.user_id = $1
           WHERE r.user_id = $1 AND t.ends_at > $2 AND t.status <> 'CANCELLED'
             AND NOT (r.state = 'WAITING' AND r.kind <> 'LEAVE' AND EXISTS (
               SELECT FROM booking_legs b WHERE b.user_id = $1 AND b.id = r.leg_key AND b.is_booked))
           ORDER BY r.due_at, r.id LIMIT $3`,
    values: [userId, now, limit],
  });
  return rows;
}
