import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose } from './choose.ts';
import { exclusionCodes } from './codes.ts';
import { dominates, type Option } from './option.ts';
import type { ChoiceRules } from './rules.ts';

const rules: ChoiceRules = {
  most: 4,
  minutesPerChange: 15,
  minorPerChange: 5000,
  sillyFactor: 2,
  chainChanges: 2,
  sameMinutes: 45,
  sameShare: 0.1,
  furtherOfMode: 1,
  sameAgainShare: 0.1,
  spareEnough: 180,
  spareGain: 60,
  minorPerHour: 10_000,
  worthShare: 0.1,
  longestIdle: 180,
  farFactor: 1.6,
  dearFactor: 3,
};

const option = (key: string, over: Partial<Option> = {}): Option => ({
  key,
  departure: 600,
  arrival: 1200,
  changes: 0,
  price: 100_000,
  mainMode: 'train',
  modes: 'train',
  runs: key,
  spare: (over.changes ?? 0) === 0 ? null : 30,
  leavesAtNight: false,
  hardMinutes: 0,
  loops: false,
  idleMinutes: 0,
  anyTime: false,
  repeats: null,
  away: 0,
  ...over,
});

const picked = (options: readonly Option[], own: Partial<ChoiceRules> = {}) => {
  const { picks } = choose(options, { ...rules, ...own });
  return Object.fromEntries(Object.entries(picks).map(([name, one]) => [name, one?.key ?? null]));
};
/** "key CODE because". */
const left = (options: readonly Option[], own: Partial<ChoiceRules> = {}): string[] =>
  choose(options, { ...rules, ...own }).excluded.map(
    ({ option: one, code, because }) => `${one.key} ${code} ${because?.key ?? '–'}`,
  );

test('an option dominates when it is nowhere worse and somewhere better', () => {
  const base = option('a');
  assert.ok(dominates(option('b', { price: 90_000 }), base));
  assert.ok(dominates(option('b', { departure: 660 }), base), 'leaves later, arrives at the same time');
  assert.ok(!dominates(base, base));
  assert.ok(!dominates(option('b', { departure: 540, price: 90_000 }), base), 'it leaves earlier');
  assert.ok(!dominates(option('b', { arrival: 1100, changes: 1 }), base), 'it changes');
  assert.ok(!dominates(option('b', { price: null }), base), 'its price is not known');
  const harder = option('b', { departure: 630, hardMinutes: 31 });
  assert.ok(!dominates(harder, base), 'half an hour shorter feels a minute longer');
  assert.ok(dominates({ ...harder, hardMinutes: 30 }, base));
});

test('fastest, cheapest, and the knee between them', () => {
  const trains = [
    option('fast', { arrival: 700, price: 100_000 }),
    option('knee', { departure: 400, arrival: 560, price: 30_000 }),
    option('cheap', { departure: 0, arrival: 600, price: 10_000 }),
  ];
  assert.deepEqual(picked(trains, { sillyFactor: 9 }), {
    FASTEST: 'fast',
    CHEAPEST: 'cheap',
    BALANCED: 'knee',
    SAFEST: 'knee',
  });
});

test('without a price an option can be the fastest and the safest; nothing gives no picks', () => {
  assert.deepEqual(picked([option('a', { price: null })]), {
    FASTEST: 'a',
    CHEAPEST: null,
    BALANCED: null,
    SAFEST: 'a',
  });
  assert.deepEqual(choose([], rules).offers, []);
});

test('the safest has no change, else the most to spare; what is more than enough decides nothing', () => {
  const change = (key: string, departure: number, spare: number, price = 100_000): Option =>
    option(key, { departure, arrival: departure + 600, changes: 1, spare, price });
  const tight = change('tight', 600, 5, 80_000);
  const loose = change('loose', 500, 90);
  assert.equal(picked([tight, loose])['SAFEST'], 'loose');
  const direct = option('direct', { departure: 400, arrival: 1100, price: 90_000 });
  assert.equal(picked([tight, loose, direct])['SAFEST'], 'direct');
  const [idle, busy] = [change('idle', 300, 400), change('busy', 450, 200, 95_000)];
  assert.equal(picked([tight, idle, busy])['SAFEST'], 'busy', 'both have enough: the better trade-off');
});

test('what is dominated is the safest when it has the stated gain to spare, and then it is offered', () => {
  const tight = option('tight', { changes: 1, spare: 5 });
  const early = (spare: number, departure = 500) => option('early', { departure, changes: 1, spare });
  const { picks, offers, excluded } = choose([tight, early(65)], rules);
  assert.equal(picks.SAFEST?.key, 'early');
  assert.deepEqual(
    offers.map(({ option: one }) => one.key),
    ['tight', 'early'],
  );
  assert.deepEqual(excluded, []);
  assert.equal(picked([tight, early(64)])['SAFEST'], 'tight');
  assert.equal(picked([tight, early(300, -900)])['SAFEST'], 'tight', 'it is silly');
  assert.equal(picked([option('direct', { arrival: 2000 }), tight, early(300)])['SAFEST'], 'direct');
});

test('what another mode beats in everything is not the safest', () => {
  const bus = option('bus', { mainMode: 'bus', arrival: 1500, price: 200_000, changes: 1, spare: 170 });
  const train = option('train', { changes: 0 });
  assert.equal(
    picked([bus, { ...train, changes: 1, spare: 10 }])['SAFEST'],
    'bus',
    'as many changes: not beaten',
  );
  assert.equal(
    picked([
      { ...bus, changes: 0, spare: null },
      { ...train, price: 250_000 },
    ])['SAFEST'],
    'train',
  );
  const { picks } = choose(
    [
      { ...bus, changes: 2 },
      { ...train, changes: 1, spare: 10 },
    ],
    rules,
  );
  assert.equal(picks.SAFEST?.key, 'train');
});

test('each exclusion names its reason and the option it was left out for', () => {
  const direct = option('direct');
  assert.deepEqual(left([direct, { ...direct }, option('alike')]), [
    'direct DUPLICATE direct',
    'alike DUPLICATE direct',
  ]);
  assert.deepEqual(left([direct, option('late', { arrival: 1300 })]), ['late DOMINATED direct']);
  const small = option('small', { departure: 605, price: 99_000, changes: 1 });
  assert.deepEqual(left([direct, small]), ['small SMALL_GAIN direct']);
  const slow = option('slow', { departure: 2500, arrival: 4000 });
  assert.deepEqual(left([option('cheap', { departure: 500, price: 90_000 }), slow]), ['slow SILLY cheap']);
  const chain = option('chain', { departure: 900, arrival: 1700, changes: 3 });
  assert.deepEqual(left([direct, chain]), ['chain LONG_CHAIN direct']);
  const twice = option('twice', { departure: 100, arrival: 1000, price: 90_000, runs: 'direct' });
  assert.deepEqual(
    left([direct, option('cheaper', { departure: 100, arrival: 900, price: 80_000 }), twice]),
    ['twice DOMINATED cheaper'],
  );
});

test('of what another mode beats, the fastest is shown, the rest says by which', () => {
  const buses = [
    option('bus', { mainMode: 'bus', departure: 0, arrival: 900, price: 290_000, changes: 2 }),
    option('buses', { mainMode: 'bus', departure: 300, arrival: 1250, price: 300_000, changes: 2 }),
  ];
  const train = option('train');
  const { offers } = choose([...buses, train], rules);
  assert.deepEqual(
    offers.map(({ option: one }) => one.key),
    ['train', 'bus'],
  );
  assert.deepEqual(left([...buses, train]), ['buses OTHER_MODE_BETTER train']);
});

test('what another mode leaves far behind is not shown for the sake of its own, but for a taxi', () => {
  const metro = option('metro', { mainMode: 'metro', arrival: 656, price: 8000 });
  const far = (over: Partial<Option>) =>
    left([metro, option('taxi', { mainMode: 'taxi', arrival: 670, price: 60_000, ...over })]);
  assert.deepEqual(far({}), ['taxi OTHER_MODE_BETTER metro']);
  assert.deepEqual(far({ anyTime: true }), []);
  assert.deepEqual(far({ price: 24_000 }), [], 'three times as dear');
  assert.deepEqual(far({ price: 24_000, arrival: 756 }), ['taxi OTHER_MODE_BETTER metro'], 'much slower');
});

test('what is senseless goes first: loops, hours at the station, the next of every few minutes', () => {
  const plain = option('plain', { arrival: 1400 });
  assert.deepEqual(left([plain, option('loop', { loops: true })]), ['loop LOOP plain']);
  assert.deepEqual(left([option('loop', { loops: true })]), [], 'there is no other way');
  const idle = option('idle', { idleMinutes: 181 });
  assert.deepEqual(left([plain, idle]), ['idle EARLY_START plain']);
  assert.deepEqual(left([plain, { ...idle, idleMinutes: 180 }]), ['plain DOMINATED idle']);
  const metro = (key: string, departure: number, away: number) =>
    option(key, { departure, arrival: departure + 50, repeats: 'Blue Line', away });
  assert.deepEqual(left([metro('late', 900, 300), metro('next', 605, 5)]), ['late SAME_AGAIN next']);
  assert.deepEqual(
    left([metro('late', 900, 10), metro('next', 605, 305)]),
    ['next SAME_AGAIN late'],
    'arrive by',
  );
});

test('a cheaper way to the same trains must be worth its time, and must not change more to drive one out', () => {
  const taxi = option('taxi', { runs: '12628', arrival: 1200 });
  const way = (over: Partial<Option>) =>
    left([taxi, option('way', { runs: '12628', departure: 480, ...over })]);
  // Two hours at ₹100.
  assert.deepEqual(way({ price: 80_001 }), ['way SAME_RUNS taxi']);
  assert.deepEqual(way({ price: 80_000 }), []);
  assert.deepEqual(way({ runs: 'bus,12628', price: 80_001 }), ['way SAME_RUNS taxi'], 'a bus to the train');
  const simple = option('simple', { runs: '12628', departure: 480, price: 99_000 });
  assert.deepEqual(left([{ ...taxi, changes: 1 }, simple]), []);
});

test('a longer journey must leave later, arrive sooner or save enough', () => {
  const fast = option('fast', { departure: 600, arrival: 900 });
  const slow = (over: Partial<Option>) =>
    left([fast, option('slow', { departure: 480, arrival: 890, ...over })]);
  assert.deepEqual(slow({}), ['slow NOT_WORTH_IT fast'], '10 minutes sooner for 110 longer');
  assert.deepEqual(slow({ arrival: 839 }), [], '61 minutes sooner for 59 longer');
  assert.deepEqual(slow({ price: 90_000 }), [], 'a tenth of the price');
  assert.deepEqual(slow({ price: 90_001 }), ['slow NOT_WORTH_IT fast'], 'less, and ₹100 for 100 minutes');
  assert.deepEqual(slow({ arrival: 850, price: 90_001 }), [], '₹100 for 20 minutes');
});

test('of what is equal the nearest to the time asked for is picked; waiting for hours is no fast way', () => {
  const train = (key: string, departure: number, minutes = 300, over: Partial<Option> = {}) =>
    option(key, { departure, arrival: departure + minutes, away: departure - 600, ...over });
  assert.equal(picked([train('late', 720), train('soon', 610)])['CHEAPEST'], 'soon');
  assert.equal(picked([train('now', 600), train('later', 680, 270)])['FASTEST'], 'later', '20 minutes count');
  assert.equal(picked([train('now', 600), train('later', 700, 270)])['FASTEST'], 'now', '40 minutes count');
  const cheap = train('cheap', 961, 320, { price: 20_000 });
  const night = picked([train('now', 600), cheap]);
  assert.deepEqual([night['CHEAPEST'], night['BALANCED'], night['SAFEST']], ['cheap', 'now', 'now']);
});

test('everything that is given is offered or left out for a reason', () => {
  const options = Array.from({ length: 60 }, (_, n) =>
    option(`o${n}`, {
      departure: 60 * ((n * 7) % 24),
      arrival: 60 * ((n * 7) % 24) + 500 + ((n * 37) % 300),
      price: n % 11 === 0 ? null : 50_000 + ((n * 7919) % 60_000),
      changes: n % 3,
      spare: n % 3 === 0 ? null : (n * 13) % 90,
      mainMode: ['train', 'bus', 'flight'][n % 3]!,
      runs: `r${n % 25}`,
    }),
  );
  const { offers, excluded } = choose(options, rules);
  const keys = [...offers, ...excluded].map(({ option: one }) => one.key).toSorted();
  assert.deepEqual(keys, options.map(({ key }) => key).toSorted());
  assert.ok(offers.length <= rules.most && offers.every(({ reasons }) => reasons.length > 0));
  for (const { code, because, minutes } of excluded) {
    assert.ok(exclusionCodes.includes(code));
    assert.equal(because === null, code === 'NO_ROOM');
    assert.equal(minutes === null, because === null);
  }
  assert.ok(new Set(excluded.map(({ code }) => code)).size >= 4);
});
