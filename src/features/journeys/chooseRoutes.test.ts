import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Candidate, chooseRoutes, dominates, MAX_ROUTES, worthwhile } from './chooseRoutes.ts';
import type { LegMode, Price, Route } from './contract.ts';

const price = (rupees: number): Price => ({
  lowMinor: rupees * 90,
  highMinor: rupees * 110,
  currency: 'INR',
  indicative: true,
  class: null,
  basis: 'test',
  source: 'test',
  asOf: '2026-11-22',
  certainty: 'D',
});

/** `leaves` and `takes` in hours. */
function option(
  id: string,
  mode: LegMode,
  leaves: number,
  takes: number,
  rupees: number | null,
  changes = 0,
): Candidate {
  const route: Route = {
    id,
    legs: [],
    departure: `2026-12-02T${String(Math.floor(leaves)).padStart(2, '0')}:00+05:30`,
    arrival: '',
    durationMinutes: takes * 60,
    dayShift: 0,
    changes,
    modes: [mode],
    mainMode: mode,
    price: rupees === null ? null : price(rupees),
    labels: [],
    reasons: [],
    tightestChange: null,
  };
  return { route, departure: leaves * 60, arrival: (leaves + takes) * 60 };
}

const ids = (candidates: readonly Candidate[]): string[] =>
  candidates.map(({ route }) => route.id).toSorted();

test('an option dominates when it is nowhere worse and somewhere better', () => {
  const base = option('a', 'train', 8, 10, 1000);
  assert.ok(dominates(option('b', 'train', 8, 10, 900), base));
  assert.ok(dominates(option('b', 'train', 9, 9, 1000), base), 'leaves later, arrives at the same time');
  assert.ok(!dominates(base, base));
  assert.ok(!dominates(option('b', 'train', 7, 10, 900), base), 'it leaves earlier');
  assert.ok(!dominates(option('b', 'train', 8, 9, 900, 1), base), 'it changes');
});

test('dominated and silly options of a main mode go, the best of another mode stays', () => {
  const kept = worthwhile(
    [
      option('fast', 'train', 8, 10, 1000),
      option('dominated', 'train', 8, 11, 1100),
      option('silly', 'train', 9, 30, 1200),
      option('bus', 'bus', 8, 14, 1500),
      option('later', 'train', 20, 11, 1100),
    ],
    1,
  );
  assert.deepEqual(ids(kept), ['bus', 'fast', 'later']);
});

test('a further change must gain 25 minutes or 150 rupees a head', () => {
  const direct = option('direct', 'train', 8, 10, 1000);
  const keeps = (other: Candidate, passengers = 1): boolean =>
    ids(worthwhile([direct, other], passengers)).includes('other');
  assert.equal(keeps(option('other', 'train', 8, 9.75, 950, 1)), false);
  assert.equal(keeps(option('other', 'train', 8, 9.5, 1000, 1)), true, '30 minutes');
  assert.equal(keeps(option('other', 'train', 8, 9.9, 800, 1)), true, '200 rupees');
  assert.equal(keeps(option('other', 'train', 8, 9.9, 800, 1), 4), false, '200 rupees for four');
});

test('the picks are the shortest, the cheapest and the knee between them', () => {
  const { picks, routes } = chooseRoutes(
    [
      option('flight', 'flight', 8, 6, 9000),
      option('knee', 'train', 8, 16, 2500),
      option('slow', 'train', 8, 34, 1500),
      option('middle', 'bus', 8, 24, 2300),
    ],
    'BALANCED',
    1,
  );
  assert.deepEqual(picks, { FASTEST: 'flight', CHEAPEST: 'slow', BALANCED: 'knee' });
  assert.equal(routes[0]?.id, 'knee', 'the pick of the preference comes first');
  assert.ok(routes.every((route) => route.reasons.length > 0));
  assert.deepEqual(routes.find((route) => route.id === 'flight')?.labels, ['FASTEST']);
});

test('an option without a price can be the fastest, never the cheapest or balanced, and comes last by price', () => {
  const { picks, routes } = chooseRoutes(
    [option('unknown', 'bus', 8, 5, null), option('known', 'train', 8, 10, 1000)],
    'CHEAPEST',
    1,
  );
  assert.deepEqual(picks, { FASTEST: 'unknown', CHEAPEST: 'known', BALANCED: 'known' });
  assert.deepEqual(
    routes.map((route) => route.id),
    ['known', 'unknown'],
  );
});

test('at most twelve are offered, spread over the day', () => {
  const many = Array.from({ length: 40 }, (_, number) =>
    option(`t${number}`, 'train', number * 0.5, 10 + (number % 3), 1000 - number),
  );
  const { routes } = chooseRoutes(many, 'FASTEST', 1);
  assert.equal(routes.length, MAX_ROUTES);
  const hours = routes.map((route) => Number(route.departure.slice(11, 13)));
  assert.ok(Math.max(...hours) - Math.min(...hours) >= 12, `departures ${hours.join(' ')}`);
});

test('many changes that another mode beats in everything are shown once', () => {
  const { routes } = chooseRoutes(
    [
      option('train', 'train', 8, 34, 2500),
      option('buses', 'bus', 8, 55, 6000, 3),
      option('buses too', 'bus', 12, 58, 5000, 4),
    ],
    'BALANCED',
    1,
  );
  assert.deepEqual(routes.map((route) => route.id).toSorted(), ['buses', 'train']);
});

const of = (mode: LegMode, routes: readonly Route[]): number =>
  routes.filter((route) => route.mainMode === mode).length;

test('the same flight at other hours is shown three times more, another kind of flight again', () => {
  const flights = Array.from({ length: 10 }, (_, number) =>
    option(`f${number}`, 'flight', number * 2, 6, 9000),
  );
  const trains = [option('day', 'train', 6, 20, 1500), option('night', 'train', 20, 18, 1700)];
  const { routes } = chooseRoutes([...flights, ...trains], 'BALANCED', 1);
  assert.deepEqual([of('flight', routes), of('train', routes)], [4, 2]);
  const cheap = option('cheap', 'flight', 21, 9, 6000);
  assert.ok(
    chooseRoutes([...flights, ...trains, cheap], 'BALANCED', 1).routes.some(({ id }) => id === 'cheap'),
  );
  assert.equal(chooseRoutes(flights, 'BALANCED', 1).routes.length, 10, 'flights alone: all of them');
  const further = routes.flatMap(({ reasons }) => reasons).find((text) => text.startsWith('Leaves at'));
  assert.match(further ?? '', /^Leaves at another time: Wed 2 Dec \d\d:00\.$/);
});

test('a long chain of trains goes when an offered train is faster, cheaper and changes twice less', () => {
  const direct = option('direct', 'train', 8, 35, 2500);
  const kept = (chain: Candidate): boolean => ids(worthwhile([direct, chain], 1)).includes('chain');
  assert.equal(kept(option('chain', 'train', 20, 53, 2600, 3)), false, 'though it leaves later');
  assert.equal(kept(option('chain', 'train', 20, 53, 2600, 1)), true, 'one change');
  assert.equal(kept(option('chain', 'train', 20, 34, 2600, 3)), true, 'faster');
  assert.equal(kept(option('chain', 'train', 20, 53, 1900, 3)), true, 'cheaper');
});

test('the same train by another way to its station is no other departure', () => {
  const ride = (id: string, leaves: number, rupees: number, changes: number): Candidate => {
    const one = option(id, 'train', leaves, 20, rupees, changes);
    const run = { id: '12628', serviceDate: '2026-12-02' };
    const legs = [{ mode: 'train', run }] as unknown as Route['legs'];
    return { ...one, route: { ...one.route, legs } };
  };
  const ways = [ride('taxi', 9, 1500, 0), ride('metro', 8, 1200, 1), ride('bus', 7, 1250, 1)];
  assert.equal(worthwhile(ways, 1).length, 3);
  assert.deepEqual(
    chooseRoutes(ways, 'CHEAPEST', 1).routes.map(({ id }) => id),
    ['metro', 'taxi'],
  );
});

test('nothing to choose from is no error', () => {
  assert.deepEqual(chooseRoutes([], 'BALANCED', 1), {
    routes: [],
    picks: { FASTEST: null, CHEAPEST: null, BALANCED: null },
  });
});
