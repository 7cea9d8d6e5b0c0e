/**
 * F6: writes over HTTP while the server and PostgreSQL are killed (SIGKILL) at random moments. What was acknowledged is
 * there, once; what was not is there once or not at all. A kill is no power cut: that is what the settings are asked for.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { connect } from '../../src/database/connect.ts';
import { roleUrl } from '../../src/database/roles.ts';
import { newId } from '../../src/units/ids.ts';
import { bareDatabase } from '../support/database.ts';
import { signIn } from '../support/signIn.ts';
import { route } from '../support/trips.ts';
import { fillTrips } from '../support/tripRows.ts';
import { corruption, durabilityFaults, KilledServer, type Victim } from './crashDrill.ts';
import {
  attempt,
  crashFaults,
  type Outcome,
  readStored,
  send,
  type Stored,
  type Write,
} from './crashWrites.ts';
import { sized } from './sizes.ts';

const WRITES = sized(100, 1000);
const SERVER_KILLS = sized(2, 50);
const DATABASE_KILLS = sized(2, 20);
const USERS = 10;
const LANES = 8;
const LEGS = 3;

let server: KilledServer;
before(async () => {
  server = await KilledServer.start();
});
after(() => server.stop());

/** By turns bookings and trips; one of five is sent once. */
async function prepare(): Promise<Write[]> {
  return server.withSuperuser(async (_, { ownerUrl }) => {
    const service = await connect({ ownerUrl, role: 'rs_service', max: 2 });
    try {
      const cookies: { cookie: string; trips: string[] }[] = [];
      for (let user = 0; user < USERS; user++) {
        const { cookie, userId } = await signIn(service, `crash${user}@example.org`);
        const trips = await fillTrips(service, { users: 1, dates: tripDates(), status: 'PLANNED', legs: 0 });
        await service.query({
          text: 'UPDATE trips SET user_id = $1, selected_route = $2 WHERE id = ANY ($3)',
          values: [userId, JSON.stringify(route()), trips],
        });
        cookies.push({ cookie, trips });
      }
      return Array.from({ length: WRITES }, (_, index): Write => {
        const { cookie, trips } = cookies[index % USERS]!;
        const booking = Math.floor(index / USERS / 2);
        const kind = Math.floor(index / USERS) % 2 === 0 ? 'booking' : 'trip';
        const tripId = trips[Math.floor(booking / LEGS)] ?? '';
        const legIndex = [1, 2, 4][booking % LEGS]!; // the legs of the route that are booked
        return { index, kind, cookie, tripId, legIndex, once: index % 5 === 4 };
      });
    } finally {
      await service.close();
    }
  });
}

const tripDates = (): string[] =>
  Array.from({ length: Math.ceil(WRITES / USERS / 2 / LEGS) }, () => '2027-03-15');

function shuffled<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const at = Math.floor(Math.random() * (last + 1));
    [items[last], items[at]] = [items[at]!, items[last]!];
  }
  return items;
}

const victims = (): Victim[] =>
  shuffled([
    ...Array.from({ length: SERVER_KILLS }, (): Victim => 'server'),
    ...Array.from({ length: DATABASE_KILLS }, (_, n): Victim => (n % 2 === 0 ? 'postmaster' : 'backend')),
  ]);

/** Sends all writes; each part of them is interrupted by a kill at a random moment. */
async function writeUnderKills(writes: readonly Write[]): Promise<Outcome[]> {
  const outcomes = writes.map((): Outcome => ({ answer: null, attempts: 0, replayed: false }));
  const order = shuffled([...writes]);
  const kills = victims();
  const part = Math.ceil(order.length / kills.length);
  let next = 0;
  for (const [turn, victim] of kills.entries()) {
    const end = Math.min(order.length, (turn + 1) * part);
    const lane = async (): Promise<void> => {
      while (next < end) {
        const write = order[next++]!;
        await send(server.base, write, outcomes[write.index]!);
      }
    };
    // In the first half, so that writes are under way at the kill, however fast they are.
    const killAt = next + Math.floor((Math.random() * (end - next)) / 2);
    let lanes: Promise<unknown> = Promise.resolve();
    await server.kill(victim, async () => {
      lanes = Promise.all(Array.from({ length: LANES }, lane));
      let failed = false;
      lanes.catch(() => (failed = true));
      const early = (): boolean => next < killAt && !failed;
      while (early()) await sleep(1);
      await sleep(Math.random() * 20);
    });
    await lanes;
  }
  return outcomes;
}

test('F6 nothing acknowledged is lost, nothing is done twice', { timeout: 3_600_000 }, async (t) => {
  const writes = await prepare();
  const outcomes = await writeUnderKills(writes);
  const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((total, one) => total + count(one), 0);
  const acknowledged = sum(({ answer }) => Number(answer !== null));
  const interrupted = sum(({ attempts }) => Number(attempts > 1)) + (WRITES - acknowledged);
  t.diagnostic(
    `${WRITES} writes, ${SERVER_KILLS} kills of the server and ${DATABASE_KILLS} of PostgreSQL: ${acknowledged} acknowledged, ` +
      `${interrupted} met a kill, ${sum(({ replayed }) => Number(replayed))} had been written when their answer was lost`,
  );
  assert.ok(
    interrupted >= (SERVER_KILLS + DATABASE_KILLS) / 2,
    'the kills met no writes: the drill proves nothing',
  );
  const look = () => server.withSuperuser((client) => readStored(client));
  assert.deepEqual(crashFaults(writes, outcomes, await look()), []);
  // The keys are as durable as the writes: each answers again, word for word, and does nothing again.
  for (const write of writes) {
    const { answer } = outcomes[write.index]!;
    if (answer === null) continue;
    const repeated = await attempt(server.base(), write);
    assert.ok(repeated?.replayed, `write ${write.index} was done again`);
    assert.deepEqual(JSON.parse(repeated.text), JSON.parse(answer));
  }
  assert.deepEqual(crashFaults(writes, outcomes, await look()), []);
});

test('F6 no page, row or index is corrupt, and commits are durable', { timeout: 600_000 }, async (t) => {
  await server.withSuperuser(async (client, { ownerUrl }) => {
    assert.deepEqual(await durabilityFaults(client), []);
    for (const role of ['rs_app', 'rs_service'] as const) {
      const own = new pg.Client({ connectionString: roleUrl(ownerUrl, role) });
      await own.connect();
      assert.deepEqual(await durabilityFaults(own), [], role);
      await own.end();
    }
    assert.deepEqual(await corruption(client), []);
    const amcheck = '/usr/lib/postgresql/15/bin/pg_amcheck';
    if (!existsSync(amcheck)) return t.diagnostic(`no ${amcheck}: checked by the extension only`);
    const url = new URL(ownerUrl);
    const { stdout } = await promisify(execFile)(
      amcheck,
      [
        '--heapallindexed',
        '--parent-check',
        '--no-strict-names',
        '-h',
        url.hostname,
        '-p',
        url.port,
        '-U',
        url.username,
        'routestitch',
      ],
      { env: { PGPASSWORD: decodeURIComponent(url.password), LC_ALL: 'C' } },
    );
    assert.equal(stdout, '', 'pg_amcheck says nothing');
  });
});

test('F6 planted: a write lost, doubled, or answered wrongly is seen', () => {
  const write = (index: number, kind: Write['kind']): Write => ({
    index,
    kind,
    cookie: '',
    tripId: 't',
    legIndex: 1,
    once: false,
  });
  const writes = [write(0, 'trip'), write(1, 'booking')];
  const outcomes: Outcome[] = [
    { answer: '{"id":"a"}', attempts: 1, replayed: false },
    { answer: '{"cost":7}', attempts: 1, replayed: false },
  ];
  const right: Stored = {
    trips: new Map([['crash 0', ['a']]]),
    legs: new Map([['crash 1', ['t 1 7']]]),
    duplicates: [],
    wrongStatus: [],
  };
  const faults = (stored: Partial<Stored>, of = outcomes) => crashFaults(writes, of, { ...right, ...stored });
  assert.deepEqual(faults({}), []);
  assert.deepEqual(faults({ trips: new Map() }), ['crash 0: acknowledged and lost']);
  assert.deepEqual(faults({ trips: new Map([['crash 0', ['a', 'b']]]) }), ['crash 0: 2 trips']);
  assert.match(faults({ trips: new Map([['crash 0', ['b']]]) })[0] ?? '', /b instead of/);
  assert.match(faults({ legs: new Map([['crash 1', ['t 1 8']]]) })[0] ?? '', /t 1 8 instead of/);
  assert.match(faults({ duplicates: ['t 1'] })[0] ?? '', /twice/);
  assert.match(faults({ wrongStatus: ['t'] })[0] ?? '', /status/);
  const silent = outcomes.map((outcome) => ({ ...outcome, answer: null }));
  assert.deepEqual(faults({ trips: new Map(), legs: new Map() }, silent), []);
  assert.deepEqual(faults({}, silent), []);
  assert.deepEqual(faults({ trips: new Map([['crash 0', ['a', 'b']]]) }, silent), ['crash 0: 2 trips']);
});

test('F6 planted: settings that lose commits, and a corrupt index, are seen', async () => {
  const db = await bareDatabase('template0'); // of a server that trades safety for speed
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    assert.deepEqual(await durabilityFaults(client), [
      'fsync is off',
      'synchronous_commit is off',
      'full_page_writes is off',
    ]);
    const name = `planted_${newId()}`;
    await client.query(`CREATE ROLE ${name}; ALTER ROLE ${name} SET synchronous_commit = off`);
    assert.match((await durabilityFaults(client)).at(-1) ?? '', /sets .*synchronous_commit=off/);
    await client.query(`DROP ROLE ${name}`);
    await client.query(
      `CREATE TABLE planted AS SELECT generate_series(1, 1000) AS n; CREATE INDEX ON planted (n)`,
    );
    assert.deepEqual(await corruption(client), []);
    // An index of which the server believes that it is complete, and that knows half of the rows.
    await client.query(`
      CREATE INDEX planted_half ON planted (n) WHERE n <= 500;
      UPDATE pg_index SET indpred = NULL WHERE indexrelid = 'planted_half'::regclass`);
    assert.match(
      (await corruption(client))[0] ?? '',
      /^planted_half: heap tuple .* lacks matching index tuple/,
    );
  } finally {
    await client.end();
    await db.drop();
  }
});
