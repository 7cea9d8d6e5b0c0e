/** Children, classes, quotas and profiles in answers on the real sample network; notes on when to book. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf, parseDate } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { type Leg, type SearchRequestInput, searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, searchJourneys } from './index.ts';

/** A Wednesday without a festival near. */
const today = parseDate('2026-11-25')!;
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'sample',
  name: 'sample',
  sample: true,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const search = (request: Partial<SearchRequestInput>): Promise<SearchResponse> =>
  searchJourneys(
    planner,
    searchRequestSchema.parse({
      origin: 'New Delhi',
      destination: 'KSR Bengaluru',
      date: '2026-12-15',
      ...request,
    }),
    { searchId: 'test' as SearchId, now: instantOf(today, 570, 'Asia/Kolkata') * 60_000 },
  );
const trains = ({ routes }: SearchResponse): Leg[] =>
  routes.flatMap(({ legs }) => legs.filter(({ mode }) => mode === 'train'));
const fareOf = ({ fares }: Leg, classCode: string) => fares.find((fare) => fare.classCode === classCode)!;
/** The same train between the same stations in both answers. */
function pairs(one: SearchResponse, other: SearchResponse): [Leg, Leg][] {
  const key = ({ run, from, to }: Leg): string => [run!.id, run!.serviceDate, from.name, to.name].join();
  const legs = new Map(trains(other).map((leg) => [key(leg), leg]));
  const found = trains(one).flatMap((leg): [Leg, Leg][] =>
    legs.has(key(leg)) ? [[leg, legs.get(key(leg))!]] : [],
  );
  assert.ok(found.length > 0);
  return found;
}

test('by rail a child below 5 costs nothing and one of 7 half at least; on a bus each has a seat', async () => {
  const by = { modes: ['train'] } satisfies Partial<SearchRequestInput>;
  const [grown, family] = await Promise.all([
    search({ ...by, passengers: 2 }),
    search({ ...by, passengers: 4, children: [7, 3] }),
  ]);
  for (const [two, four] of pairs(grown, family))
    for (const { classCode } of two.fares) {
      const [couple, all] = [fareOf(two, classCode), fareOf(four, classCode)];
      assert.deepEqual([couple.units, all.units], [2, 3]);
      assert.equal(all.likelyMinor, couple.likelyMinor * 1.5, 'the child of 7 with a berth');
      assert.ok(all.lowMinor < couple.lowMinor * 1.5 && all.lowMinor > couple.lowMinor, 'or without one');
      assert.ok(all.notes.some(({ code }) => code === 'CHILDREN'));
    }
  const coach = {
    origin: 'Delhi',
    destination: 'Jaipur',
    modes: ['bus'],
  } satisfies Partial<SearchRequestInput>;
  const buses = await search({ ...coach, passengers: 4, children: [7, 3] });
  for (const { legs } of buses.routes)
    for (const leg of legs) if (leg.mode === 'bus') assert.ok(leg.fares.every(({ units }) => units === 4));
});

describe('a class wished for', () => {
  test('is priced on every leg that has it, on the others the usual one', async () => {
    const answer = await search({ class: ['2A', 'AC'] });
    const legs = answer.routes.flatMap((route) => route.legs.filter(({ fares }) => fares.length > 0));
    for (const { price, fares } of legs) {
      const wished = ['2A', 'AC'].find((code) => fares.some(({ classCode }) => classCode === code));
      if (wished) assert.equal(price!.classCode, wished);
    }
    assert.ok(legs.some(({ price }) => price!.classCode === '2A'));
    assert.ok(legs.some(({ price }) => price!.classCode === 'ECONOMY'));
  });
  test('and the quota decide what the engine counts with', () => {
    const question = { preference: 'BALANCED', today, day: asEpochDay(today + 20) } as const;
    const routers = [{}, { class: ['SL'] }, { class: ['2A'] }, { quota: 'TATKAL' as const }].map((wish) =>
      planner.engine.priced({ ...question, ...wish }),
    );
    assert.equal(new Set(routers).size, routers.length);
    assert.equal(planner.engine.priced({ ...question, class: ['SL', 'SL'] }), routers[1]);
  });
  test('decides which way is the cheapest', async () => {
    const [usual, sleeper] = await Promise.all([search({}), search({ class: ['SL'] })]);
    const cheapest = ({ routes, picks }: SearchResponse) =>
      routes.find(({ id }) => id === picks.CHEAPEST)!.price!.likelyMinor;
    assert.ok(cheapest(sleeper) < cheapest(usual));
  });
  test('that no ride has is told; one that there is not is refused', async () => {
    const { notes } = await search({ modes: ['train'], class: ['EC', 'SL'] });
    assert.deepEqual(
      notes.filter(({ code }) => code === 'CLASS_NOT_OFFERED').map(({ text }) => text),
      ['None of these rides has the class EC.'],
    );
    await assert.rejects(
      search({ class: ['9Z'] }),
      (error: { code: string; facts: object; message: string }) => {
        assert.deepEqual([error.code, error.facts], ['UNPROCESSABLE', { field: 'class', text: '9Z' }]);
        assert.match(error.message, /classes are .*SL.*AC_SLEEPER.*ECONOMY.*CARD.*XL/);
        return true;
      },
    );
  });
});

test('by Tatkal each berth is dearer by its charge, and the opening is told', async () => {
  const by = { modes: ['train'] } satisfies Partial<SearchRequestInput>;
  const [general, tatkal] = await Promise.all([search(by), search({ ...by, quota: 'TATKAL' })]);
  const sleepers = pairs(general, tatkal).filter(([{ fares }]) =>
    fares.some(({ classCode }) => classCode === '3A'),
  );
  assert.ok(sleepers.length > 0);
  for (const [one, other] of sleepers) {
    const difference = fareOf(other, '3A').likelyMinor - fareOf(one, '3A').likelyMinor;
    // ₹300 to ₹400 and the tax of 5 %, rounded to ₹5.
    assert.ok(difference >= 31_000 && difference <= 42_500, `${difference}`);
    assert.equal(fareOf(other, '1A'), undefined);
  }
  const opens = tatkal.notes.filter(({ code }) => code === 'TATKAL_OPENS');
  assert.ok(opens.length > 0);
  for (const { at, text } of opens) {
    assert.match(at!, /^2026-12-1[345]T10:00\+05:30$/);
    assert.match(text, /at 10:00 for AC classes and at 11:00 for others: \d{5} /);
  }
  assert.ok(
    general.notes.every(({ code }) => code !== 'TATKAL_OPENS'),
    'nobody needs it three weeks before',
  );
});

test('trains that cannot be booked yet say from when, those of tomorrow when Tatkal opens', async () => {
  const by = { modes: ['train'] } satisfies Partial<SearchRequestInput>;
  const far = await search({ ...by, date: '2027-02-15' });
  const opens = far.notes.find(({ code }) => code === 'BOOKING_OPENS');
  // 60 days before 15 February, or later for trains that start later.
  assert.equal(opens!.at, '2026-12-17T08:00+05:30');
  assert.match(opens!.text, /^Booking opens on Thu 17 Dec 2026 at 08:00 for \d{5} /);
  const near = await search({ ...by, date: '2027-01-20' });
  assert.ok(near.notes.every(({ code }) => code !== 'BOOKING_OPENS'));
  const tomorrow = await search({ ...by, date: '2026-11-26' });
  const tatkal = tomorrow.notes.filter(({ code }) => code === 'TATKAL_OPENS');
  assert.ok(tatkal.some(({ at }) => at === '2026-11-25T10:00+05:30'));
});

test('who is what changes what is balanced, and why is told in minutes', async () => {
  const overnight = { origin: 'Mumbai', destination: 'Goa', modes: ['bus', 'train'] } as const;
  const [usual, senior] = await Promise.all([
    search({ ...overnight, modes: [...overnight.modes] }),
    search({ ...overnight, modes: [...overnight.modes], traveller: { profile: 'senior' } }),
  ]);
  for (const { routes, picks } of [usual, senior]) {
    const balanced = routes.find(({ id }) => id === picks.BALANCED)!;
    const reason = balanced.why.find(({ code }) => code === 'BALANCED')!;
    assert.equal(reason.hardMinutes, balanced.comfort!.penaltyMinutes);
    // Nothing offered is at once shorter as it feels, and cheaper.
    const felt = (route: typeof balanced): number => route.durationMinutes + route.comfort!.penaltyMinutes;
    assert.ok(
      routes.every(
        (other) => felt(other) >= felt(balanced) || other.price!.likelyMinor >= balanced.price!.likelyMinor,
      ),
    );
  }
});
