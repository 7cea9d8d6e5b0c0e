import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fareFor, rupeesOf, exampleQuestion, exampleRide, tables } from './exampleRide.ts';
import { faresOf } from './faresOf.ts';
import { splitParty, vehiclesFor } from './party.ts';

const people = (adults: number, ...childAges: number[]) => ({ party: { adults, childAges } });

test('tickets hold six passengers, and nobody is left on one alone without need', () => {
  assert.deepEqual(splitParty(6, 6), [6]);
  assert.deepEqual(splitParty(7, 6), [4, 3]);
  assert.deepEqual(splitParty(13, 6), [5, 4, 4]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6 }), (persons, size) => {
      const tickets = splitParty(persons, size);
      assert.equal(
        tickets.reduce((sum, count) => sum + count, 0),
        persons,
      );
      assert.equal(tickets.length, Math.ceil(persons / size));
      assert.ok(Math.max(...tickets) <= size && Math.max(...tickets) - Math.min(...tickets) <= 1);
    }),
  );
});

test('a rail party above six is split and told so; Tatkal above four', () => {
  const seven = fareFor({ km: 800 }, people(7));
  assert.deepEqual(seven.tickets, [4, 3]);
  assert.match(seven.notes.find((note) => note.code === 'PARTY_SPLIT')?.text ?? '', /at most 6.*4 \+ 3/);
  assert.deepEqual(fareFor({ km: 800 }, people(6)).tickets, [6]);
  const tatkal = fareFor({ km: 800 }, { ...people(5), quota: 'TATKAL' });
  assert.deepEqual(tatkal.tickets, [3, 2]);
  assert.equal(
    tatkal.notes.some((note) => note.code === 'PARTY_SPLIT'),
    true,
  );
});

test('children by rail: below 5 free, 5 to 11 half without a berth or whole with one, from 12 whole', () => {
  const adult = fareFor({ km: 800 }, people(1));
  const base = adult.breakdown.find((entry) => entry.code === 'BASE')!;
  const withChild = (age: number) => fareFor({ km: 800 }, people(1, age));
  assert.deepEqual(
    [withChild(4).lowMinor, withChild(4).highMinor, withChild(4).units],
    [adult.lowMinor, adult.highMinor, 1],
  );
  for (const age of [5, 11]) {
    const family = withChild(age);
    const own = family.breakdown.find((entry) => entry.code === 'BASE')!;
    assert.equal(own.lowMinor, base.lowMinor + Math.round(base.lowMinor / 2));
    assert.equal(own.highMinor, 2 * base.highMinor);
    assert.equal(rupeesOf(family, 'RESERVATION'), 80, 'fees are not halved');
    assert.equal(family.units, 2);
  }
  assert.equal(withChild(12).likelyMinor, 2 * adult.likelyMinor);
});

test('children who travel free take no room on a ticket', () => {
  assert.deepEqual(fareFor({ km: 800 }, people(6, 2, 3)).tickets, [6]);
});

test('autos carry three, cabs four, an XL six', () => {
  assert.deepEqual(
    [1, 3, 4, 6, 7].map((heads) => vehiclesFor(heads, 3)),
    [1, 1, 2, 2, 3],
  );
  const ride = { cityId: 'pune', km: 8, minutes: 20 };
  const auto = (heads: number) => fareFor({ ...ride, mode: 'auto' }, people(heads));
  assert.equal(auto(3).likelyMinor, auto(1).likelyMinor);
  assert.equal(auto(4).likelyMinor, 2 * auto(1).likelyMinor);
  const cab = (heads: number, classCode: string) =>
    fareFor({ ...ride, mode: 'taxi' }, { ...people(heads), classCode });
  assert.deepEqual(
    [4, 5, 8, 9].map((heads) => cab(heads, 'MINI').units),
    [1, 2, 2, 3],
  );
  assert.deepEqual(
    [6, 7].map((heads) => cab(heads, 'XL').units),
    [1, 2],
  );
  assert.match(cab(5, 'MINI').notes.find((note) => note.code === 'VEHICLES')?.text ?? '', /5 persons need 2/);
});

test('five take one XL, not two small cabs; four take a small one, whatever the preference', () => {
  for (const preference of ['CHEAPEST', 'BALANCED'] as const)
    for (const cityId of ['pune', 'delhi']) {
      const cab = (heads: number) =>
        fareFor({ mode: 'taxi', cityId, km: 20, minutes: 20 }, { ...people(heads), preference });
      assert.equal(cab(5).classCode, 'XL', `${cityId} ${preference}`);
      assert.equal(cab(4).classCode, cityId === 'pune' ? 'MINI' : 'TAXI');
      assert.equal(cab(6).units, 1);
    }
});

test('a bike is offered to one alone, and chosen for nobody', () => {
  const classes = (heads: number) =>
    faresOf(
      tables,
      exampleRide({ mode: 'auto', cityId: 'pune', km: 8 }),
      exampleQuestion({ ...people(heads), preference: 'CHEAPEST' }),
    )!;
  assert.deepEqual(
    classes(1).offered.map((fare) => fare.classCode),
    ['AUTO', 'BIKE'],
  );
  assert.equal(classes(1).chosen, 'AUTO');
  assert.deepEqual(
    classes(2).offered.map((fare) => fare.classCode),
    ['AUTO'],
  );
});

test('a cab from an airport costs the pick-up, one from home does not; far ones go by outstation rates', () => {
  const cab = (pickedUpAtHub: boolean) =>
    rupeesOf(fareFor({ mode: 'taxi', cityId: 'pune', km: 20, minutes: 40, pickedUpAtHub }), 'PICKUP');
  assert.deepEqual([cab(true), cab(false)], [100, 0]);
  const outstation = fareFor({ mode: 'taxi', cityId: 'pune', km: 150, minutes: 200 });
  assert.equal(outstation.classCode, 'OUTSTATION');
  assert.ok(outstation.lowMinor >= 150 * 1300 && outstation.highMinor <= 150 * 1800 + 1000);
});

test('a party that cannot travel is refused', () => {
  for (const party of [
    { adults: 0, childAges: [] },
    { adults: -1, childAges: [3, 4] },
    { adults: 1.5, childAges: [] },
    { adults: 1, childAges: [18] },
    { adults: 1, childAges: [NaN] },
  ])
    for (const mode of ['train', 'bus', 'flight', 'metro', 'taxi'] as const)
      assert.throws(() => fareFor({ mode, cityId: 'delhi' }, { party }), { code: 'INVALID_REQUEST' });
});
