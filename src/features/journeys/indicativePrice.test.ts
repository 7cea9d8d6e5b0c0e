import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  indicativePrice,
  isNight,
  middle,
  type Party,
  type PricedRide,
  totalPrice,
} from './indicativePrice.ts';
import { readJourneyRules } from './rules.ts';

const rules = readJourneyRules();
const ride = (facts: Partial<PricedRide>): PricedRide => ({
  mode: 'train',
  line: '',
  cityId: null,
  km: 500,
  minutes: 400,
  clock: 600,
  daysAhead: 10,
  ...facts,
});
const alone: Party = { passengers: 1, preference: 'BALANCED' };
const rupees = (facts: Partial<PricedRide>, party: Party = alone): number => {
  const price = indicativePrice(rules, ride(facts), party);
  assert.ok(price);
  return middle(price) / 100;
};
const coach = (line: string): number => rupees({ mode: 'bus', line, km: 400 });
const metro = (cityId: string, km: number): number => rupees({ mode: 'metro', cityId, km });
const auto = (passengers: number): number =>
  rupees({ mode: 'auto', cityId: 'delhi', km: 6 }, { ...alone, passengers });
const autoAt = (clock: number): number => rupees({ mode: 'auto', cityId: 'bengaluru', km: 10, clock });
const train = (passengers: number): number => rupees({}, { ...alone, passengers });
const near = (actual: number, expected: number, percent: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= (expected * percent) / 100,
    `${what}: ${actual}, expected ${expected}`,
  );

test('rail prices follow the published points (superfast totals of the facts sheet)', () => {
  const sleeper: Party = { passengers: 1, preference: 'CHEAPEST' };
  near(rupees({ km: 500 }, sleeper), 335, 5, 'SL 500 km');
  near(rupees({ km: 1001 }, sleeper), 545, 5, 'SL 1001 km');
  near(rupees({ km: 2182 }, sleeper), 885, 5, 'SL 2182 km');
  near(rupees({ km: 309 }), 605, 5, '3A 309 km');
  near(rupees({ km: 1001 }), 1400, 5, '3A 1001 km');
  // Delhi–Mumbai, 1366 km, observed 1670 in 2026.
  near(rupees({ km: 1366 }), 1670, 5, '3A 1366 km');
});

test('a train that has no sleeper is priced in the class it has', () => {
  const party: Party = { passengers: 1, preference: 'CHEAPEST' };
  const classOf = (line: string) => indicativePrice(rules, ride({ line }), party)?.class;
  assert.equal(classOf('udaipur vande bharat express'), 'Chair car (CC)');
  assert.equal(classOf('ypr vandebharat'), 'Chair car (CC)', 'as the feed of Indian Railways writes it');
  assert.equal(classOf('mumbai tejas rajdhani express'), 'AC 3 tier (3A)');
  assert.equal(classOf('ahmedabad mumbai tejas express'), 'Chair car (CC)');
  assert.equal(classOf('jan shatabdi express'), 'Second sitting (2S)');
  assert.equal(classOf('grand trunk express'), 'Sleeper (SL)');
});

test('flights are dearer the nearer the departure, and always a range of -20 to +35 %', () => {
  const fares = [0, 3, 7, 15, 30].map((daysAhead) => rupees({ mode: 'flight', km: 1150, daysAhead }));
  assert.deepEqual(
    fares,
    fares.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(fares).size, 5);
  const price = indicativePrice(rules, ride({ mode: 'flight', km: 1150, daysAhead: 40 }), alone)!;
  // 1,900 + 2.3 × 1,150 and 800 of charges.
  near(price.lowMinor / 100, 5345 * 0.8, 2, 'low');
  near(price.highMinor / 100, 5345 * 1.35, 2, 'high');
});

test('coaches are priced by their kind', () => {
  assert.ok(coach('ac sleeper') > coach('non ac sleeper'));
  assert.ok(coach('volvo') > coach('express'));
  assert.ok(coach('express') > coach('ordinary'));
});

test('metro fares are the slabs of the city', () => {
  assert.deepEqual(
    [2, 4, 10, 20, 30, 50].map((km) => metro('noida', km)),
    [11, 21, 32, 43, 54, 64],
  );
  assert.deepEqual(
    [2, 9, 30].map((km) => metro('bengaluru', km)),
    [10, 50, 90],
  );
});

test('a vehicle is paid by vehicle, a seat by person', () => {
  assert.equal(auto(3), auto(1));
  assert.equal(auto(4), 2 * auto(1));
  assert.equal(train(4), 4 * train(1));
});

test('the night tariff runs from 23:00 to 05:00', () => {
  assert.deepEqual([1379, 1380, 0, 299, 300].map(isNight), [false, true, true, true, false]);
  near(autoAt(1410), 1.5 * autoAt(600), 4, 'Bengaluru: half more');
  assert.match(indicativePrice(rules, ride({ mode: 'auto', clock: 30 }), alone)!.basis, /night tariff/);
});

test('every price has its source, date and certainty, and never a low above a high', () => {
  for (const mode of ['train', 'bus', 'flight', 'metro', 'tram', 'ferry', 'auto', 'taxi'] as const)
    for (const km of [1, 30, 300, 3000]) {
      const price = indicativePrice(rules, ride({ mode, km }), alone)!;
      assert.ok(price.lowMinor > 0 && price.lowMinor <= price.highMinor, `${mode} ${km} km`);
      assert.ok(price.source && price.basis && price.class && /^\d{4}-/.test(price.asOf));
      assert.ok(Number.isInteger(price.lowMinor) && Number.isInteger(price.highMinor));
    }
  assert.equal(indicativePrice(rules, ride({ mode: 'walk' }), alone), null);
});

test('a total is the sum of the legs and as certain as the least certain; unknown stays unknown', () => {
  const rail = { mode: 'train' as const, price: indicativePrice(rules, ride({}), alone) };
  const tube = {
    mode: 'metro' as const,
    price: indicativePrice(rules, ride({ mode: 'metro', cityId: 'delhi', km: 9 }), alone),
  };
  const walk = { mode: 'walk' as const, price: null };
  const total = totalPrice([walk, tube, rail])!;
  assert.equal(total.lowMinor, rail.price!.lowMinor + tube.price!.lowMinor);
  assert.equal(total.highMinor, rail.price!.highMinor + tube.price!.highMinor);
  assert.equal(total.certainty, 'D');
  assert.equal(totalPrice([tube, { mode: 'bus', price: null }]), null);
  assert.equal(totalPrice([walk])?.highMinor, 0);
});
