/** One of the processes of `workers.ts`: connects, waits for `go`, works, answers, ends. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database } from '../../src/database/connect.ts';
import type { Route } from '../../src/features/journeys/contract.ts';
import { getCachedRoute, RouteCache } from '../../src/features/journeys/index.ts';
import { checkRateLimit } from '../../src/features/limits/index.ts';
import { documentCheckRateLimit } from '../support/documentRateLimit.ts';
import type { Assignment } from './workers.ts';

const assignment = JSON.parse(process.env['ASSIGNMENT'] ?? '{}') as Assignment;
const number = (name: string): number => Number(assignment[name]);

/** Runs `count` calls, at most `lanes` at a time. */
async function inLanes(count: number, lanes: number, call: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < count) await call(next++);
    }),
  );
}

/** Every key `attempts` times, all keys in turn, so that the processes meet at each. Answers admissions by key. */
async function countAdmissions(
  check: (identifier: string) => Promise<{ allowed: boolean }>,
): Promise<number[]> {
  const admitted = Array<number>(number('keys')).fill(0);
  await inLanes(admitted.length * number('attempts'), number('lanes'), async (index) => {
    const key = index % admitted.length;
    if ((await check(`${assignment.task} ${key}`)).allowed) admitted[key]!++;
  });
  return admitted;
}

const window = 10 * 60_000;
const place = { id: 'x', name: 'x', lat: 0, lng: 0 };

/** Notes that it computes, takes its time, answers. */
async function compute(db: Database, key: string) {
  await db.pool.query('INSERT INTO computations (key, pid) VALUES ($1, $2)', [key, process.pid]);
  await sleep(number('computeMs'));
  const routes = [{ id: key }] as unknown as Route[];
  const picks = { FASTEST: key, CHEAPEST: key, BALANCED: key, SAFEST: null };
  return {
    origin: place,
    destination: place,
    date: '2026-12-01',
    preference: 'BALANCED' as const,
    routes,
    answer: {
      picks,
      excluded: [],
      notes: [],
      alternatives: [],
      partial: false,
      generatedAt: new Date().toISOString(),
    },
  };
}

/** `calls` for each key at once. Answers how many got the answer of their key. */
async function askAll(ask: (key: string) => Promise<readonly Route[]>): Promise<number> {
  const keys = Array.from({ length: number('keys') }, (_, index) => `${assignment.task} ${index}`);
  const asked = keys.flatMap((key) => Array.from({ length: number('calls') }, () => key));
  const answers = await Promise.all(asked.map((key) => ask(key)));
  return answers.filter((routes, index) => routes[0]?.id === asked[index]).length;
}

const errors: string[] = [];
const tasks: Record<string, (db: Database) => Promise<unknown>> = {
  limit: (db) => countAdmissions((identifier) => checkRateLimit(db, identifier, number('limit'), window)),
  'limit of the document': (db) =>
    countAdmissions((identifier) => documentCheckRateLimit(db.prisma, identifier, number('limit'), window)),
  compute: async (db) => {
    const options = { onError: (error: unknown) => errors.push(String(error)), leaseMs: number('leaseMs') };
    const cache = new RouteCache(db, options);
    const right = await askAll(async (key) => (await cache.getOrCompute(key, () => compute(db, key))).routes);
    return { right, errors };
  },
  // §4.4 and §4.5 as the document has them, one after the other: look, compute, create.
  'compute of the document': async (db) => ({
    right: await askAll(async (key) => {
      const cached = await getCachedRoute(db, key);
      return cached ?? (await compute(db, key)).routes;
    }),
    errors,
  }),
};

const db = await connect({
  ownerUrl: assignment.ownerUrl,
  role: 'rs_app',
  max: assignment.pool,
  poolTimeoutMs: 0,
});
await Promise.all(Array.from({ length: assignment.pool }, () => db.query({ text: 'SELECT 1' })));
process.send!('ready');
await once(process, 'message');
const answer = await tasks[assignment.task.replace(/ #.*/, '')]!(db);
process.send!(answer);
await db.close();
process.disconnect();
