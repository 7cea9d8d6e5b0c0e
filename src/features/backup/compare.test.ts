/** Every kind of difference between a restored database and its backup is seen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { seed } from '../../database/seed.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { differencesFrom, schemaText } from './compare.ts';
import type { Manifest } from './contract.ts';
import { type TakenInventory, takeInventory } from './inventory.ts';

let db: TestDatabase;
let owner: pg.Client;
let saved: TakenInventory;
const nothing = () => undefined;

/** Changes the database, looks, and takes the change back. */
async function changed(sql: string): Promise<TakenInventory> {
  await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    if (sql !== '') await owner.query(sql);
    return await takeInventory(owner, 'ours', nothing);
  } finally {
    await owner.query('ROLLBACK');
  }
}
const against = (found: TakenInventory, kind: Manifest['kind'] = 'dump', was = saved): string[] =>
  differencesFrom(
    { manifest: { kind, inventory: was.inventory } as Manifest, schema: schemaText(was.statements) },
    found,
  );

before(async () => {
  db = await testDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await seed(db.service);
  await owner.query('CREATE SEQUENCE public.tickets; SELECT nextval($$public.tickets$$)');
  saved = await changed('');
});
after(async () => {
  await owner.end();
  await db.drop();
});

const plants: readonly [plant: string, seen: RegExp][] = [
  [`DELETE FROM trips`, /^table public.trips has 0 rows instead of 1$/],
  [
    `UPDATE users SET name = 'Test Studen' WHERE email = 'student@test.com'`,
    /^table public.users has other rows/,
  ],
  [
    `UPDATE trips SET created_at = created_at + interval '1 millisecond'`,
    /^table public.trips has other rows/,
  ],
  [`INSERT INTO erasures VALUES (repeat('a', 64))`, /^table public.erasures has 1 rows instead of 0$/],
  [`CREATE TABLE public.planted (id int)`, /^table public.planted is not of the backup$/],
  [`DROP TABLE consents`, /^table public.consents is missing$/],
  [
    `SELECT ensure_month_partition('search_queries', '2040-01-01')`,
    /^table part.search_queries_204001 is not/,
  ],
  [`DROP POLICY own ON trips`, /1 lines differ: - CREATE POLICY own ON public.trips/],
  [`ALTER POLICY own ON trips USING (true)`, /2 lines differ: - CREATE POLICY own ON public.trips/],
  [`GRANT DELETE ON users TO rs_app`, /\+ GRANT DELETE, SELECT ON public.users TO rs_app/],
  [`GRANT UPDATE (email) ON users TO rs_app`, /\+ GRANT UPDATE \(email, name/],
  [`ALTER TABLE trips DISABLE TRIGGER trip_2_status_written`, /trip_2_status_written.*-- DISABLED/],
  [`ALTER TABLE trips NO FORCE ROW LEVEL SECURITY`, /- ALTER TABLE public.trips FORCE ROW LEVEL SECURITY/],
  [
    `ALTER TABLE users DROP CONSTRAINT users_email_chk`,
    /- ALTER TABLE public.users ADD CONSTRAINT users_email_chk/,
  ],
  [`DROP INDEX booking_legs_user_id_trip_id_idx`, /- CREATE INDEX booking_legs_user_id_trip_id_idx/],
  [`CREATE EXTENSION amcheck`, /^extensions are amcheck, plpgsql instead of plpgsql$/],
  [`CREATE ROLE planted_role; GRANT SELECT ON networks TO planted_role`, /^roles are planted_role, rs_app/],
  [`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_rls'`, /^migrations are .* instead of /],
];
test('nothing differs from itself', async () => {
  assert.deepEqual(against(await changed('')), []);
});
for (const [plant, seen] of plants)
  test(`planted: ${plant}`, async () => {
    const found = against(await changed(plant));
    assert.ok(
      found.some((line) => seen.test(line)),
      found.join('\n') || 'no difference seen',
    );
  });

test('the order of rows means nothing; a row twice is not a row once', async () => {
  const sums = async (values: string) =>
    (
      await changed(`CREATE TABLE public.planted AS SELECT * FROM (VALUES ${values}) AS v (n)`)
    ).inventory.tables.find(({ name }) => name === 'public.planted');
  assert.deepEqual(await sums('(1), (2), (3)'), await sums('(3), (1), (2)'));
  assert.notDeepEqual(await sums('(1), (2), (2)'), await sums('(1), (1), (2)'));
  assert.notEqual((await sums('(1), (1)'))?.checksum, (await sums('(2), (2)'))?.checksum);
});

test('settings of a database change no checksum', async () => {
  const set = `SET LOCAL TimeZone = 'Asia/Kolkata'; SET LOCAL DateStyle = 'SQL, DMY'; SET LOCAL bytea_output = 'escape'; SET LOCAL extra_float_digits = -5`;
  assert.deepEqual(against(await changed(set)), []);
});

// At the end: no rollback takes the value of a sequence back.
test('a sequence stands where it stood; recovered, as far ahead as PostgreSQL logs, and no further', async () => {
  const at = async (value: number, kind: Manifest['kind']) =>
    against(await changed(`SELECT setval('public.tickets', ${value})`), kind);
  assert.deepEqual(await at(1, 'dump'), []);
  assert.deepEqual(await at(7, 'dump'), ['sequence public.tickets stands at 7 instead of 1']);
  assert.deepEqual([await at(1, 'physical'), await at(33, 'physical')], [[], []]);
  assert.equal((await at(34, 'physical')).length, 1);
  assert.equal(
    against(await changed('DROP SEQUENCE public.tickets'), 'physical')[0]?.slice(0, 23),
    'sequence public.tickets',
  );
});
