/**
 * Many machines on one: a primary, a streaming replica, PgBouncer in transaction mode and three server processes. The
 * limiter is exact over them, kept searches are read at the replica, its death is not noticed, and a primary that is
 * killed and started is written to again within 10 s by the same processes. A drill: `npm run assurance -- scale`.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { type PostgresCluster, startCluster, withoutPooler } from '../support/cluster.ts';
import { type ServeProcess, startServe } from '../support/serveProcess.ts';
import { signIn } from '../support/signIn.ts';
import { type Hit, openLoad, type Shot, tally } from './openLoad.ts';
import { drill } from './sizes.ts';

const PROCESSES = 3;
const TOKEN = 'a token of sixteen or more';
const RESUME_MS = 10_000;
const LIMIT = 60;
const SEARCHES = 30;

suite('scale-out', { skip: drill ? withoutPooler : 'a drill: npm run assurance -- scale' }, () => {
  let cluster: PostgresCluster;
  let service: Database;
  const servers: ServeProcess[] = [];
  const cookies: string[] = [];
  before(async () => {
    cluster = await startCluster();
    await migrate(cluster.primary.url);
    service = await connect({ ownerUrl: cluster.primary.url, role: 'rs_service', max: 2 });
    for (let user = 0; user < 10; user++)
      cookies.push((await signIn(service, `user${user}@example.org`)).cookie);
    const env = {
      DATABASE_DIRECT_URL: cluster.primary.url,
      DATABASE_READ_URL: cluster.replica.url,
      METRICS_TOKEN: TOKEN,
    };
    for (let index = 0; index < PROCESSES; index++)
      servers.push(await startServe({ databaseUrl: cluster.pooledUrl, env }));
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await service.close();
    await cluster.stop();
  });

  const dateIn = (days: number): string =>
    new Date(Date.now() + (20 + days) * 86_400_000).toISOString().slice(0, 10);
  const date = dateIn(0);
  let client = 0;
  const search = (from = `10.2.${client >> 8}.${client++ & 255}`, day = 0): Shot => ({
    kind: 'search',
    path: `/api/v1/search?origin=Delhi&destination=Jaipur&date=${dateIn(day)}`,
    headers: { 'X-Forwarded-For': from },
  });
  const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
  const body = JSON.stringify({
    origin: place,
    destination: { ...place, id: '2', lat: 12.9 },
    date,
    passengers: 1,
  });
  const write = (index: number, port: number): Shot => ({
    kind: 'write',
    method: 'POST',
    path: '/api/v1/trips',
    headers: {
      cookie: cookies[index % cookies.length]!,
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
    },
    body,
  });
  const ask = (port: number, shot: Shot) =>
    fetch(`http://127.0.0.1:${port}${shot.path}`, { headers: { ...shot.headers } });

  /** What failed for another reason than the load of a machine that does everything at once. */
  const failuresOf = (hits: readonly Hit[]): Record<string, number> =>
    tally(
      hits
        .filter(({ status, body }) => status !== 200 && !body.includes('OVERLOADED'))
        .map(({ status, error, body }) => `${error ?? status} ${/"code":"(\w+)"/.exec(body)?.[1] ?? ''}`),
    );

  /** A metric, summed over the processes. */
  async function sum(metric: string): Promise<number> {
    const texts = await Promise.all(
      servers.map(async ({ port }) =>
        (
          await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
        ).text(),
      ),
    );
    return texts
      .flatMap((text) => text.split('\n').filter((line) => line.startsWith(`${metric} `)))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  }
  const usedBy = (processes: number) =>
    settled(async () => (await sum('routestitch_replica_used')) === processes);

  async function settled(condition: () => Promise<boolean>, ms = 20_000): Promise<number> {
    const started = performance.now();
    while (!(await condition())) {
      assert.ok(performance.now() - started < ms, `not within ${ms} ms`);
      await sleep(100);
    }
    return performance.now() - started;
  }

  /** The same load on every process, until `work` is done. */
  async function loaded(
    rps: number,
    shotOf: (index: number, port: number) => Shot,
    work: () => Promise<void>,
  ) {
    const until = new AbortController();
    const hits: (Hit & { readonly ended: number })[] = [];
    const loads = servers.map(({ port }) =>
      openLoad({
        port,
        rps,
        next: (index) => shotOf(index, port),
        until: until.signal,
        onHit: (hit) => hits.push({ ...hit, ended: performance.now() }),
      }),
    );
    await work().finally(() => until.abort());
    await Promise.all(loads);
    return hits;
  }

  test('the limiter is exact over processes', async (t) => {
    const seen: number[] = [];
    let left = 5 * LIMIT;
    // Several at a time at each process; all of them at once would be refused for their number.
    const lane = async (index: number): Promise<void> => {
      while (left > 0) {
        const { status } = await ask(servers[index % PROCESSES]!.port, search('10.9.9.9'));
        seen.push(status);
        // Refused for the load, before it was counted.
        if (status === 503) await sleep(200);
        else left--;
      }
    };
    await Promise.all(Array.from({ length: 4 * PROCESSES }, (_, index) => lane(index)));
    const statuses = tally(seen);
    t.diagnostic(JSON.stringify(statuses));
    assert.equal(statuses[200], LIMIT);
    assert.ok(statuses[429]! >= 4 * LIMIT);
  });

  test('kept searches are read at the replica', async (t) => {
    await usedBy(PROCESSES);
    for (let day = 0; day < SEARCHES; day++)
      assert.equal((await ask(servers[0]!.port, search(undefined, 1 + day))).status, 200);
    await sleep(500);
    const reads = async (): Promise<number[]> => [
      await sum('routestitch_database_reads_total{server="replica"}'),
      await sum('routestitch_database_reads_total{server="primary"}'),
    ];
    const before = await reads();
    for (let day = 0; day < SEARCHES; day++)
      for (const { port } of servers.slice(1))
        assert.equal((await ask(port, search(undefined, 1 + day))).status, 200);
    const after = await reads();
    const [replica, primary] = [after[0]! - before[0]!, after[1]! - before[1]!];
    t.diagnostic(
      `${SEARCHES} searches in ${PROCESSES - 1} processes: ${replica} read at the replica, ${primary} at the primary`,
    );
    assert.deepEqual([replica, primary], [SEARCHES * (PROCESSES - 1), 0]);
  });

  test('the replica is killed: no search fails; back again, it is used', { timeout: 120_000 }, async (t) => {
    const hits = await loaded(
      3,
      () => search(undefined, 100 + (client % 200)),
      async () => {
        await sleep(1000);
        await cluster.replica.kill();
        await sleep(4000);
        assert.equal(await sum('routestitch_replica_used'), 0);
        await cluster.replica.start();
        t.diagnostic(`used again after ${(await usedBy(PROCESSES)).toFixed(0)} ms`);
      },
    );
    const slowest = Math.max(...hits.map(({ ms }) => ms));
    t.diagnostic(
      `${hits.length} searches, slowest ${slowest.toFixed(0)} ms, ${hits.filter(({ status }) => status === 503).length} refused for the load`,
    );
    assert.deepEqual(failuresOf(hits), {});
  });

  test('the primary is killed and started: writes go on within 10 s', { timeout: 120_000 }, async (t) => {
    const pids = servers.map(({ child }) => child.pid);
    let started = 0;
    const hits = await loaded(10, write, async () => {
      await sleep(1000);
      await cluster.primary.kill();
      await sleep(2000);
      await cluster.primary.start();
      started = performance.now();
      await sleep(RESUME_MS + 2000);
    });
    const failed = hits.filter(({ status }) => status !== 201);
    const last = Math.max(0, ...failed.map(({ ended }) => ended - started));
    t.diagnostic(
      `${hits.length} writes, ${failed.length} refused; the last ${last.toFixed(0)} ms after the primary was back; ${JSON.stringify(tally(failed.map(({ status, error }) => error ?? status)))}`,
    );
    assert.ok(failed.length > 0, 'it was seen to be away');
    assert.deepEqual(Object.keys(tally(failed.map(({ status }) => status))), ['503']);
    assert.ok(last <= RESUME_MS, `${last} ms`);
    assert.deepEqual(
      servers.map(({ child }) => [child.pid, child.exitCode]),
      pids.map((pid) => [pid, null]),
    );
    // Every write that was answered 201 is there.
    const { rows } = await service.query<{ n: number }>({ text: 'SELECT count(*)::int AS n FROM trips' });
    assert.ok(rows[0]!.n >= hits.length - failed.length);
  });
});
