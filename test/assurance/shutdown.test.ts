/**
 * F16: SIGTERM while 100 requests a second come on connections that are kept open: every request that was let in is
 * answered, what was to be written is written, and the process ends within 10 s.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type ServeProcess, startServe } from '../support/serveProcess.ts';
import { signIn } from '../support/signIn.ts';
import { type Hit, openLoad, quantile, type Shot, tally } from './openLoad.ts';
import { sized } from './sizes.ts';

const STOPS = 20;
/** Whole processes; a start costs seconds of computing, so in `npm test` the others are one process that serves again. */
const PROCESSES = sized(2, STOPS);
const RPS = 100;
const CONNECTIONS = 20;
const MOST_MS = 10_000;

let db: TestDatabase;
/** A user for each server, so that no limit is met. */
const cookies: string[] = [];
before(async () => {
  db = await testDatabase();
  for (let user = 0; user < STOPS; user++)
    cookies.push((await signIn(db.service, `user${user}@example.org`)).cookie);
});
after(() => db.drop());

const date = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const pairs = ['Delhi-Jaipur', 'Mumbai-Pune', 'Noida-Agra', 'Chennai-Madurai'].map((pair) => pair.split('-'));

/** Of each ten: four from memory, four from the database, one kept search and one to compute. */
function mixed(index: number, cookie: string): Shot {
  const from = { 'X-Forwarded-For': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` };
  const [origin, destination] = pairs[index % pairs.length]!;
  const search = (on: string): Shot => ({
    kind: 'search',
    path: `/api/v1/search?origin=${origin}&destination=${destination}&date=${on}`,
    headers: from,
  });
  if (index % 10 === 0) return search(date);
  if (index % 10 === 5)
    return search(new Date(Date.now() + (30 + (index % 300)) * 86_400_000).toISOString().slice(0, 10));
  if (index % 2 === 0) return { kind: 'places', path: '/api/v1/places?q=jai', headers: from };
  return { kind: 'trips', path: '/api/v1/trips', headers: { cookie } };
}

interface Stopped {
  readonly hits: readonly Hit[];
  readonly code: number | string;
  /** From the signal to the end. */
  readonly ms: number;
}

/**
 * All connections are there before the load and are used in turn: one that the kernel took in while the process looked
 * elsewhere is lost when the process stops to listen, and no process can do anything about it (see DRAIN_SECONDS).
 */
async function keptOpen(port: number): Promise<Agent> {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: CONNECTIONS,
    maxFreeSockets: CONNECTIONS,
    scheduling: 'fifo',
  });
  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/livez', agent }, (response) =>
        response.resume().once('end', resolve),
      ).once('error', reject);
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, open));
  return agent;
}

/** One server under load, stopped by SIGTERM; `ended` tells when it has. */
async function stopUnderLoad(
  { child, port }: Pick<ServeProcess, 'child' | 'port'>,
  ended: () => Promise<{ code: number | string; at: number }>,
): Promise<Stopped> {
  const cookie = cookies.pop()!;
  const agent = await keptOpen(port);
  const until = new AbortController();
  const next = (index: number): Shot => mixed(index, cookie);
  const load = openLoad({ port, rps: RPS, next, until: until.signal, agent });
  await sleep(600);
  const signalled = performance.now();
  const end = ended();
  child.kill('SIGTERM');
  const { code, at } = await end;
  until.abort();
  const hits = await load;
  agent.destroy();
  return { hits, code, ms: at - signalled };
}

async function stopProcesses(count: number): Promise<Stopped[]> {
  const stopped: Stopped[] = [];
  for (let turn = 0; turn < count; turn++) {
    const server = await startServe({ databaseUrl: db.ownerUrl });
    stopped.push(await stopUnderLoad(server, () => server.ended));
    await server.stop();
  }
  return stopped;
}

/** One process that listens again after each stop. */
async function stopAgain(count: number): Promise<Stopped[]> {
  const assignment = JSON.stringify({ ownerUrl: db.ownerUrl, turns: count });
  const child = fork(path.join(import.meta.dirname, 'shutdownWorker.ts'), [], {
    env: { ...process.env, ASSIGNMENT: assignment },
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the process died with ${String(code)}`);
  });
  died.catch(() => {});
  const said = async <Message>(): Promise<Message> =>
    Promise.race([once(child, 'message').then(([message]) => message as Message), died]);
  const stopped: Stopped[] = [];
  try {
    for (let turn = 0; turn < count; turn++) {
      const { port } = await said<{ port: number }>();
      const ended = () => said<{ code: number }>().then(({ code }) => ({ code, at: performance.now() }));
      stopped.push(await stopUnderLoad({ child, port }, ended));
      child.send('again');
    }
    return stopped;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Never let in: nobody listened any more. */
const letIn = ({ error }: Hit): boolean => error !== 'ECONNREFUSED';
const answered = ({ status }: Hit): boolean => status > 0;

test(`F16 ${STOPS} times SIGTERM under ${RPS} requests a second`, { timeout: 180_000 }, async (t) => {
  const stopped = [...(await stopProcesses(PROCESSES)), ...(await stopAgain(STOPS - PROCESSES))];
  const hits = stopped.flatMap((one) => one.hits);
  const unanswered = hits.filter((hit) => letIn(hit) && !answered(hit));
  const times = stopped.map(({ ms }) => ms);
  t.diagnostic(
    `${hits.filter(answered).length} answered, ${hits.length - hits.filter(letIn).length} not let in any more, ` +
      `${unanswered.length} unanswered; ended in ${quantile(times, 0.5).toFixed(0)} ms, at most ${quantile(times, 1).toFixed(0)}`,
  );
  assert.equal(stopped.length, STOPS);
  assert.deepEqual(tally(unanswered.map(({ kind, error }) => `${kind} ${error}`)), {});
  assert.deepEqual(tally(stopped.map(({ code }) => code)), { 0: STOPS });
  assert.ok(Math.max(...times) <= MOST_MS, `${Math.max(...times)} ms`);
  // On a machine that does much else a process may refuse some: that is an answer.
  const unwanted = hits.filter((hit) => answered(hit) && hit.status !== 200 && !/OVERLOADED/.test(hit.body));
  assert.deepEqual(
    unwanted.map(({ status }) => status),
    [],
    JSON.stringify(tally(hits.filter(answered).map(({ kind, status }) => `${kind} ${status}`))),
  );
  // The figures of every search that was answered are there.
  const searches = hits.filter(({ kind, status }) => kind === 'search' && status === 200).length;
  const { rows } = await db.service.query<{ n: number }>({
    text: 'SELECT count(*)::int AS n FROM search_queries',
  });
  assert.equal(rows[0]!.n, searches);
});

test(
  'before it stops, /readyz says why, and requests are served as before',
  { timeout: 60_000 },
  async () => {
    const server = await startServe({ databaseUrl: db.ownerUrl, env: { DRAIN_SECONDS: '1' } });
    try {
      const ask = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
      assert.equal((await ask('/readyz')).status, 200);
      server.child.kill('SIGTERM');
      await sleep(200);
      const ready = await ask('/readyz');
      assert.equal(ready.status, 503);
      assert.equal(((await ready.json()) as { code: string }).code, 'DRAINING');
      assert.equal((await ask('/livez')).status, 200);
      assert.equal((await ask('/api/v1/places?q=delhi')).status, 200);
      assert.equal((await server.ended).code, 0);
    } finally {
      await server.stop();
    }
  },
);

test('a second signal ends it at once', { timeout: 60_000 }, async () => {
  const server = await startServe({ databaseUrl: db.ownerUrl, env: { DRAIN_SECONDS: '30' } });
  try {
    server.child.kill('SIGTERM');
    await sleep(300);
    const signalled = performance.now();
    server.child.kill('SIGTERM');
    const { code, at } = await server.ended;
    assert.deepEqual([code, at - signalled < 1000], [1, true]);
  } finally {
    await server.stop();
  }
});
