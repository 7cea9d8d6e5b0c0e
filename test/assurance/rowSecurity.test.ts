/**
 * F1: raw SQL as rs_app, made from the catalogue: every table of users × select, insert, update, delete, merge × another
 * user, nobody, an empty id, forged ids. No row of another is read or changed, and the checks see what they are for.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { newId } from '../../src/units/ids.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { protectionFaults, userTables } from './rowSecurityCatalogue.ts';
import { probeTables } from './rowSecurityProbing.ts';
import { fillUserTables } from './rowSecurityRows.ts';
import { sized } from './sizes.ts';

const [alice, bob, mallory] = [newId(), newId(), newId()];
/** Settings of `app.user_id`. Mallory is a user with rows; the others are nobody. */
const everyProber: readonly (string | undefined)[] = [
  mallory,
  undefined,
  '',
  newId(),
  `${alice}' OR '1'='1`,
  // More of the last two, at full size.
  `x'; SET app.user_id = '${alice}`,
  `' OR true --`,
  'null',
  '%',
  '0',
  alice.toUpperCase(),
  ` ${alice}`,
  `${alice} `,
  `${alice},${bob}`,
  `{${alice}}`,
];
const probers = sized(everyProber.slice(0, 5), everyProber);
const victims = sized([alice], [alice, bob]);

let db: TestDatabase;
let owner: pg.Client;
before(async () => {
  db = await testDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await db.drop();
});

test('F1 every table of users is protected, and nothing goes round it', async () => {
  assert.deepEqual(await protectionFaults(owner), []);
});

const faults: readonly [plant: string, seen: RegExp][] = [
  ['CREATE POLICY friendly ON trips FOR SELECT USING (true)', /^trips: policy friendly lets through/],
  ['CREATE POLICY friendly ON trips AS PERMISSIVE TO rs_app USING (user_id IS NOT NULL)', /policy friendly/],
  ['ALTER POLICY own ON saved_routes WITH CHECK (true)', /^saved_routes: policy own .* WITH CHECK true/],
  ['ALTER POLICY own ON users USING (id = (SELECT app_user_id()) OR true)', /^users: policy own/],
  [
    'DROP POLICY own ON trips; CREATE POLICY own ON trips USING (user_id = (SELECT app_user_id()))',
    /^trips: policy own .* WITH CHECK $/,
  ],
  ['DROP POLICY own ON sessions', /^sessions: no policy/],
  ['ALTER TABLE saved_routes NO FORCE ROW LEVEL SECURITY', /^saved_routes: .* not forced/],
  ['ALTER TABLE archive.trips DISABLE ROW LEVEL SECURITY', /^archive.trips: .* not enabled/],
  ['CREATE TABLE diaries (id text PRIMARY KEY, user_id text, entry text)', /^diaries: .* not enabled/],
  ['CREATE TABLE diaries (id text PRIMARY KEY, author text)', /^diaries: neither has a user_id/],
  ['CREATE VIEW all_trips AS SELECT * FROM trips', /^view all_trips reads as its owner/],
  ['CREATE MATERIALIZED VIEW all_trips AS SELECT * FROM trips', /^view all_trips/],
  [
    'CREATE FUNCTION look() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$',
    /^function look\(\) runs as its owner/,
  ],
  ['GRANT EXECUTE ON FUNCTION drop_months_before(regclass, date) TO rs_app', /^function drop_months_before/],
  ['ALTER TABLE cached_routes OWNER TO rs_app', /^rs_app owns something/],
  ['ALTER ROLE rs_app BYPASSRLS', /^rs_app bypasses/],
  ['GRANT rs_service TO rs_app', /^rs_app is a member/],
  ['ALTER ROLE rs_backup BYPASSRLS', /^rs_backup bypasses/],
  ['DROP POLICY backup ON trips', /^public.trips: a backup would miss rows/],
  ['REVOKE SELECT ON erasures FROM rs_backup', /^public.erasures: a backup would miss rows/],
  [
    'CREATE POLICY only_planned ON trips AS RESTRICTIVE TO rs_backup USING (false)',
    /^public.trips: a backup would miss rows/,
  ],
  ['CREATE POLICY more ON trips TO rs_backup USING (true)', /^trips: policy more lets through/],
];
for (const [plant, seen] of faults)
  test(`F1 planted: ${plant} is seen`, async () => {
    await owner.query('BEGIN');
    try {
      await owner.query(plant);
      const found = await protectionFaults(owner);
      assert.ok(
        found.some((line) => seen.test(line)),
        found.join('\n'),
      );
    } finally {
      await owner.query('ROLLBACK');
    }
  });

test('F1 no probe reads or changes a row of another', { timeout: 300_000 }, async (t) => {
  await fillUserTables(owner, await userTables(owner), [alice, bob, mallory]);
  const { sent, reached, leaks, tables } = await probeTables(owner, db.ownerUrl, {
    probers,
    victims,
    knownProber: mallory,
  });
  t.diagnostic(`${sent} probes of ${tables.length} tables as ${probers.length} probers`);
  assert.deepEqual(leaks.slice(0, 10), []);
  assert.ok(sent >= 10_000, `only ${sent} probes`);
  assert.ok(reached > 100, 'Mallory did not even reach what is hers: the probes prove nothing');
});

const leaking: readonly { plant: string; table: string; leak: RegExp; prober: string | undefined }[] = [
  {
    plant: 'CREATE POLICY friendly ON trips FOR SELECT USING (true)',
    table: 'trips',
    leak: /reaches 1 rows: SELECT/,
    prober: mallory,
  },
  {
    plant: 'ALTER POLICY own ON saved_routes USING (true)',
    table: 'saved_routes',
    leak: /reaches 1 rows: DELETE/,
    prober: undefined,
  },
  {
    plant: 'ALTER POLICY own ON saved_routes WITH CHECK (true)',
    table: 'saved_routes',
    leak: /not refused: 1 rows: INSERT/,
    prober: mallory,
  },
  {
    plant: `CREATE TABLE diaries (id text PRIMARY KEY, user_id text, entry text); GRANT ALL ON diaries TO rs_app`,
    table: 'diaries',
    leak: /^diaries has changed/,
    prober: '',
  },
  {
    plant: 'GRANT UPDATE (user_id) ON trips TO rs_app; ALTER POLICY own ON trips USING (user_id IS NOT NULL)',
    table: 'trips',
    leak: /reaches \d+ rows: UPDATE/,
    prober: mallory,
  },
];
for (const { plant, table, leak, prober } of leaking)
  test(`F1 planted: the probes reach through ${plant}`, async () => {
    const planted = await testDatabase();
    const client = new pg.Client({ connectionString: planted.ownerUrl });
    try {
      await client.connect();
      await client.query(plant);
      await fillUserTables(client, await userTables(client), [alice, bob, mallory]);
      const { leaks } = await probeTables(client, planted.ownerUrl, {
        probers: [prober],
        victims,
        knownProber: mallory,
        only: table,
      });
      assert.ok(
        leaks.some((line) => leak.test(line)),
        leaks.slice(0, 10).join('\n') || 'no leak found',
      );
    } finally {
      await client.end();
      await planted.drop();
    }
  });
