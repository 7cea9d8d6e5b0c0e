/** Classes, prices, savings, risk and comfort in answers on the real sample network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asEpochDay, formatDate, instantOf, weekdayOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { type Leg, type Route, type SearchRequestInput, searchRequestSchema } from './contract.ts';
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
/** A Tuesday in ten days or a little later. */
const tuesday = asEpochDay(today + 10 + ((8 - weekdayOf(asEpochDay(today + 10))) % 7));
const now = instantOf(today, 570, 'Asia/Kolkata') * 60_000;

async function routesOf(origin: string, destination: string, more: Partial<SearchRequestInput> = {}) {
  const request = { origin, destination, date: formatDate(tuesday), ...more };
  return searchJourneys(planner, searchRequestSchema.parse(request), { searchId: 'test' as SearchId, now });
}

const legsOf = (routes: readonly Route[], mode: Leg['mode']): Leg[] =>
  routes.flatMap(({ legs }) => legs.filter((leg) => leg.mode === mode));
const columns = ['lowMinor', 'likelyMinor', 'highMinor'] as const;

test('every leg offers its classes with a breakdown, and its price is one of them', async () => {
  for (const [origin, destination] of [
    ['Noida', 'Bangalore'],
    ['Mumbai', 'Pune'],
    ['Delhi', 'Gurugram'],
  ] as const)
    for (const { legs, price } of (await routesOf(origin, destination, { passengers: 2 })).routes) {
      for (const leg of legs) {
        if (leg.mode === 'walk') assert.deepEqual([leg.price, leg.fares], [null, []]);
        for (const fare of leg.fares) {
          const sum = fare.breakdown.reduce((all, { likelyMinor }) => all + likelyMinor, 0);
          assert.equal(sum, fare.likelyMinor, `${leg.mode} ${fare.class}`);
        }
        if (!leg.price || leg.fares.length === 0) continue;
        const chosen = leg.fares.find(({ classCode }) => classCode === leg.price!.classCode)!;
        for (const column of columns) assert.equal(leg.price[column], chosen[column]);
        assert.deepEqual([leg.price.asOf, leg.price.certainty], [chosen.asOf, chosen.certainty]);
      }
      for (const column of columns)
        assert.equal(
          price![column],
          legs.reduce((all, leg) => all + (leg.price?.[column] ?? 0), 0),
        );
    }
});

test('the class follows the preference, on one train in both answers', async () => {
  const trains = async (preference: 'BALANCED' | 'CHEAPEST') =>
    new Map(
      legsOf((await routesOf('New Delhi', 'KSR Bengaluru', { preference, modes: ['train'] })).routes, 'train')
        .filter(({ distanceKm }) => distanceKm > 300)
        .map((leg) => [`${leg.run!.id} ${leg.from.name} ${leg.to.name}`, leg]),
    );
  const [usual, cheap] = [await trains('BALANCED'), await trains('CHEAPEST')];
  const both = [...usual.keys()].filter((key) => cheap.has(key));
  assert.ok(both.length > 0);
  const express = both.filter((key) => cheap.get(key)!.price!.classCode === 'SL');
  assert.ok(express.length > 0);
  for (const key of express) {
    const [one, other] = [usual.get(key)!, cheap.get(key)!];
    assert.equal(one.price!.classCode, '3A');
    assert.ok(other.price!.highMinor < one.price!.lowMinor);
    assert.deepEqual(
      one.fares.map(({ classCode }) => classCode),
      other.fares.map(({ classCode }) => classCode),
    );
  }
});

test('a senior citizen saves nothing by rail and reads since when; a student reads in which class', async () => {
  const traveller = { profession: 'SENIOR_CITIZEN', age: 66, gender: 'MALE' } as const;
  const { routes } = await routesOf('New Delhi', 'KSR Bengaluru', { traveller, modes: ['train'] });
  const trains = legsOf(routes, 'train');
  assert.ok(trains.length > 0);
  for (const { concession, price } of trains) {
    const senior = concession!.outcomes.find(({ ruleId }) => ruleId === 'rail-senior')!;
    assert.deepEqual([senior.reason?.code, senior.withdrawnSince], ['WITHDRAWN', '2020-03-20']);
    assert.match(senior.reason!.text, /^Withdrawn 20 Mar 2020$/);
    assert.equal(concession!.saving.likelyMinor, 0);
    assert.equal(concession!.effective.likelyMinor, price!.likelyMinor);
  }
  assert.ok(routes.every(({ saving }) => saving?.likelyMinor === 0));
  const student = { profession: 'STUDENT', purpose: 'HOME' } as const;
  const asked = { traveller: student, modes: ['train'] } satisfies Partial<SearchRequestInput>;
  for (const { concession, price } of legsOf((await routesOf('Delhi', 'Patna', asked)).routes, 'train')) {
    const rule = concession!.outcomes.find(({ ruleId }) => ruleId === 'rail-student');
    if (price!.classCode === '3A') assert.ok(['CLASS', 'TRAIN'].includes(rule!.reason!.code));
  }
});

test('a woman of Karnataka rides free on ordinary buses of the state, and that is what routes are ordered by', async () => {
  const traveller = { gender: 'FEMALE', domicileState: 'Karnataka' } as const;
  const hers = await routesOf('Bengaluru', 'Mysuru', { traveller });
  const free = legsOf(hers.routes, 'bus').filter(({ concession }) => concession?.best === 'karnataka-shakti');
  assert.ok(free.length > 0);
  for (const { concession, price } of free) {
    assert.equal(concession!.saving.likelyMinor, price!.likelyMinor);
    assert.equal(concession!.effective.likelyMinor, 0);
  }
  for (const { price, saving, effectivePrice, legs } of hers.routes)
    for (const column of columns) {
      assert.equal(
        saving![column],
        legs.reduce((all, leg) => all + (leg.concession?.saving[column] ?? 0), 0),
      );
      assert.equal(effectivePrice![column], price![column] - saving![column]);
    }
  const cheapest = hers.routes.find(({ id }) => id === hers.picks.CHEAPEST)!;
  assert.equal(
    cheapest.effectivePrice!.likelyMinor,
    Math.min(...hers.routes.map(({ effectivePrice }) => effectivePrice!.likelyMinor)),
  );
  assert.ok(legsOf([cheapest], 'bus').some(({ concession }) => concession?.best === 'karnataka-shakti'));
  const his = await routesOf('Bengaluru', 'Mysuru', { traveller: { ...traveller, gender: 'MALE' } });
  assert.ok(his.routes.every(({ saving }) => saving?.likelyMinor === 0));
  const nobody = await routesOf('Bengaluru', 'Mysuru', { traveller: { profile: 'senior' } });
  assert.ok(nobody.routes.every(({ saving, effectivePrice }) => saving === null && effectivePrice === null));
});

test('the last mile at night is a taxi or an auto at the night tariff: metros are closed', async () => {
  const { routes } = await routesOf('Bengaluru', 'Delhi', { time: '18:00' });
  const last = routes
    .flatMap(({ legs }) => legs.slice(-1))
    .filter(({ departure }) => Number(departure.slice(11, 13)) < 5);
  assert.ok(last.length > 0);
  for (const leg of last) {
    assert.ok(['taxi', 'auto'].includes(leg.mode), leg.mode);
    const chosen = leg.fares.find(({ classCode }) => classCode === leg.price!.classCode)!;
    assert.ok(chosen.notes.some(({ code }) => code === 'NIGHT_TARIFF'));
  }
  const night = last.find(({ mode }) => mode === 'taxi')!;
  const day = legsOf((await routesOf('Bengaluru', 'Delhi', { time: '07:00' })).routes, 'taxi').find(
    ({ from, to, departure }) =>
      from.stopId === night.from.stopId && to.name === night.to.name && Number(departure.slice(11, 13)) >= 6,
  )!;
  assert.equal(day.distanceKm, night.distanceKm);
  // A quarter more in Delhi.
  assert.ok(Math.abs(night.price!.likelyMinor / day.price!.likelyMinor - 1.25) < 0.01);
});

test('metro rides that follow each other are paid once, over all kilometres', async () => {
  const { routes } = await routesOf('Noida', 'Gurugram', { modes: ['metro'] });
  const two = routes.filter((route) => legsOf([route], 'metro').length > 1);
  assert.ok(two.length > 0);
  for (const route of two) {
    const [first, ...others] = legsOf([route], 'metro');
    assert.ok(first!.price!.likelyMinor > 0);
    for (const { price, fares } of others) {
      assert.deepEqual([price!.likelyMinor, fares], [0, []]);
      assert.match(price!.basis, /paid with/);
    }
  }
});

test('every route says how surely its changes are made, and what is hard on whom', async () => {
  const usual = await routesOf('Noida', 'Bangalore');
  for (const { risk, comfort, changes } of usual.routes) {
    assert.ok(risk!.changes.length <= changes);
    if (risk!.changes.length === 0) assert.deepEqual([risk!.probability, risk!.word], [1, 'SAFE']);
    const sum = comfort!.flags.reduce((all, { penaltyMinutes }) => all + penaltyMinutes, 0);
    assert.equal(comfort!.penaltyMinutes, sum);
  }
  const hers = await routesOf('Noida', 'Bangalore', { traveller: { profile: 'solo_woman' } });
  const night = hers.routes.filter(({ comfort }) =>
    comfort!.flags.some(({ flag }) => flag === 'NIGHT_ARRIVAL'),
  );
  for (const route of night) {
    const same = usual.routes.find(({ id }) => id === route.id)!;
    assert.ok(route.comfort!.penaltyMinutes > same.comfort!.penaltyMinutes);
  }
  assert.deepEqual(
    hers.routes.map(({ id }) => id),
    usual.routes.map(({ id }) => id),
  );
});
