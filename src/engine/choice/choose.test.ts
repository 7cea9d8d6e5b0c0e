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

test('what another mode beats in everything is not the safest', () => {
  const bus = option('bus', { mainMode: 'bus', arrival: 2000, price: 200_000, changes: 1, spare: 170 });
  const train = option('train', { changes: 0 });
  assert.equal(
    picked([bus, { ...train, changes: 1, spare: 10 }])['SAFEST'],
    'bus',
    'as many changes: not beaten',
  );
  assert.equal(
    picked([
      { ...bus, changes: 0, spare: null },
      { ...train, price: 300_000 },
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
  const slow = option('slow', { departure: 700, arrival: 2200 });
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
    option('bus', { mainMode: 'bus', departure: 0, arrival: 2000, price: 300_000, changes: 2 }),
    option('buses', { mainMode: 'bus', departure: 300, arrival: 2400, price: 290_000, changes: 2 }),
  ];
  const train = option('train');
  const { offers } = choose([...buses, train], rules);
  assert.deepEqual(
    offers.map(({ option: one }) => one.key),
    ['train', 'bus'],
  );
  assert.deepEqual(left([...buses, train]), ['buses OTHER_MODE_BETTER train']);
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
