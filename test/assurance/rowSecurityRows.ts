/** Rows of a user in every table that has users. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { UserTable } from './rowSecurityCatalogue.ts';

const place = `'{"id": "1", "name": "Noida", "lat": 28.5, "lng": 77.4}'`;
const route = `'{"legs": [{"mode": "train", "bookable": true}]}'`;
const TRIP = `(id, user_id, origin, destination, stops, date, "time", selected_route)
  VALUES ($1 || KIND, $1, ${place}, ${place}, '[]', '2026-12-01', '08:00', ${route})`;
const LEG = `(id, user_id, trip_id, leg_index, mode, is_booked, booked_at, platform, booking_ref, cost_minor, fare_class, departs_at, remind_at)
  VALUES ($1 || KIND || 'l', $1, $1 || KIND, 0, 'train', true, now(), 'IRCTC', 'PNR ' || $1, 125000, '3A', now(), now())`;
const of = (columns: string, kind: string): string => columns.replaceAll('KIND', `'${kind}'`);
/** One in each month that has a partition. */
const MONTHS = `generate_series(0, 3) AS ahead,
  LATERAL (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + (ahead * 31 + 3) * interval '1 day') AS at (t)`;

/** In the order of their references. `$1`: the user. */
const inserts: Readonly<Record<string, string>> = {
  users: `INSERT INTO users (id, email, name, phone, profession, image, email_verified)
    VALUES ($1, lower($1) || '@example.org', 'Name of ' || $1, '+91' || (1000000000 + abs(hashtext($1)) % 900000000), 'STUDENT', 'https://example.org', now())`,
  accounts: `INSERT INTO accounts (id, user_id, type, provider, provider_account_id, scope, token_type, session_state, expires_at)
    VALUES ($1 || 'a', $1, 'oidc', 'google', 'at google ' || $1, 'email', 'bearer', 'state', 7)`,
  sessions: `INSERT INTO sessions (id, session_token, user_id, expires)
    VALUES ($1 || 's', encode(sha256($1::bytea), 'hex'), $1, now() + interval '1 day')`,
  trips: `INSERT INTO trips ${of(TRIP, 't')}`,
  booking_legs: `INSERT INTO booking_legs ${of(LEG, 't')}`,
  saved_routes: `INSERT INTO saved_routes (id, user_id, name, origin, destination, stops, route, times_used, last_used_at)
    VALUES ($1 || 'r', $1, 'To my aunt', ${place}, ${place}, '[]', ${route}, 3, now())`,
  shared_links: `INSERT INTO shared_links (id, user_id, trip_id, kind, token_hash, show_name, expires_at)
    VALUES ($1 || 'h', $1, $1 || 't', 'PAGE', encode(sha256($1::bytea), 'hex'), true, now() + interval '1 day')`,
  reminders: `INSERT INTO reminders (id, user_id, trip_id, kind, leg_key, event_at, leg_index, due_at, use_until, state, sent_at, answer, claim_id)
    VALUES ($1 || 'm', $1, $1 || 't', 'LEAVE', 'leave', now(), 0, now(), now(), 'SENT', now(), '250 2.0.0', 'claim')`,
  user_settings: `INSERT INTO user_settings (user_id, traveller, timezone) VALUES ($1, '{"birthYear": 1990}', 'Asia/Kolkata')`,
  consents: `INSERT INTO consents (id, user_id, purpose, version) VALUES ($1 || 'n', $1, 'analytics', 1)`,
  admin_accesses: `INSERT INTO admin_accesses (id, user_id, path, kind, details, request_id)
    VALUES ($1 || 'd', $1, '/api/v1/admin/funnel', 'EXPORT', '{"limit": 7}', 'request-of-' || $1)`,
  idempotency_keys: `INSERT INTO idempotency_keys (user_id, key, request_hash, status, body, expires_at)
    VALUES ($1, 'key of ' || $1, encode(sha256($1::bytea), 'hex'), 201, '{"id": 1}', now() + interval '1 day')`,
  'archive.trips': `INSERT INTO archive.trips ${of(TRIP, 'at')}`,
  'archive.booking_legs': `INSERT INTO archive.booking_legs ${of(LEG, 'at')}`,
  search_queries: `INSERT INTO search_queries (id, user_id, origin, destination, stops, date, passengers, preference, routes_found, clicked_route, ip_hash, user_agent, created_at)
    SELECT $1 || 'q' || ahead, $1, ${place}, ${place}, '[]', '2026-12-01', 2, 'BALANCED', 7, ${route}, repeat('f', 32), 'Mozilla', t FROM ${MONTHS}`,
  booking_clicks: `INSERT INTO booking_clicks (id, user_id, trip_id, route, platform, leg, leg_index, affiliate_url, commission_minor, did_book, marked_at, created_at)
    SELECT $1 || 'c' || ahead, $1, $1 || 't', ${route}, 'IRCTC', '{}', 0, 'https://example.org', 100, true, now(), t FROM ${MONTHS}`,
};

/** Gives each of the users a row in every table. A table that is not listed here gets texts in all its columns. */
export async function fillUserTables(
  client: pg.ClientBase,
  tables: readonly UserTable[],
  userIds: readonly string[],
): Promise<void> {
  const listed = Object.keys(inserts);
  const others = tables.filter(({ name, partition }) => !partition && !listed.includes(name));
  for (const userId of userIds) {
    for (const insert of Object.values(inserts)) await client.query(insert, [userId]);
    for (const { name, owner, columns } of others) {
      const rest = columns.filter((column) => column.name !== owner).map((column) => column.name);
      const values = rest.map((column) => `$1 || '${column}'`);
      await client.query(
        `INSERT INTO ${name} (${[owner, ...rest].join(', ')}) VALUES (${['$1', ...values].join(', ')})`,
        [userId],
      );
    }
  }
  await client.query('ANALYZE'); // statistics hold values too
  for (const { name, owner } of tables) {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(DISTINCT ${owner})::int AS n FROM ${name} WHERE ${owner} = ANY ($1)`,
      [userIds],
    );
    assert.equal(rows[0]?.n, userIds.length, `${name} has no row of each user: insert one above`);
  }
}
