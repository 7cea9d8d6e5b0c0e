import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Candidate, chooseRoutes, MAX_ROUTES, worthwhile } from './chooseRoutes.ts';
import type { LegMode, Price, Route } from './contract.ts';

const price = (rupees: number): Price => ({
  lowMinor: rupees * 90,
  likelyMinor: rupees * 100,
  highMinor: rupees * 110,
  currency: 'INR',
  indicative: true,
  class: null,
  classCode: null,
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
  spare = 20,
  hardMinutes = 0,
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
    saving: null,
    effectivePrice: null,
    labels: [],
    reasons: [],
    why: [],
    tightestChange: null,
    spareMinutes: changes === 0 ? null : spare,
    risk: null,
    comfort: null,
  };
  return {
    route,
    departure: leaves * 60,
    arrival: (leaves + takes) * 60,
    hardMinutes,
    loops: false,
    idleMinutes: 0,
  };
}

const ids = (candidates: readonly Candidate[]): string[] =>
  candidates.map(({ route }) => route.id).toSorted();

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
  assert.deepEqual(picks, { FASTEST: 'flight', CHEAPEST: 'slow', BALANCED: 'knee', SAFEST: 'knee' });
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
  assert.deepEqual(picks, { FASTEST: 'unknown', CHEAPEST: 'known', BALANCED: 'known', SAFEST: 'known' });
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
  assert.equal(kept(option('chain', 'train', 26, 53, 2600, 1)), true, 'one change');
  assert.equal(kept(option('chain', 'train', 20, 34, 2600, 3)), true, 'faster');
  assert.equal(kept(option('chain', 'train', 20, 53, 1900, 3)), true, 'cheaper');
});

test('the same train by another way to its station is no other departure', () => {
  const ride = (id: string, leaves: number, rupees: number, changes: number): Candidate => {
    const one = option(id, 'train', leaves, 20, rupees, changes);
    const run = { id: '12628', serviceDate: '2026-12-02' };
    const [from, to] = [{ stopId: 'NDLS' }, { stopId: 'SBC' }];
    const legs = [{ mode: 'train', run, from, to, everyMinutes: null }] as unknown as Route['legs'];
    return { ...one, route: { ...one.route, legs } };
  };
  const ways = [ride('taxi', 9, 1500, 0), ride('metro', 8, 1200, 1), ride('bus', 7, 1250, 1)];
  assert.equal(worthwhile(ways, 1).length, 3);
  assert.deepEqual(
    chooseRoutes(ways, 'CHEAPEST', 1).routes.map(({ id }) => id),
    ['metro', 'taxi'],
  );
});

test('every reason has a code and its numbers, in the order of the sentences', () => {
  const { routes } = chooseRoutes(
    [
      option('flight', 'flight', 8, 6, 9000),
      option('risky', 'train', 8, 16, 2500, 1, 15, 40),
      option('sure', 'train', 7, 17.5, 2400, 1, 90, 40),
      option('slow', 'train', 8, 34, 1500, 1, 15),
    ],
    'BALANCED',
    1,
  );
  const none = { minutes: null, minor: null, changes: null, hardMinutes: null };
  for (const { reasons, why } of routes) assert.equal(reasons.length, why.length);
  const why = Object.fromEntries(routes.map((route) => [route.id, route.why]));
  assert.deepEqual(why['flight']![0], { ...none, code: 'FASTEST', minutes: 360 });
  assert.deepEqual(why['slow']![0], { ...none, code: 'CHEAPEST', minor: 150_000 });
  const balanced = routes.find((route) => route.labels.includes('BALANCED'))!;
  assert.deepEqual(balanced.why[0], {
    code: 'BALANCED',
    minutes: 34 * 60 - balanced.durationMinutes,
    minor: 900_000 - (balanced.id === 'risky' ? 250_000 : 240_000),
    changes: null,
    hardMinutes: 40,
  });
  const safest = routes.find((route) => route.labels.includes('SAFEST'))!;
  assert.deepEqual(
    [safest.id, safest.why.find(({ code }) => code === 'SAFEST')],
    ['flight', { ...none, code: 'SAFEST', changes: 0 }],
  );
});

test('the safest has the most time to spare where every way has a change', () => {
  const { routes, picks } = chooseRoutes(
    [
      option('tight', 'train', 8, 16, 2500, 1, 5),
      option('loose', 'train', 6, 17, 2400, 1, 95),
      option('idle', 'train', 5, 18, 2600, 1, 60),
    ],
    'BALANCED',
    1,
  );
  assert.equal(picks.SAFEST, 'loose');
  const { labels, reasons } = routes.find(({ id }) => id === 'loose')!;
  assert.ok(labels.includes('SAFEST'));
  assert.ok(reasons.includes('Safest: at least 1 h 35 m to spare at every change.'), reasons.join());
});

test('who leaves earlier to be safe is dominated, and the safest all the same when the hour more is there', () => {
  const choice = (spare: number, takes = 11) =>
    chooseRoutes(
      [
        option('tight', 'train', 8, 9, 1000, 1, 20),
        option('earlier', 'train', 6, takes, 1000, 1, spare),
        option('idle', 'train', 5, 30, 1000, 1, 170),
      ],
      'FASTEST',
      1,
    );
  const safe = choice(80);
  assert.deepEqual([safe.picks.SAFEST, safe.picks.FASTEST], ['earlier', 'tight']);
  assert.ok(safe.routes.some(({ id, why }) => id === 'earlier' && why.some(({ code }) => code === 'SAFEST')));
  assert.deepEqual(
    safe.excluded.map(({ id }) => id),
    ['idle'],
    'three times as long is silly, however safe',
  );
  assert.equal(choice(79).picks.SAFEST, 'tight');
});

test('lost sleep and the like count as time in the balance, not in the fastest', () => {
  const pick = (hardMinutes: number) =>
    chooseRoutes(
      [
        option('seat', 'bus', 22, 8, 1000, 0, 0, hardMinutes),
        option('berth', 'train', 20, 10, 1100),
        option('flight', 'flight', 8, 5, 6000),
      ],
      'BALANCED',
      1,
    ).picks;
  assert.deepEqual([pick(0).BALANCED, pick(240).BALANCED], ['seat', 'berth']);
  assert.deepEqual([pick(240).FASTEST, pick(240).CHEAPEST], ['flight', 'seat']);
});

test('an option that is longer and easier is not dominated by one that is shorter and harder', () => {
  const ids = (hard: number) =>
    worthwhile(
      [option('night', 'train', 23, 5, 900, 0, 0, hard), option('evening', 'train', 21, 9, 900)],
      1,
    ).map(({ route }) => route.id);
  assert.deepEqual(ids(240), ['night']);
  assert.deepEqual(ids(241), ['night', 'evening']);
});

test('what is not offered says why, for which other one, and by how much', () => {
  const { routes, excluded } = chooseRoutes(
    [
      option('direct', 'train', 8, 10, 1000),
      option('dominated', 'train', 7, 12, 1100),
      option('changes', 'train', 8, 9.75, 950, 1),
    ],
    'BALANCED',
    1,
  );
  assert.deepEqual(
    routes.map(({ id }) => id),
    ['direct'],
  );
  const figures = { mainMode: 'train', because: 'direct', arrival: '' } as const;
  assert.deepEqual(excluded, [
    {
      ...figures,
      id: 'dominated',
      departure: '2026-12-02T07:00+05:30',
      priceMinor: 110_000,
      code: 'DOMINATED',
      minutes: 120,
      minor: 10_000,
      changes: 0,
    },
    {
      ...figures,
      id: 'changes',
      departure: '2026-12-02T08:00+05:30',
      priceMinor: 95_000,
      code: 'SMALL_GAIN',
      minutes: -15,
      minor: -5000,
      changes: 1,
    },
  ]);
});

test('nothing to choose from is no error', () => {
  assert.deepEqual(chooseRoutes([], 'BALANCED', 1), {
    routes: [],
    picks: { FASTEST: null, CHEAPEST: null, BALANCED: null, SAFEST: null },
    excluded: [],
  });
});
