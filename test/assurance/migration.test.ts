/**
 * F18: a newer version changes the schema under 30 requests a second to the version before, behind somebody's long
 * transaction, and is killed in the middle: no request fails or waits over 1.5 s, the next run finishes, no index is left
 * half built, and both versions work on the new schema. A drill: `npm run assurance -- migration`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lintMigration } from '../migrations/lint.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type ServeProcess, startServe } from '../support/serveProcess.ts';
import { signIn } from '../support/signIn.ts';
import { fillTrips } from '../support/tripRows.ts';
import { type Hit, openLoad, type Shot, tally } from './openLoad.ts';
import { drill } from './sizes.ts';

const TRIPS = Number(process.env['TRIPS'] ?? 200_000);
const LEGS = 3;
const RPS = 30;
const MOST_STALL_MS = 1500;
const USERS = 20;
/** How long somebody's transaction is in the way. */
const IN_THE_WAY_MS = 6000;

const root = path.resolve(import.meta.dirname, '../..');
const newer = {
  '29990101000000_expand': `ALTER TABLE trips ADD COLUMN label text;\nALTER TABLE booking_legs ADD COLUMN seat text NOT NULL DEFAULT '';`,
  '29990101000100_index': 'CREATE INDEX CONCURRENTLY trips_label_idx ON trips (user_id, label);',
  '29990101000200_check': `ALTER TABLE booking_legs ADD CONSTRAINT seat_chk CHECK (length(seat) <= 10) NOT VALID;`,
  '29990101000300_validate': 'ALTER TABLE booking_legs VALIDATE CONSTRAINT seat_chk;',
};

suite('F18', { skip: drill ? false : 'a drill: npm run assurance -- migration' }, () => {
  let db: TestDatabase;
  let owner: pg.Client;
  /** The newer version: this one with four migrations more. */
  let copy = '';
  let server: ServeProcess;
  const own: { readonly cookie: string; readonly tripId: string }[] = [];
  before(async () => {
    db = await testDatabase();
    owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    const dates = Array.from({ length: TRIPS }, () => '2027-01-15');
    await fillTrips(db.service, { users: 500, dates, status: 'PLANNED', legs: LEGS });
    const { rows } = await owner.query<{ id: string; email: string }>(
      `SELECT DISTINCT ON (u.id) t.id, u.email FROM trips t JOIN users u ON u.id = t.user_id ORDER BY u.id LIMIT ${USERS}`,
    );
    for (const { id, email } of rows)
      own.push({ tripId: id, cookie: (await signIn(db.service, email)).cookie });
    copy = mkdtempSync(path.join(tmpdir(), 'routestitch-newer-'));
    for (const part of ['src', 'prisma', 'data', 'package.json'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    for (const [name, sql] of Object.entries(newer)) {
      mkdirSync(path.join(copy, 'prisma/migrations', name));
      writeFileSync(path.join(copy, 'prisma/migrations', name, 'migration.sql'), sql);
    }
    server = await startServe({ databaseUrl: db.ownerUrl });
  });
  after(async () => {
    await server.stop();
    await owner.end();
    await db.drop();
    rmSync(copy, { recursive: true, force: true });
  });

  /** A list, a trip, a change and a booking by turns. */
  function mixed(index: number, port: number): Shot {
    const { cookie, tripId } = own[index % own.length]!;
    const headers = { cookie, origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' };
    const at = `/api/v1/trips/${tripId}`;
    const shots: Shot[] = [
      { kind: 'list', path: '/api/v1/trips', headers },
      { kind: 'read', path: at, headers },
      {
        kind: 'change',
        method: 'PATCH',
        path: at,
        headers,
        body: JSON.stringify({ passengers: 1 + (index % 4) }),
      },
      {
        kind: 'book',
        method: 'PUT',
        path: `${at}/legs/${index % LEGS}/booking`,
        headers,
        body: JSON.stringify({
          platform: 'IRCTC',
          bookingRef: `PNR${index}`,
          cost: 125_000,
          currency: 'INR',
        }),
      },
    ];
    return shots[Math.floor(index / own.length) % shots.length]!;
  }

  async function underLoad(ports: readonly number[], work: () => Promise<void>): Promise<Hit[]> {
    const until = new AbortController();
    const loads = ports.map((port) =>
      openLoad({ port, rps: RPS / ports.length, next: (index) => mixed(index, port), until: until.signal }),
    );
    await work().finally(() => until.abort());
    return (await Promise.all(loads)).flat();
  }

  const failures = (hits: readonly Hit[]): Record<string, number> =>
    tally(
      hits
        .filter(({ status }) => status < 200 || status >= 300)
        .map(({ kind, status, error, body }) => `${kind} ${error ?? status} ${body.slice(0, 200)}`),
    );
  const stallOf = (hits: readonly Hit[]): number => Math.max(...hits.map(({ ms }) => ms));

  /** Somebody looks at both tables and goes for lunch. */
  async function inTheWay(ms: number): Promise<void> {
    const other = new pg.Client({ connectionString: db.ownerUrl });
    await other.connect();
    await other.query('BEGIN; SELECT FROM trips LIMIT 1; SELECT FROM booking_legs LIMIT 1');
    await sleep(ms);
    await other.query('ROLLBACK');
    await other.end();
  }

  function startMigrating(): { child: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
    const child = spawn(process.execPath, ['src/main.ts', 'db', 'migrate'], {
      cwd: copy,
      env: { ...process.env, DATABASE_URL: db.ownerUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    return { child, ended: once(child, 'exit').then(([code]) => ({ code: code as number | null, said })) };
  }

  async function ranWell(): Promise<void> {
    const { code, said } = await startMigrating().ended;
    assert.equal(code, 0, said);
  }

  const invalid = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      'SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid OR NOT indisready',
    );
    return rows.map(({ name }) => name);
  };

  /** The server process that builds the index. */
  async function builder(): Promise<number> {
    for (let turn = 0; turn < 600; turn++) {
      const { rows } = await owner.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'CREATE INDEX CONCURRENTLY trips_label%' AND pid <> pg_backend_pid()`,
      );
      if (rows[0]) return rows[0].pid;
      await sleep(50);
    }
    throw new Error('nobody builds the index');
  }

  test('the new migrations pass the lint', () => {
    for (const [name, sql] of Object.entries(newer)) assert.deepEqual(lintMigration(sql), [], name);
  });

  test(
    'F18 planted: a change that waits for its lock without a limit is seen',
    { timeout: 60_000 },
    async (t) => {
      const hits = await underLoad([server.port], async () => {
        await sleep(300);
        const lunch = inTheWay(2500);
        await sleep(200);
        await owner.query('ALTER TABLE trips ADD COLUMN planted text');
        await lunch;
        await owner.query('ALTER TABLE trips DROP COLUMN planted');
      });
      t.diagnostic(`stall ${stallOf(hits).toFixed(0)} ms`);
      assert.ok(stallOf(hits) > MOST_STALL_MS || Object.keys(failures(hits)).length > 0);
    },
  );

  test('F18 a migration under load, killed in the middle and run again', { timeout: 600_000 }, async (t) => {
    const hits = await underLoad([server.port], async () => {
      await sleep(500);
      // An index is finished only when whoever began before it has ended.
      const reader = new pg.Client({ connectionString: db.ownerUrl });
      await reader.connect();
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
      const lunch = inTheWay(IN_THE_WAY_MS);
      const first = startMigrating();
      await lunch; // it waits for its lock, a second at a time
      const pid = await builder();
      await sleep(300);
      first.child.kill('SIGKILL');
      await first.ended;
      await owner.query('SELECT pg_terminate_backend($1)', [pid]);
      await reader.query('ROLLBACK');
      await reader.end();
      const left = await invalid();
      t.diagnostic(`killed while the index was built; left half built: ${left.join(' ')}`);
      assert.deepEqual(left, ['trips_label_idx']);
      await ranWell();
      await ranWell(); // nothing to do
      await sleep(500);
    });
    t.diagnostic(`${hits.length} requests, longest ${stallOf(hits).toFixed(0)} ms`);
    assert.deepEqual(failures(hits), {});
    assert.ok(stallOf(hits) <= MOST_STALL_MS, `${stallOf(hits).toFixed(0)} ms`);
    assert.deepEqual(await invalid(), []);
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM _prisma_migrations WHERE migration_name LIKE '2999%' AND finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    assert.equal(rows[0]!.n, Object.keys(newer).length);
  });

  test(
    'F18 the version before and the new one work on the new schema, also after a restart',
    { timeout: 120_000 },
    async (t) => {
      const again = await startServe({ databaseUrl: db.ownerUrl });
      const next = await startServe({ databaseUrl: db.ownerUrl, root: copy });
      const hits = await underLoad([server.port, again.port, next.port], () => sleep(2500));
      await Promise.all([again.stop(), next.stop()]);
      t.diagnostic(`${hits.length} requests`);
      assert.deepEqual(failures(hits), {});
    },
  );
});
