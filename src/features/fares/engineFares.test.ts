import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareScale } from '../../engine/fares/fareScale.ts';
import { type EngineFareQuestion, EngineFares, type FareLine } from './engineFares.ts';
import { fareFor, tables } from './exampleRide.ts';

const line = (id: string, facts: Partial<FareLine>): FareLine => ({
  id,
  mode: 'train',
  line: '',
  number: null,
  cityId: null,
  ...facts,
});
const lines: readonly FareLine[] = [
  line('superfast', { number: '12951' }),
  line('superfast-2', { number: '12903' }),
  line('express', { number: '11057' }),
  line('rajdhani', { line: 'rajdhani express', number: '12301' }),
  line('vande-bharat', { line: 'vande bharat express' }),
  line('passenger', { number: '59439' }),
  line('coach', { mode: 'bus', line: 'private operator ac sleeper' }),
  line('msrtc', { mode: 'bus', line: 'msrtc ordinary' }),
  line('kerala', { mode: 'bus', line: 'kerala rtc express' }),
  line('flight', { mode: 'flight', line: 'indigo' }),
  line('metro', { mode: 'metro', cityId: 'delhi', line: 'yellow line' }),
  line('ferry', { mode: 'ferry' }),
];
const question: EngineFareQuestion = {
  bookingDate: '2026-11-24',
  travelDate: '2026-12-15',
  preference: 'BALANCED',
};

const engine = new EngineFares(tables, lines);

/** Price of the engine, in paise, for one passenger. */
function enginePrice(own: EngineFareQuestion, id: string, km: number): number {
  const { families } = engine.faresFor(own);
  const family = families.findIndex(({ routeIds }) => routeIds.includes(id));
  assert.notEqual(family, -1, id);
  return new FareScale(families, 1).price(family, Math.round(1000 * km));
}

/** Paise by which a step of rounding, a leap of ₹5 in ordinary 2S or a stage not ended may put the engine off. */
function slackOf({ id, mode }: FareLine): number {
  if (id === 'passenger') return 1000;
  if (id === 'msrtc') return 1200;
  return mode === 'flight' ? 5000 : mode === 'train' ? 500 : 0;
}

/** The cheapest class of most trains is second sitting so far; else a short ride is taken in a sleeper. */
const LEAPS_AFTER_KM = { CHEAPEST: 250, BALANCED: 300 } as const;

test('the engine counts what a traveller is shown as likely', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...lines),
      fc.integer({ min: 1, max: 3000 }),
      fc.constantFrom('2026-12-15', '2026-12-18', '2026-12-20', '2027-10-28'),
      fc.boolean(),
      (own, km, travelDate, cheapest) => {
        const preference = cheapest ? 'CHEAPEST' : 'BALANCED';
        const shownAt = (at: number): number =>
          fareFor({ ...own, km: at, travelDate }, { bookingDate: question.bookingDate, preference })
            .likelyMinor;
        const counted = enginePrice({ ...question, travelDate, preference }, own.id, km);
        const slack = slackOf(own);
        const leap = LEAPS_AFTER_KM[preference];
        // Where a class ends, the engine climbs to the price of the next one over a hundred kilometres.
        const climbing = own.mode === 'train' && km > leap && km < leap + 100;
        const least = shownAt(climbing ? leap : km) - slack;
        const most = shownAt(km) + slack;
        assert.ok(
          least <= counted && counted <= most,
          `${own.id}, ${km} km: counted ${counted}, not from ${least} to ${most}`,
        );
      },
    ),
    { numRuns: 600 },
  );
});

test('lines of one price share a family, and prices never fall with distance', () => {
  const { families, currency } = engine.faresFor(question);
  assert.equal(currency, 'INR');
  assert.ok(
    families.some(({ routeIds }) => routeIds.includes('superfast') && routeIds.includes('superfast-2')),
  );
  assert.equal(new Set(families.map(({ id }) => id)).size, families.length);
  assert.deepEqual(
    families.flatMap(({ routeIds }) => routeIds).toSorted(),
    lines.map(({ id }) => id).toSorted(),
  );
  const scale = new FareScale(families, 1);
  for (let family = 0; family < families.length; family++)
    for (let km = 1; km < 4000; km += 7)
      assert.ok(scale.price(family, 1000 * km) <= scale.price(family, 1000 * (km + 7)), families[family]!.id);
});

test('autos, taxis and trains that are not yet priced are left out', () => {
  const few = [line('cab', { mode: 'taxi' }), line('sleeper', { line: 'vande bharat sleeper' })];
  assert.deepEqual(
    new EngineFares(tables, few).faresFor({ ...question, bookingDate: '2026-01-16' }).families,
    [],
  );
  assert.equal(new EngineFares(tables, few).faresFor(question).families.length, 1);
});

test('questions with one key have one set of fares, and what changes a fare changes the key', () => {
  const day = (index: number): string =>
    new Date(Date.parse('2025-12-20') + index * 86_400_000).toISOString().slice(0, 10);
  const byKey = new Map<string, string>();
  // 26 December 2025 and 17 January 2026 bring new fares; ten days ahead reach both sides of every kind of day.
  for (let index = 0; index < 36; index += 2)
    for (const ahead of [0, 2, 3, 10]) {
      const own = {
        bookingDate: day(index),
        travelDate: day(index + ahead),
        preference: 'CHEAPEST',
      } as const;
      // Made anew, so that nothing is remembered.
      const anew = new EngineFares(tables, lines);
      const fares = JSON.stringify(anew.faresFor(own));
      assert.equal(byKey.get(anew.keyOf(own)) ?? fares, fares, anew.keyOf(own));
      byKey.set(anew.keyOf(own), fares);
    }
  assert.ok(byKey.size > 10 && byKey.size < 60, `${byKey.size} keys`);
});

test('a bus fare that changes between two days of travel is another key', () => {
  const booked = { bookingDate: '2025-01-02', preference: 'BALANCED' } as const;
  const [before, after] = ['2025-01-21', '2025-01-28'].map((travelDate) => ({ ...booked, travelDate }));
  assert.notEqual(engine.keyOf(before!), engine.keyOf(after!));
  assert.deepEqual(
    [before!, after!].map((own) => enginePrice(own, 'msrtc', 60)),
    [8700, 10_000],
  );
});

test('FASTEST and BALANCED share fares, remembered as one object; only so many are remembered', () => {
  const own = new EngineFares(tables, lines);
  const first = own.faresFor(question);
  assert.equal(own.faresFor({ ...question, preference: 'FASTEST' }), first);
  assert.notEqual(own.faresFor({ ...question, preference: 'CHEAPEST' }), first);
  const others = new Set<string>();
  // Five factors of flights, three kinds of day, two preferences.
  for (const bookingDate of ['2026-09-01', '2026-09-20', '2026-10-02', '2026-10-09', '2026-10-12'])
    for (const travelDate of ['2026-10-13', '2026-10-16', '2026-10-18'])
      for (const preference of ['CHEAPEST', 'BALANCED'] as const) {
        const other = { bookingDate, travelDate, preference };
        others.add(own.keyOf(other));
        own.faresFor(other);
      }
  assert.ok(others.size > 16, `${others.size} other keys`);
  assert.notEqual(own.faresFor(question), first);
  assert.deepEqual(own.faresFor(question), first);
});

test('a key knows only what its lines depend on', () => {
  const keys = (own: readonly FareLine[], ...travelDates: string[]): number => {
    const fares = new EngineFares(tables, own);
    return new Set(travelDates.map((travelDate) => fares.keyOf({ ...question, travelDate }))).size;
  };
  const [tuesday, friday, sunday, republicDay] = ['2026-12-15', '2026-12-18', '2026-12-20', '2027-01-26'];
  const dates = [tuesday, friday, sunday, republicDay] as const;
  const only = (id: string) => lines.filter((own) => own.id === id);
  assert.equal(keys(only('superfast'), ...dates), 1);
  assert.equal(keys(only('coach'), ...dates), 3);
  assert.equal(keys(only('metro'), ...dates), 3);
  assert.equal(keys(only('flight'), ...dates), 2, 'three weeks and nine weeks ahead');
});
