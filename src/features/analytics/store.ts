import type { Queryable } from '../../database/connect.ts';
import { constraintOf, sqlStateOf } from '../../database/sqlstate.ts';

export type { Queryable };

/** One row of `search_queries`. Locations are JSON texts of the contract's objects. */
export interface SearchQueryRecord {
  readonly id: string;
  readonly userId: string | null;
  readonly origin: string;
  readonly destination: string;
  readonly stops: string | null;
  /** `YYYY-MM-DD` at the origin. */
  readonly date: string;
  readonly passengers: number;
  readonly preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  readonly routesFound: number;
  readonly createdAt: Date;
  readonly visitor: string | null;
  readonly userAgent: string | null;
  readonly corridorFrom: string | null;
  readonly corridorTo: string | null;
}

/** Many rows in one statement (UNNEST: 55,000 rows/s against 6,000–8,000 by single inserts). As rs_service. */
export const insertSearchQueries = (db: Queryable, rows: readonly SearchQueryRecord[]): Promise<void> =>
  insertOnce(db, 'search_queries', rows, (repeated) =>
    db.query({
      name: repeated ? 'insert_search_queries_again' : 'insert_search_queries',
      text: `
        INSERT INTO search_queries (id, user_id, origin, destination, stops, date, passengers, preference, routes_found,
          created_at, ip_hash, user_agent, corridor_from, corridor_to)
        SELECT id, user_id, origin, destination, stops, date, passengers, preference, routes_found,
          created_at, ip_hash, user_agent, corridor_from, corridor_to
        FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::date[], $7::int[],
            $8::"Preference"[], $9::int[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::text[])
          AS new (id, user_id, origin, destination, stops, date, passengers, preference, routes_found, created_at, ip_hash, user_agent,
            corridor_from, corridor_to)
        ${repeated}`,
      values: [
        rows.map((row) => row.id),
        rows.map((row) => row.userId),
        rows.map((row) => row.origin),
        rows.map((row) => row.destination),
        rows.map((row) => row.stops),
        rows.map((row) => row.date),
        rows.map((row) => row.passengers),
        rows.map((row) => row.preference),
        rows.map((row) => row.routesFound),
        rows.map((row) => row.createdAt.toISOString()),
        rows.map((row) => row.visitor),
        rows.map((row) => row.userAgent),
        rows.map((row) => row.corridorFrom),
        rows.map((row) => row.corridorTo),
      ],
    }),
  );

export interface ClickRecord {
  readonly searchId: string;
  readonly userId: string | null;
  /** JSON text. */
  readonly route: string;
}

/** How long after a search a click still belongs to it; also keeps the statement to one or two partitions. */
export const CLICK_HOURS = 24;

/** Sets the clicked route of searches; somebody else's stay as they are. Answers the ids that were found. */
export async function updateClickedRoutes(
  db: Queryable,
  clicks: readonly ClickRecord[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: 'update_clicked_routes',
    text: `
      UPDATE search_queries AS search SET clicked_route = click.route
      FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS click (id, user_id, route)
      WHERE search.id = click.id AND search.created_at > now() - $4::int * interval '1 hour'
        AND (search.user_id IS NULL OR search.user_id = click.user_id)
      RETURNING search.id`,
    values: [
      clicks.map((click) => click.searchId),
      clicks.map((click) => click.userId),
      clicks.map((click) => click.route),
      CLICK_HOURS,
    ],
  });
  return new Set(rows.map((row) => row.id));
}

/** One row of `booking_clicks`; JSON as texts. */
export interface BookingClickRecord {
  readonly id: string;
  readonly userId: string | null;
  readonly tripId: string | null;
  readonly route: string;
  readonly platform: string;
  readonly leg: string;
  readonly legIndex: number;
  readonly affiliateUrl: string;
  readonly commission: number | null;
  readonly currency: string;
  readonly searchId: string | null;
  readonly createdAt: Date;
}

export const insertBookingClicks = (db: Queryable, rows: readonly BookingClickRecord[]): Promise<void> =>
  insertOnce(db, 'booking_clicks', rows, (repeated) =>
    db.query({
      name: repeated ? 'insert_booking_clicks_again' : 'insert_booking_clicks',
      text: `
        INSERT INTO booking_clicks (id, user_id, trip_id, route, platform, leg, leg_index, affiliate_url,
          commission_minor, currency, search_id, created_at)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::text[], $6::jsonb[], $7::smallint[],
          $8::text[], $9::int[], $10::text[], $11::text[], $12::timestamptz[])
        ${repeated}`,
      values: [
        rows.map((row) => row.id),
        rows.map((row) => row.userId),
        rows.map((row) => row.tripId),
        rows.map((row) => row.route),
        rows.map((row) => row.platform),
        rows.map((row) => row.leg),
        rows.map((row) => row.legIndex),
        rows.map((row) => row.affiliateUrl),
        rows.map((row) => row.commission),
        rows.map((row) => row.currency),
        rows.map((row) => row.searchId),
        rows.map((row) => row.createdAt.toISOString()),
      ],
    }),
  );

/**
 * Runs an insert of a batch. Sent again because the first answer was lost, it passes over the rows that are there
 * (only then: looking costs a sixth of the time). When the job that makes partitions has not run for months, it makes
 * the one that is missing.
 */
async function insertOnce(
  db: Queryable,
  table: 'search_queries' | 'booking_clicks',
  rows: readonly { readonly createdAt: Date }[],
  insert: (repeated: '' | 'ON CONFLICT DO NOTHING') => Promise<unknown>,
): Promise<void> {
  try {
    await insert('');
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === '23505') {
      await insert('ON CONFLICT DO NOTHING');
      return;
    }
    // "no partition of relation found for row" is a check violation that names no constraint.
    if (state !== '23514' || constraintOf(error) !== undefined) throw error;
    const months = [...new Set(rows.map((row) => `${row.createdAt.toISOString().slice(0, 7)}-01`))];
    await db.query({
      text: 'SELECT ensure_month_partition($1::regclass, month) FROM unnest($2::date[]) AS month',
      values: [table, months],
    });
    await insert('ON CONFLICT DO NOTHING');
  }
}

/** The address of a click not older than a day (one or two partitions); null when there is none. */
export async function selectClickAddress(db: Queryable, clickId: string): Promise<string | null> {
  const { rows } = await db.query<{ url: string }>({
    name: 'select_click_address',
    text: `SELECT affiliate_url AS url FROM booking_clicks
           WHERE id = $1 AND created_at > now() - $2::int * interval '1 hour'`,
    values: [clickId, CLICK_HOURS],
  });
  return rows[0]?.url ?? null;
}

/** The latest click on a leg of a trip of the user. */
export async function selectClickOfLeg(
  db: Queryable,
  userId: string,
  tripId: string,
  legIndex: number,
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>({
    name: 'select_click_of_leg',
    text: `SELECT id FROM booking_clicks WHERE user_id = $1 AND trip_id = $2 AND leg_index = $3
           ORDER BY created_at DESC, id DESC LIMIT 1`,
    values: [userId, tripId, legIndex],
  });
  return rows[0]?.id ?? null;
}

/** When the answer was noted; null when the user has no such click. */
export async function updateOutcome(
  db: Queryable,
  userId: string,
  clickId: string,
  didBook: boolean,
): Promise<Date | null> {
  const { rows } = await db.query<{ marked_at: Date }>({
    name: 'update_booking_outcome',
    text: `UPDATE booking_clicks SET did_book = $3, marked_at = now() WHERE id = $2 AND user_id = $1
           RETURNING marked_at`,
    values: [userId, clickId, didBook],
  });
  return rows[0]?.marked_at ?? null;
}

/** How long the outcome of a click that nobody was signed in for may be told: tickets are bought 60 days ahead. */
const ANONYMOUS_OUTCOME_DAYS = 90;

/** When the answer was noted; null when there is no such click without a user. As rs_service. */
export async function updateAnonymousOutcome(
  db: Queryable,
  clickId: string,
  didBook: boolean,
): Promise<Date | null> {
  const { rows } = await db.query<{ marked_at: Date }>({
    name: 'update_anonymous_outcome',
    text: `UPDATE booking_clicks SET did_book = $2, marked_at = now()
           WHERE id = $1 AND user_id IS NULL AND created_at > now() - $3::int * interval '1 day'
           RETURNING marked_at`,
    values: [clickId, didBook, ANONYMOUS_OUTCOME_DAYS],
  });
  return rows[0]?.marked_at ?? null;
}
