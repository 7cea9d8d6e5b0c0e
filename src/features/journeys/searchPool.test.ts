/** Searches in worker threads on the real sample network. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { computeAnswer, type ComputedRoutes, type Question } from './computeAnswer.ts';
import { type SearchRequestInput, searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, type Planner, searchJourneys, SearchPool } from './index.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const gazetteer = readGazetteer();
const plannerOf = (name: string, sample = true): Planner =>
  createPlanner(image, new PlaceIndex(gazetteer, image), {
    id: name,
    name,
    sample,
    rolled: false,
    validFrom: formatDate(today),
    validTo: formatDate(asEpochDay(today + 364)),
  });
const planner = plannerOf('n1');
const now = instantOf(today, 570, 'Asia/Kolkata') * 60_000;
const date = formatDate(asEpochDay(today + 10));

type Compute = (asked: Planner, question: Question) => Promise<ComputedRoutes>;

const searchBy = (
  compute: Compute,
  request: Partial<SearchRequestInput> = {},
  asked: Planner = planner,
): Promise<SearchResponse> =>
  searchJourneys(
    asked,
    searchRequestSchema.parse({ origin: 'Noida', destination: 'Bangalore', date, ...request }),
    { searchId: 'test' as SearchId, now, compute },
  );

const errors: unknown[] = [];
const pools: SearchPool[] = [];
function poolOf(options: Partial<ConstructorParameters<typeof SearchPool>[0]> = {}): SearchPool {
  const pool = new SearchPool({
    workers: 1,
    deadlineMs: 60_000,
    onError: (error) => errors.push(error),
    ...options,
  });
  pools.push(pool);
  return pool;
}
const by =
  (pool: SearchPool): Compute =>
  (asked, question) =>
    pool.compute(asked, question);
/** In this thread, however long it takes. */
const here: Compute = async (asked, question) => computeAnswer(asked, question, 60_000);
after(() => Promise.all(pools.map((pool) => pool.close())));

const requests: Partial<SearchRequestInput>[] = [
  {},
  { time: '08:00', passengers: 4 },
  { time: '22:00', arriveBy: true },
  { destination: 'Udaipur', stops: [{ place: 'Jaipur', dwellMinutes: 240 }] },
  { origin: 'Mumbai', destination: 'Pune', modes: ['train'], preference: 'CHEAPEST' },
];

describe('search pool', () => {
  // Starting threads takes most of the time of these tests.
  let pool: SearchPool;
  before(async () => {
    pool = poolOf({ workers: 2 });
    await pool.prepare(planner);
  });

  test('threads answer what this thread answers, several at a time', async () => {
    const [apart, together] = await Promise.all([
      Promise.all(requests.map((request) => searchBy(by(pool), request))),
      Promise.all(requests.map((request) => searchBy(here, request))),
    ]);
    assert.deepEqual(apart, together);
    assert.ok(apart.every(({ routes, partial }) => routes.length > 0 && !partial));
  });

  test('the thread that asks does not search: its loop turns meanwhile, and its engine stays untouched', async () => {
    const untouched = Object.defineProperty({ ...planner }, 'engine', {
      get: () => assert.fail('the engine was used in this thread'),
    });
    const turnsOf = async (answer: Promise<SearchResponse>): Promise<number> => {
      let [turns, waiting] = [0, true];
      const turn = (): void => {
        turns++;
        if (waiting) setImmediate(turn);
      };
      setImmediate(turn);
      assert.ok((await answer).routes.length > 0);
      waiting = false;
      return turns;
    };
    assert.ok((await turnsOf(searchBy(by(pool), {}, untouched))) > 10);
    assert.equal(await turnsOf(searchBy(here)), 0, 'in this thread nothing else runs');
    await assert.rejects(searchBy(here, {}, untouched), /was used in this thread/);
  });

  test('a search in flight ends on the network it began with, and an old network can be asked again', async () => {
    const pool = poolOf();
    const networks = ['a', 'b', 'c'].map((name) => plannerOf(name, name === 'b'));
    const order = [0, 1, 0, 2, 1, 0, 2, 2, 1];
    const answers = await Promise.all(
      order.map((at) => searchBy(by(pool), { destination: 'Jaipur' }, networks[at])),
    );
    answers.forEach(({ network, notes }, index) => {
      const asked = networks[order[index]!]!.network;
      assert.equal(network.id, asked.id);
      assert.equal(
        notes.some(({ code }) => code === 'SAMPLE_TIMETABLE'),
        asked.sample,
      );
    });
  });

  test('beyond the bound of the queue a search is refused at once', async () => {
    const pool = poolOf({ mostWaiting: 2 });
    const asked = Array.from({ length: 5 }, () => searchBy(by(pool), { destination: 'Jaipur' }));
    const ends = await Promise.allSettled(asked);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
    );
    await assert.rejects(asked[4]!, { code: 'OVERLOADED' });
    assert.ok((await searchBy(by(pool))).routes.length > 0, 'later there is room again');
  });

  test('at the deadline the answer is what was found, and says so', async () => {
    const pool = poolOf({ deadlineMs: 1 });
    await pool.prepare(planner);
    assert.equal((await searchBy(by(pool))).partial, true);
    assert.equal((await searchBy(here)).partial, false);
  });

  test('what the search refuses comes back as it is, a fault as a fault', async () => {
    const nowhere: Compute = (asked, question) => pool.compute(asked, { ...question, places: [] });
    await assert.rejects(searchBy(nowhere), TypeError);
    assert.ok((await searchBy(by(pool))).routes.length > 0, 'the thread goes on');
    assert.deepEqual(errors, []);
  });

  test('a thread that hangs is replaced: its search fails with a clear error, the next is answered', async () => {
    const pool = poolOf({ deadlineMs: 20, hungMs: 2000 });
    await pool.prepare(planner);
    // A window of eleven thousand years takes twice as long, and the listing of direct runs looks at no clock.
    const hanging: Compute = (asked, question) =>
      pool.compute(asked, { ...question, window: { ...question.window, span: 6_000_000_000 } });
    const [hung] = await Promise.allSettled([searchBy(hanging)]);
    await pool.prepare(planner);
    const [next] = await Promise.allSettled([searchBy(by(pool))]);
    assert.equal(hung.status, 'rejected');
    assert.equal((hung.reason as { code: string }).code, 'UNAVAILABLE');
    assert.match(String(hung.reason), /ended unexpectedly/);
    assert.equal(next.status, 'fulfilled', String((next as { reason?: unknown }).reason));
    assert.equal(errors.splice(0).length, 1, 'the operator is told once');
  });

  test('closing lets the searches asked finish, and refuses more', async () => {
    const pool = poolOf({ workers: 2, closeMs: 60_000 });
    await pool.prepare(planner);
    const asked = Array.from({ length: 4 }, () => searchBy(by(pool), { destination: 'Jaipur' }));
    const closed = pool.close();
    await assert.rejects(searchBy(by(pool)), { code: 'UNAVAILABLE' });
    await closed;
    for (const answer of await Promise.all(asked)) assert.ok(answer.routes.length > 0);
  });
});
