/**
 * F11: between the application and PostgreSQL a proxy that delays, swallows, resets, slices, cuts and is down. Every
 * request is answered within 3 s, /livez always, and when the fault is over all is well within 10 s, by itself.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { connect, type Database } from '../../src/database/connect.ts';
import { watchActiveNetwork } from '../../src/features/networks/index.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { type Application, httpServices, openApplication } from '../../src/main.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { FaultProxy, type NetworkFault, networkFaults } from '../support/faultProxy.ts';
import { signIn } from '../support/signIn.ts';
import { type Hit, openLoad, type Shot, tally } from './openLoad.ts';
import { drill, sized } from './sizes.ts';

const RPS = sized(20, 40);
const FAULT_MS = sized(3500, 15_000);
const MOST_MS = 3000;
const RECOVERY_MS = 10_000;
/** All is well when everything was answered for so long. */
const WELL_MS = 1000;
const POOL = 6;
/** `npm test` looks at those that differ most. */
const faults: readonly NetworkFault[] = drill ? networkFaults : ['blackhole', 'down'];

let db: TestDatabase;
let proxy: FaultProxy;
let application: Application;
let users: Database;
let server: RunningServer;
let observer: pg.Client;
/** Several, so that no limit is met. */
const cookies: string[] = [];
const closes: (() => Promise<unknown>)[] = [];
before(async () => {
  db = await testDatabase();
  const { hostname, port } = new URL(db.ownerUrl);
  for (const name of ['asha', 'ravi', 'meera', 'john'])
    cookies.push((await signIn(db.service, `${name}@example.org`)).cookie);
  proxy = await FaultProxy.before({ host: hostname, port: Number(port) });
  const ownerUrl = `${proxy.through(db.ownerUrl)}?connection_limit=${POOL}`;
  const ignored = (): void => {};
  application = await openApplication({ ownerUrl }, ignored, { searchWorkers: 1 });
  users = await connect({ ownerUrl, role: 'rs_app' });
  const watch = watchActiveNetwork(application.service, {
    current: application.planner().network.id,
    onChange: ignored,
    onError: ignored,
  });
  const config = readConfig({
    AUTH_SECRET: 'a secret of at least thirty-two characters',
    TRUSTED_PROXIES: '1',
  });
  const app = createApp(
    httpServices(application, users, config, { error: ignored, info: ignored, debug: ignored }),
  );
  server = await listen(app.fetch, { port: 0, host: '127.0.0.1' });
  observer = new pg.Client({ connectionString: db.ownerUrl, application_name: 'observer' });
  await observer.connect();
  closes.push(
    () => server.close(0),
    () => watch.close(),
    () => users.close(),
    () => application.close(),
    () => observer.end(),
    () => proxy.close(),
    () => db.drop(),
  );
});
after(async () => {
  for (const close of closes) await close();
});

const date = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
const trip = JSON.stringify({
  origin: place,
  destination: { ...place, id: '2', lat: 12.9 },
  date,
  passengers: 1,
});

/** Reads, writes, kept searches and what a supervisor asks, by turns. */
function mixed(index: number): Shot {
  const headers = { 'X-Forwarded-For': `10.1.${(index >> 8) & 255}.${index & 255}` };
  const cookie = cookies[index % cookies.length]!;
  const own = { cookie, origin: `http://127.0.0.1:${server.port}`, 'content-type': 'application/json' };
  const shots: Shot[] = [
    { kind: 'trips', path: '/api/v1/trips', headers: own },
    { kind: 'search', path: `/api/v1/search?origin=Delhi&destination=Jaipur&date=${date}`, headers },
    { kind: 'livez', path: '/livez' },
    { kind: 'write', method: 'POST', path: '/api/v1/trips', headers: own, body: trip },
    { kind: 'readyz', path: '/readyz' },
  ];
  return shots[index % shots.length]!;
}

const good = ({ kind, status }: Hit): boolean => status === (kind === 'write' ? 201 : 200);

/** Connections of the application that a transaction has held for 10 s without a statement. */
async function idleInTransaction(): Promise<number> {
  const { rows } = await observer.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()
     AND state LIKE 'idle in transaction%' AND now() - state_change > interval '10 seconds'`,
  );
  return rows[0]!.n;
}

const connections = async (): Promise<number> => {
  const { rows } = await observer.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name ~ 'rs_(app|service)$'`,
  );
  return rows[0]!.n;
};

interface Outcome {
  readonly hits: readonly Hit[];
  /** From the end of the fault to the begin of a second without a failure. */
  readonly recoveredMs: number;
  readonly stuck: number;
}

async function meet(fault: NetworkFault): Promise<Outcome> {
  const until = new AbortController();
  let lastBad = performance.now();
  const onHit = (hit: Hit): void => {
    if (!good(hit)) lastBad = performance.now();
  };
  const load = openLoad({ port: server.port, rps: RPS, next: mixed, until: until.signal, onHit });
  let stuck = 0;
  const looking = setInterval(() => void idleInTransaction().then((n) => (stuck = Math.max(stuck, n))), 1000);
  await sleep(1000);
  await proxy.begin(fault);
  await sleep(FAULT_MS);
  await proxy.heal();
  const healed = performance.now();
  lastBad = Math.max(lastBad, healed);
  while (performance.now() - lastBad < WELL_MS && performance.now() - healed < 2 * RECOVERY_MS)
    await sleep(50);
  until.abort();
  const hits = await load;
  clearInterval(looking);
  return { hits, recoveredMs: lastBad - healed, stuck };
}

for (const fault of faults)
  test(`F11 ${fault}: everybody is answered in time, and it passes`, { timeout: 120_000 }, async (t) => {
    const { hits, recoveredMs, stuck } = await meet(fault);
    const last = hits.toSorted((a, b) => b.ms - a.ms)[0]!;
    const slowest = last.ms;
    const statuses = tally(hits.map(({ kind, status, error }) => `${kind} ${error ?? status}`));
    t.diagnostic(
      `${hits.length} requests, slowest ${slowest.toFixed(0)} ms (${last.kind} ${last.status}), recovered in ${recoveredMs.toFixed(0)} ms; ${JSON.stringify(statuses)}`,
    );
    const failed = hits.filter((hit) => !good(hit)).map(({ ms }) => ms);
    assert.ok(Math.max(0, ...failed) <= MOST_MS, `a failure after ${Math.max(...failed).toFixed(0)} ms`);
    assert.ok(slowest <= sized(2, 1) * MOST_MS, `${slowest.toFixed(0)} ms`);
    const unforeseen = hits.filter(({ status }) => ![200, 201, 503].includes(status));
    assert.deepEqual(
      tally(unforeseen.map(({ kind, status, error, body }) => `${kind} ${error ?? status} ${body}`)),
      {},
    );
    assert.ok(hits.filter(({ kind }) => kind === 'livez').every(({ status }) => status === 200));
    assert.ok(recoveredMs <= RECOVERY_MS, `${recoveredMs.toFixed(0)} ms`);
    assert.equal(stuck, 0);
    await wholeAgain();
  });

/** Nothing waits, nothing is lent out, and the server has no connection that the pools do not know. */
async function wholeAgain(): Promise<void> {
  const pools = [users.pool, application.service.pool];
  const limit = performance.now() + RECOVERY_MS;
  for (;;) {
    const counts = pools.map((pool) => pool.counts);
    // Those of the test itself, and one that listens for another timetable.
    const known = [...pools, db.app.pool, db.service.pool].reduce((sum, pool) => sum + pool.totalCount, 1);
    const found = await connections();
    const still = counts.every(({ waiting, open, idle }) => waiting === 0 && open === idle && open <= POOL);
    if (still && found === known) return;
    assert.ok(performance.now() < limit, JSON.stringify({ counts, found, known }));
    await sleep(100);
  }
}
