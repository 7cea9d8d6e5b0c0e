/** Searches on the real sample network, from door to door. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../errors.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import {
  type Leg,
  type Route,
  type SearchRequestInput,
  searchRequestSchema,
  type SearchResponse,
  searchResponseSchema,
} from './contract.ts';
import { createPlanner, searchJourneys } from './index.ts';
import type { SearchId } from '../../units/ids.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'sample',
  name: 'sample',
  sample: true,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const inTenDays = formatDate(asEpochDay(today + 10));
/** 09:30 in India today. */
const now = instantOf(today, 570, 'Asia/Kolkata') * 60_000;

const search = (request: Partial<SearchRequestInput>): Promise<SearchResponse> =>
  searchJourneys(
    planner,
    searchRequestSchema.parse({ origin: 'Noida', destination: 'Bangalore', date: inTenDays, ...request }),
    { searchId: 'test' as SearchId, now },
  );

const ms = (instant: string): number => Date.parse(instant);
const rides = (legs: readonly Leg[]): Leg[] => legs.filter((leg) => leg.run !== null);

test('Noida to Bangalore: five options and three main modes at least; fastest by air, cheapest not', async () => {
  const answer = await search({});
  searchResponseSchema.parse(answer);
  assert.ok(answer.routes.length >= 5, `${answer.routes.length} routes`);
  assert.ok(new Set(answer.routes.map((route) => route.mainMode)).size >= 3);
  const pick = (id: string | null) => answer.routes.find((route) => route.id === id);
  assert.equal(pick(answer.picks.FASTEST)?.mainMode, 'flight');
  assert.notEqual(pick(answer.picks.CHEAPEST)?.mainMode, 'flight');
  assert.ok(pick(answer.picks.BALANCED));
  assert.equal(answer.origin.name, 'Noida');
  assert.equal(answer.destination.name, 'Bengaluru');
  assert.ok(answer.notes.some(({ code }) => code === 'SAMPLE_TIMETABLE'));
});

const pairs = [
  ['Noida', 'Bangalore'],
  ['New Delhi', 'KSR Bengaluru'],
  ['Mumbai', 'Pune'],
  ['Guwahati', 'Kochi'],
  ['Delhi', 'Noida'],
  ['Shimla', 'Rishikesh'],
] as const;
const variants: Partial<SearchRequestInput>[] = [
  {},
  { time: '08:00' },
  { time: '22:00', arriveBy: true },
  { passengers: 5 },
];

test('every route of every search is one journey in time and place, priced as its legs', async () => {
  for (const [origin, destination] of pairs)
    for (const variant of variants) {
      const answer = await search({ origin, destination, ...variant });
      const what = `${origin} → ${destination} ${JSON.stringify(variant)}`;
      assert.ok(answer.routes.length > 0, what);
      assert.equal(new Set(answer.routes.map((route) => route.id)).size, answer.routes.length, what);
      for (const route of answer.routes) {
        const { legs } = route;
        assert.deepEqual(
          legs.map((leg) => leg.index),
          legs.map((_, index) => index),
        );
        assert.equal(route.departure, legs[0]!.departure);
        assert.equal(route.arrival, legs.at(-1)!.arrival);
        assert.equal((ms(route.arrival) - ms(route.departure)) / 60_000, route.durationMinutes, what);
        assert.equal(route.changes, Math.max(0, rides(legs).length - 1), what);
        legs.forEach((leg, index) => {
          assert.ok(ms(leg.arrival) >= ms(leg.departure), what);
          assert.ok(leg.line !== null || ['walk', 'auto', 'taxi'].includes(leg.mode), what);
          const next = legs[index + 1];
          if (!next) return;
          assert.ok(
            ms(next.departure) >= ms(leg.arrival),
            `${what}: leg ${index + 1} leaves before leg ${index} arrives`,
          );
          assert.deepEqual(
            [next.from.lat, next.from.lng],
            [leg.to.lat, leg.to.lng],
            `${what}: leg ${index} and the next`,
          );
        });
        const low = legs.reduce((sum, leg) => sum + (leg.price?.lowMinor ?? 0), 0);
        assert.equal(route.price?.lowMinor, low, what);
      }
    }
});

test('each ride is in the timetable on its day', async () => {
  const { routes } = await search({});
  for (const leg of routes.flatMap((route) => rides(route.legs))) {
    const run = Array.from({ length: image.runCount }, (_, number) => number).find(
      (number) => image.run(number).id === leg.run!.id,
    )!;
    const day = Math.round(Date.parse(leg.run!.serviceDate) / 86_400_000) - image.firstDay;
    assert.ok(image.isActive(run, day), `${leg.line?.name} on ${leg.run!.serviceDate}`);
    const start = image.dayStart(run, day);
    const calls = image.runCalls(run);
    const boards = calls.some(
      (call) =>
        image.stopId(call.stop) === leg.from.stopId &&
        image.instantAt(start + call.departure) * 60_000 === ms(leg.departure),
    );
    const alights = calls.some(
      (call) =>
        image.stopId(call.stop) === leg.to.stopId &&
        image.instantAt(start + call.arrival) * 60_000 === ms(leg.arrival),
    );
    assert.ok(boards && alights, `${leg.line?.name} ${leg.departure}`);
  }
});

test('there is time to check in, to change station and to get out', async () => {
  const { routes } = await search({});
  for (const { legs } of routes)
    legs.forEach((leg, index) => {
      const before = legs[index - 1];
      if (!leg.run || !before) return;
      const wait = (ms(leg.departure) - ms(before.arrival)) / 60_000;
      assert.ok(wait >= leg.bufferMinutes, `${leg.line?.name}: ${wait} minutes, needs ${leg.bufferMinutes}`);
      if (leg.mode === 'flight') assert.ok(leg.bufferMinutes >= 90);
      if (leg.mode === 'flight' && before.mode === 'flight')
        assert.ok(wait >= 150, `${wait} minutes between flights`);
    });
});

/** Minutes between arrival and next departure beyond the way between, by the change table of the facts. */
const leastChange: Record<string, number> = {
  'train train': 45,
  'train bus': 45,
  'bus train': 60,
  'train flight': 180,
  'bus flight': 180,
  'flight train': 90,
  'flight flight': 150,
  'metro train': 20,
  'metro bus': 20,
};

test('changes keep the minimum of the table for their modes', async () => {
  const seen = new Set<string>();
  for (const [origin, destination] of [...pairs, ['Imphal', 'Bhuj'], ['Amritsar', 'Kanniyakumari']] as const)
    for (const { legs } of (await search({ origin, destination })).routes)
      rides(legs).forEach((leg, position, all) => {
        const before = all[position - 1];
        if (!before) return;
        const modes = `${before.mode} ${leg.mode}`;
        const way = legs
          .slice(before.index + 1, leg.index)
          .reduce((sum, one) => sum + one.durationMinutes, 0);
        const spare = (ms(leg.departure) - ms(before.arrival)) / 60_000 - way;
        seen.add(modes);
        assert.ok(
          spare >= (leastChange[modes] ?? 0),
          `${origin} → ${destination}, ${modes}: ${spare} minutes`,
        );
      });
  for (const modes of ['train train', 'flight flight', 'metro train'])
    assert.ok(seen.has(modes), `${modes} was never seen`);
});

const fromNewDelhi = async (time?: string): Promise<Route[]> =>
  (await search({ origin: 'NDLS', destination: 'MMCT', modes: ['train'], ...(time ? { time } : {}) })).routes;
const fastest = (routes: Route[]): Route =>
  routes.toSorted((a, b) => a.durationMinutes - b.durationMinutes)[0]!;
const isDirect = (route: Route): boolean => route.legs.length === 1;

test('at a station of their choosing travellers may leave at once, from elsewhere never before they said', async () => {
  const all = await fromNewDelhi();
  const direct = fastest(all.filter(isDirect));
  const clock = direct.departure.slice(11, 16);
  assert.ok(
    (await fromNewDelhi(clock)).some((route) => route.id === direct.id),
    `the train of ${clock} at ${clock}`,
  );
  // The engine is asked 20 minutes early for the station's own sake: what it finds elsewhere may leave too early.
  const elsewhere = fastest(all.filter((route) => route.legs[0]!.run === null));
  const tooLate = new Date(Date.parse(`${elsewhere.departure.slice(0, 16)}Z`) + 600_000).toISOString();
  const later = await fromNewDelhi(tooLate.slice(11, 16));
  assert.ok(later.length > 0);
  for (const route of later)
    assert.ok(route.departure >= tooLate.slice(0, 16), `${route.departure} at ${tooLate}`);
});

test('a given time is kept: nothing leaves before it, nothing arrives after it', async () => {
  const leaving = await search({ time: '14:00' });
  assert.ok(leaving.routes.every((route) => route.departure >= `${inTenDays}T14:00`));
  const arriving = await search({ time: '20:00', arriveBy: true });
  assert.ok(arriving.routes.length > 0);
  assert.ok(arriving.routes.every((route) => ms(route.arrival) <= ms(`${inTenDays}T20:00+05:30`)));
});

test('any time of today means from now on', async () => {
  const { routes } = await search({ date: formatDate(today) });
  assert.ok(routes.length > 0);
  assert.ok(routes.every((route) => ms(route.departure) >= now));
});

test('modes narrow the search', async () => {
  const { routes } = await search({ modes: ['train'] });
  assert.ok(routes.length > 0);
  assert.deepEqual(
    new Set(routes.flatMap((route) => rides(route.legs).map((leg) => leg.mode))),
    new Set(['train']),
  );
});

test('who starts at a station boards there without a way to it', async () => {
  const { routes } = await search({ origin: 'NDLS', destination: 'MMCT', modes: ['train'] });
  const direct = routes.find((route) => route.legs.length === 1);
  assert.equal(direct?.legs[0]?.from.code, 'NDLS');
  assert.equal(direct?.legs[0]?.to.code, 'MMCT');
});

test('a short way is offered all by road, unless modes are named', async () => {
  const near = await search({ origin: 'Delhi', destination: 'Noida' });
  assert.ok(near.routes.some((route) => route.legs.length === 1 && route.mainMode === 'taxi'));
  const metro = await search({ origin: 'Delhi', destination: 'Noida', modes: ['metro'] });
  assert.ok(
    metro.routes.length > 0 && metro.routes.every((route) => route.legs.some((leg) => leg.mode === 'metro')),
  );
});

test('a stop with a stay is visited, and said to be planned step by step', async () => {
  const answer = await search({
    origin: 'Delhi',
    destination: 'Udaipur',
    stops: [{ place: 'Jaipur', dwellMinutes: 240 }],
  });
  assert.ok(answer.routes.length > 0);
  for (const { legs } of answer.routes) {
    const reached = legs.findIndex(
      (leg) =>
        leg.to.name === 'Jaipur' || (leg.to.city === 'Jaipur' && legs[leg.index + 1]?.from.name === 'Jaipur'),
    );
    const next = legs[reached + 1];
    assert.ok(reached >= 0 && next);
    assert.ok(ms(next.departure) - ms(legs[reached]!.arrival) >= 240 * 60_000);
  }
  assert.ok(answer.notes.some(({ code }) => code === 'STOPS_ONE_BY_ONE'));
});

test('the same search gives the same ids, and a party pays for all', async () => {
  const [one, again, four] = await Promise.all([search({}), search({}), search({ passengers: 4 })]);
  assert.deepEqual(
    one.routes.map((route) => route.id),
    again.routes.map((route) => route.id),
  );
  const shared = four.routes.find((route) =>
    one.routes.some((other) => other.id === route.id && route.mainMode === 'flight'),
  )!;
  const alone = one.routes.find((route) => route.id === shared.id)!;
  assert.ok(shared.price!.lowMinor > 3 * alone.price!.lowMinor);
});

const refused = async (request: Partial<SearchRequestInput>): Promise<AppError> => {
  const error: unknown = await search(request).then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof AppError);
  return error;
};

test('what cannot be searched is refused with its field', async () => {
  const unknown = await refused({ destination: 'Xyzzyx' });
  assert.deepEqual([unknown.code, unknown.facts['field']], ['PLACE_NOT_FOUND', 'destination']);
  const past = await refused({ date: formatDate(asEpochDay(today - 1)) });
  assert.deepEqual([past.code, past.facts['field']], ['UNPROCESSABLE', 'date']);
  const same = await refused({ destination: 'Noida' });
  assert.deepEqual([same.code, same.facts['field']], ['UNPROCESSABLE', 'destination']);
});

test('no route is an answer with a reason', async () => {
  const sea = { id: 'sea', name: 'Bay of Bengal', lat: 12, lng: 88 };
  const answer = await search({ destination: sea });
  assert.deepEqual(answer.routes, []);
  assert.ok(
    answer.notes.some(({ code, text }) => code === 'PLACE_UNREACHABLE' && /Bay of Bengal/.test(text)),
  );
  const late = await search({ date: formatDate(asEpochDay(today + 3000)) });
  assert.deepEqual(late.routes, []);
  assert.ok(late.notes.some(({ code }) => code === 'OUTSIDE_TIMETABLE'));
});
