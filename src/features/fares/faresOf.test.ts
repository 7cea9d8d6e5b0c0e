import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fareModes, railQuotas, rideFaresSchema } from './contract.ts';
import { exampleQuestion, exampleRide, fareFor, rupeesOf, tables } from './exampleRide.ts';
import { chosenFare, faresOf } from './faresOf.ts';
import type { FareQuestion, FareRide } from './ride.ts';

const classesOf = (ride: Partial<FareRide>, question: Partial<FareQuestion> = {}): string[] =>
  faresOf(tables, exampleRide(ride), exampleQuestion(question))?.offered.map((fare) => fare.classCode) ?? [];
const classOf = (ride: Partial<FareRide>, question: Partial<FareQuestion> = {}): string =>
  fareFor(ride, question).classCode;

const names = [
  '',
  'express',
  'rajdhani express',
  'vande bharat express',
  'vande bharat sleeper',
  'kota passenger',
  'amrit bharat express',
  'humsafar express',
  'garib rath express',
  'jan shatabdi express',
  'shatabdi express',
  'private operator ac sleeper',
  'msrtc shivneri',
  'msrtc ordinary',
  'kerala rtc express',
  'ac seater upsrtc',
  'airport express',
  'line 3 aqua',
];
const date = (from: string, days: number) =>
  fc
    .integer({ min: 0, max: days })
    .map((day) => new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10));
const rides = fc.record({
  mode: fc.constantFrom(...fareModes),
  line: fc.constantFrom(...names),
  number: fc.constantFrom(null, '12951', '11057', '59439', '22301'),
  cityId: fc.constantFrom(null, 'delhi', 'mumbai', 'bengaluru', 'chennai', 'kolkata', 'pune'),
  from: fc.constantFrom('', 'new delhi', 'airport'),
  to: fc.constantFrom('', 'yashobhoomi', 'howrah'),
  km: fc.double({ min: 0.1, max: 5500, noNaN: true }),
  minutes: fc.integer({ min: 0, max: 6000 }),
  clock: fc.integer({ min: 0, max: 1439 }),
  travelDate: date('2025-12-01', 700),
  pickedUpAtHub: fc.boolean(),
});
const questions = fc.record({
  bookingDate: date('2025-07-01', 700),
  party: fc.record({
    adults: fc.integer({ min: 1, max: 20 }),
    childAges: fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 4 }),
  }),
  preference: fc.constantFrom('FASTEST' as const, 'CHEAPEST' as const, 'BALANCED' as const),
  quota: fc.constantFrom(...railQuotas),
});

test('every breakdown sums to its total to the paisa, and low ≤ likely ≤ high', () => {
  let priced = 0;
  fc.assert(
    fc.property(rides, questions, (ride, question) => {
      const fares = faresOf(tables, ride, question);
      if (!fares) return;
      rideFaresSchema.parse(fares);
      assert.ok(fares.offered.some((fare) => fare.classCode === fares.chosen));
      for (const fare of fares.offered) {
        priced++;
        for (const column of ['lowMinor', 'likelyMinor', 'highMinor'] as const)
          assert.equal(
            fare.breakdown.reduce((sum, entry) => sum + entry[column], 0),
            fare[column],
          );
        assert.ok(
          0 < fare.lowMinor && fare.lowMinor <= fare.likelyMinor && fare.likelyMinor <= fare.highMinor,
        );
        assert.ok(fare.source !== '' && fare.asOf >= '2026-01-01' && fare.basis !== '');
      }
    }),
    { numRuns: 4000 },
  );
  assert.ok(priced > 4000, `only ${priced} fares seen`);
});

test('a party pays the sum of its persons', () => {
  const one = fareFor({ number: '12951', km: 1366 });
  for (const adults of [2, 6, 7, 20]) {
    const party = fareFor({ number: '12951', km: 1366 }, { party: { adults, childAges: [] } });
    assert.equal(party.likelyMinor, adults * one.likelyMinor);
    assert.equal(party.units, adults);
  }
});

test('the class follows the preference, and a wish comes before it', () => {
  const long = { number: '12951', km: 1300 };
  assert.equal(classOf(long, { preference: 'CHEAPEST' }), 'SL');
  assert.equal(classOf(long, { preference: 'BALANCED' }), '3A');
  assert.equal(classOf(long, { preference: 'FASTEST' }), '3A');
  assert.equal(classOf(long, { preference: 'CHEAPEST', classCode: '2A' }), '2A');
  assert.equal(classOf({ km: 250 }, { preference: 'CHEAPEST' }), '2S');
  assert.equal(classOf({ km: 251 }, { preference: 'CHEAPEST' }), 'SL');
  assert.deepEqual(classesOf(long), ['SL', '3A', '2A', '1A']);
});

test('a class that a ride does not have is refused by name', () => {
  assert.throws(() => fareFor({ line: 'shatabdi express' }, { classCode: 'SL' }), {
    code: 'INVALID_REQUEST',
    message: 'There is no class "SL" here, only CC, EC',
  });
});

test('trains are told apart by name and number', () => {
  for (const [line, number, expected] of [
    ['udaipur vande bharat express', '20979', 'CC'],
    ['ypr vandebharat', '20703', 'CC'],
    ['vande bharat sleeper', '27575', '3A'],
    ['mumbai tejas rajdhani express', '12951', '3A'],
    ['ahmedabad mumbai tejas express', '82901', 'CC'],
    ['jan shatabdi express', '12057', '2S'],
    ['kalka shtbdi ex', '12005', 'CC'],
    ['garib rath', '12215', '3E'],
    ['amrit bharat exp', '15557', 'SL'],
    ['intercity exp', '12459', 'CC'],
    ['kota passenger', null, '2S'],
    ['memu exp', '19104', '3A'],
    ['grand trunk express', '12615', '3A'],
    ['', '59439', '2S'],
  ] as const)
    assert.equal(classOf({ line, number, km: 400 }), expected, `${number} ${line}`);
  for (const [line, number, kind, expected] of [
    ['satabdi', '22277', null, 'CC'],
    ['nzm mao special', '22414', 'RAJ', '3A'],
    ['tejas express', '20501', 'RAJ', '3A'],
    ['srnt arj', '05164', 'DMU', '2S'],
    ['raj humsafar exp', '22985', 'SUF', '3A'],
    ['hte jsg memu', '18175', 'MEX', '3A'],
    ['pune express', '26902', 'VNDB', 'CC'],
  ] as const)
    assert.equal(classOf({ line, number, kind, km: 400 }), expected, `${number} ${line} ${kind}`);
  assert.equal(rupeesOf(fareFor({ number: '21903', kind: 'SUF' }), 'SUPERFAST'), 45);
  assert.equal(rupeesOf(fareFor({ number: '11057' }), 'SUPERFAST'), 0);
  assert.equal(rupeesOf(fareFor({ number: '12137' }), 'SUPERFAST'), 45);
  assert.equal(
    rupeesOf(fareFor({ number: null, line: 'intercity sf express' }), 'SUPERFAST'),
    0,
    'unnumbered',
  );
});

test('flexi-fare is a range: nothing at the low end, the cap at the high end, none in first class', () => {
  const flexi = (line: string, classCode: string) => {
    const fare = fareFor({ line, km: 1000 }, { classCode });
    const base = fare.breakdown.find((entry) => entry.code === 'BASE')!.likelyMinor;
    const rise = fare.breakdown.find((entry) => entry.code === 'FLEXI');
    return rise ? [rise.lowMinor, rise.highMinor / base].map((value) => Math.round(100 * value) / 100) : null;
  };
  assert.deepEqual(flexi('rajdhani express', '3A'), [0, 0.4]);
  assert.deepEqual(flexi('rajdhani express', '2A'), [0, 0.5]);
  assert.deepEqual(flexi('duronto express', 'SL'), [0, 0.5]);
  assert.equal(flexi('rajdhani express', '1A'), null);
  assert.equal(flexi('shatabdi express', 'EC'), null);
  assert.equal(flexi('vande bharat express', 'CC'), null);
});

test('a rail fare is that of the booking date; a bus fare that of the travel date', () => {
  const rail = (bookingDate: string) =>
    fareFor({ km: 1000, travelDate: '2026-02-10' }, { bookingDate }).likelyMinor;
  assert.ok(rail('2025-12-25') < rail('2025-12-26'));
  assert.ok(rail('2025-06-30') < rail('2025-07-01'));
  const bus = (travelDate: string) =>
    fareFor({ mode: 'bus', line: 'msrtc ordinary', km: 60, travelDate }, { bookingDate: '2025-01-20' })
      .likelyMinor;
  assert.deepEqual([bus('2025-01-24'), bus('2025-01-25')], [8700, 10_000]);
  const train = exampleRide({ line: 'vande bharat sleeper' });
  assert.equal(faresOf(tables, train, exampleQuestion({ bookingDate: '2026-01-16' })), null);
  assert.notEqual(faresOf(tables, train, exampleQuestion({ bookingDate: '2026-01-17' })), null);
});

test('Tatkal is no class of 1A; Vande Bharat sleepers have none: their general fares say so', () => {
  assert.deepEqual(classesOf({ number: '12951', km: 800 }, { quota: 'TATKAL' }), ['SL', '3A', '2A']);
  const sleeper = { line: 'vande bharat sleeper', km: 800 };
  const [general, tatkal] = [fareFor(sleeper), fareFor(sleeper, { quota: 'TATKAL' })];
  const note = tatkal.notes.at(-1)!;
  assert.deepEqual([note.code, /no tatkal quota/.test(note.text)], ['QUOTA_NOT_SOLD', true]);
  assert.deepEqual({ ...tatkal, notes: general.notes }, general);
});

test('the quotas for women and senior citizens cost what the general one costs', () => {
  const general = fareFor({ km: 800 });
  for (const quota of ['LADIES', 'SENIOR'] as const) {
    const fare = fareFor({ km: 800 }, { quota });
    assert.deepEqual([fare.likelyMinor, fare.tickets], [general.likelyMinor, general.tickets], quota);
    assert.ok(!fare.notes.some(({ code }) => code === 'QUOTA_NOT_SOLD'), quota);
  }
});

test('of the classes wished for the first that the ride has is taken, else the usual one', () => {
  const taken = (wished: readonly string[], over: Partial<FareRide> = {}) =>
    fareFor({ number: '12951', km: 800, ...over }, { wished }).classCode;
  assert.equal(taken(['AC_SLEEPER', '2A', 'SL']), '2A');
  assert.equal(taken(['CC', 'ECONOMY']), '3A');
  assert.equal(taken(['2A', 'CARD'], { mode: 'metro', cityId: 'delhi', km: 8 }), 'CARD');
  assert.equal(fareFor({ km: 800 }, { wished: ['2A'], classCode: 'SL' }).classCode, 'SL');
});

test('booking after charting is a tenth cheaper by the base', () => {
  const fare = fareFor({ km: 800 }, { quota: 'CURRENT' });
  assert.equal(rupeesOf(fare, 'DISCOUNT'), -Math.round(10 * rupeesOf(fare, 'BASE')) / 100);
});

test('flights are dearer the nearer the departure, and never above the ceiling', () => {
  const fly = (bookingDate: string, km = 1150) =>
    fareFor({ mode: 'flight', km, travelDate: '2027-01-19' }, { bookingDate });
  const days = ['2026-12-20', '2026-12-21', '2027-01-05', '2027-01-13', '2027-01-17'];
  const fares = days.map((bookingDate) => rupeesOf(fly(bookingDate), 'BASE'));
  // 1,900 + 2.3 × 1,150 = 4,545, times 1, 1.15, 1.4, 1.8 and 2.3.
  assert.deepEqual(fares, [4545, 5226.75, 6363, 8181, 10_453.5]);
  for (const [km, ceiling] of [
    [500, 7500],
    [501, 12_000],
    [1001, 15_000],
    [1501, 18_000],
    [2600, 18_000],
  ] as const) {
    const late = fly('2027-01-19', km);
    const base = late.breakdown.find((entry) => entry.code === 'BASE')!;
    assert.ok(base.highMinor <= ceiling * 100, `${km} km`);
    assert.equal(
      late.notes.some((note) => note.code === 'FARE_CAPPED'),
      base.highMinor === ceiling * 100,
    );
  }
  assert.equal(fly('2027-01-19', 2600).breakdown[0]!.highMinor, 1_800_000);
});

test('busy days: private coaches on Fridays, Sundays and at festivals, MSRTC and flights at festivals', () => {
  const peak = (line: string, travelDate: string) =>
    rupeesOf(fareFor({ mode: 'bus', line, km: 300, travelDate }), 'PEAK') > 0;
  const [friday, sunday, tuesday, diwali] = ['2026-12-18', '2026-12-20', '2026-12-15', '2027-10-28'];
  assert.deepEqual(
    [friday, sunday, tuesday, diwali].map((day) => peak('private operator ac sleeper', day)),
    [true, true, false, true],
  );
  assert.deepEqual(
    [friday, sunday, diwali].map((day) => peak('msrtc ordinary', day)),
    [false, false, true],
  );
  assert.equal(peak('upsrtc ordinary', diwali), false);
  const fly = (travelDate: string) => fareFor({ mode: 'flight', travelDate }).likelyMinor;
  assert.ok(fly('2027-10-28') > fly('2027-10-19'));
});

test('a fare of the timetable wins over every model', () => {
  const feedFare = { minor: 12_350, source: 'Kochi Metro feed', asOf: '2026-10-01' };
  const fares = faresOf(
    tables,
    exampleRide({ feedFare }),
    exampleQuestion({ party: { adults: 3, childAges: [] } }),
  )!;
  assert.equal(fares.offered.length, 1);
  const fare = chosenFare(fares);
  assert.deepEqual(
    [fare.lowMinor, fare.likelyMinor, fare.highMinor, fare.source, fare.asOf],
    [37_050, 37_050, 37_050, 'Kochi Metro feed', '2026-10-01'],
  );
  assert.equal(fareFor({ feedFare: null, number: '12951' }).classCode, '3A');
});

test('a fare is as certain as the least certain row, and as old as the oldest', () => {
  const certainty = (ride: Partial<FareRide>) => fareFor(ride).certainty;
  assert.equal(certainty({ mode: 'metro', cityId: 'delhi' }), 'A');
  assert.equal(certainty({ mode: 'metro', cityId: 'hyderabad' }), 'B');
  assert.equal(certainty({ mode: 'auto', cityId: 'mumbai', km: 5 }), 'C');
  assert.equal(certainty({ km: 800 }), 'D');
});

test('coaches and other buses are told apart', () => {
  const classIn = (line: string) => fareFor({ mode: 'bus', line, km: 300 }).class;
  assert.equal(classIn('non ac sleeper private operator'), 'Non-AC sleeper coach');
  assert.equal(classIn('ac sleeper private operator'), 'AC sleeper coach');
  assert.equal(classIn('ac seater rsrtc'), 'AC seater coach');
  assert.equal(classIn('non ac seater rsrtc'), 'Express bus');
  assert.equal(classIn('volvo rsrtc'), 'AC multi-axle coach');
  assert.equal(classIn('ordinary hrtc'), 'Ordinary bus');
  assert.equal(classIn('kerala rtc volvo'), 'AC multi-axle coach');
  assert.equal(classIn('msrtc ac seater'), 'Shivshahi AC');
});
