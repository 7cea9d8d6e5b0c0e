import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { dataFolder } from '../rule-tables/index.ts';
import {
  disabilities,
  genders,
  partyConcessionsSchema,
  patientCategories,
  professions,
  purposes,
  type RefusalCode,
  type Traveller,
  travellerGroups,
} from './contract.ts';
import {
  cancer,
  flight,
  home,
  inClass,
  judged,
  type Leg,
  legRide,
  msrtc,
  rajdhani,
  rules,
  senior,
  shakti,
  sleeper,
  student,
  told,
  wheelchair,
} from './exampleConcession.ts';
import { partyConcessions } from './partyConcessions.ts';
import { readConcessions } from './rules.ts';

test('a senior citizen saves nothing by rail and is told since when', () => {
  const found = judged(senior, sleeper);
  const outcome = found.outcomes.find((each) => each.ruleId === 'rail-senior')!;
  assert.equal(outcome.status, 'REFUSED');
  assert.deepEqual(outcome.reason, {
    code: 'WITHDRAWN' satisfies RefusalCode,
    text: 'Withdrawn 20 Mar 2020',
  });
  assert.equal(outcome.withdrawnSince, '2020-03-20');
  assert.deepEqual([found.best, found.saving.likelyMinor, found.saving.highMinor], [null, 0, 0]);
  const on = (travelDate: string) => told(judged(senior, { ...sleeper, travelDate }), 'rail-senior');
  assert.deepEqual(['2020-03-19', '2020-03-20'].map(on), ['POSSIBLE 0', 'WITHDRAWN']);
});

test('the base fare alone is reduced: fees stay, tax follows', () => {
  const found = judged(wheelchair, inClass('3A'));
  // (1,073.42 + 40 + 45) × 1.05 = 1,216.34; (1,073.42 / 4 + 40 + 45) × 1.05 = 371.02; both up to ₹5.
  assert.equal(found.full, 1220);
  assert.equal(found.effective.likelyMinor / 100, 375);
});

test('an escort has the same concession, when the party has room and says so', () => {
  const pair = { ...sleeper, party: { adults: 2, childAges: [] } };
  const saved = (traveller: Traveller, leg: Leg) => judged(traveller, leg).saving.likelyMinor / 100;
  assert.equal(saved(wheelchair, pair), 315, 'one concession a person');
  assert.equal(saved({ ...wheelchair, escorted: true }, pair), 630);
  assert.equal(saved({ ...wheelchair, escorted: true }, sleeper), 315, 'nobody else travels');
  const patient = judged({ ...cancer, escorted: true }, pair);
  assert.equal(patient.saving.likelyMinor / 100, 425, 'of unknown size: not counted');
  assert.equal(patient.outcomes.find((each) => each.ruleId === 'rail-cancer')?.escort, 'UNSTATED');
});

test('a percentage with a range: the low price takes the most, the likely and the high price the least', () => {
  const found = judged(senior, flight('air india'));
  assert.deepEqual([found.saving.likelyMinor, found.saving.highMinor], [0, 0]);
  assert.ok(found.saving.lowMinor > 80_000, `${found.saving.lowMinor}`);
  const indigo = judged(senior, flight('indigo'));
  const outcome = indigo.outcomes.find((each) => each.ruleId === 'indigo-senior')!;
  assert.deepEqual(outcome.percent, { low: 6, high: 10 });
});

test('what is only possible is not taken off', () => {
  const found = judged(student, sleeper);
  assert.equal(found.best, null);
  assert.equal(found.effective.likelyMinor / 100, found.full);
  assert.equal(found.outcomes.find((each) => each.ruleId === 'rail-student')?.saving.likelyMinor, 21_000);
});

test('every profession alone is enough for an answer on every mode', () => {
  const legs = [
    sleeper,
    shakti('ordinary'),
    flight('air india'),
    { mode: 'metro', cityId: 'delhi', km: 9 } as const,
  ];
  for (const profession of professions)
    for (const leg of legs) {
      const found = judged({ profession }, leg);
      assert.ok(found.outcomes.every((each) => each.source !== '' && each.title !== ''));
    }
  assert.deepEqual(judged({ profession: 'OTHER' }, sleeper).outcomes, []);
});

test('a fare of the timetable is reduced as a whole', () => {
  const feedFare = { minor: 10_000, source: 'Feed of the operator', asOf: '2026-11-01' };
  const found = judged(
    { gender: 'FEMALE' },
    msrtc('ordinary', { feedFare, party: { adults: 2, childAges: [] } }),
  );
  assert.deepEqual([found.full, found.saving.likelyMinor, found.effective.likelyMinor], [200, 5000, 15_000]);
});

test('each traveller of a party saves for one person, everyone else pays in full', () => {
  const four = { adults: 4, childAges: [] };
  const ride = legRide({ ...sleeper, party: four });
  const found = partyConcessions(rules, ride, [home, wheelchair, { profession: 'OTHER' }]);
  partyConcessionsSchema.parse(found);
  assert.deepEqual(
    found.travellers.map((one) => [one.best, one.saving.likelyMinor / 100]),
    [
      ['rail-student', 210],
      ['rail-divyangjan', 315],
      [null, 0],
    ],
  );
  assert.equal(found.effective.likelyMinor / 100, 4 * 475 - 525);
  const crowd = Array.from({ length: 5 }, () => home);
  assert.throws(() => partyConcessions(rules, ride, crowd), { code: 'INVALID_REQUEST' });
  const two = legRide({ ...sleeper, party: { adults: 2, childAges: [] } });
  assert.throws(
    () => partyConcessions(rules, two, [home, { ...wheelchair, escorted: true }]),
    /3 travellers/,
  );
});

test('a saving never exceeds the price, and low effective prices never exceed high ones', () => {
  const travellers = fc.record(
    {
      profession: fc.constantFrom(...professions),
      age: fc.integer({ min: 0, max: 100 }),
      gender: fc.constantFrom(...genders),
      domicileState: fc.constantFrom('Karnataka', 'Delhi', 'Maharashtra', 'Telangana'),
      disability: fc.constantFrom(...disabilities),
      patient: fc.constantFrom(...patientCategories),
      groups: fc.subarray([...travellerGroups]),
      purpose: fc.constantFrom(...purposes),
      escorted: fc.boolean(),
      governmentPaid: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const party = { adults: 2, childAges: [] };
  const legs: readonly Leg[] = [
    { ...sleeper, party },
    { ...inClass('2A'), party },
    { ...rajdhani('3A'), party },
    { ...flight('air india'), party },
    { ...flight('indigo'), party, travelDate: '2027-10-28' },
    msrtc('shivneri', { party, travelDate: '2027-10-28' }),
    shakti('ordinary', { party }),
  ];
  let saved = 0;
  fc.assert(
    fc.property(travellers, fc.constantFrom(...legs), (traveller, leg) => {
      // `judged` checks the sums and the bounds.
      if (judged(traveller, leg).saving.likelyMinor > 0) saved++;
    }),
    { numRuns: 3000 },
  );
  assert.ok(saved > 300, `only ${saved} savings seen`);
});

test('a rule is switched on by its date alone', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'concessions-'));
  try {
    mkdirSync(path.join(folder, 'rules'));
    const [head = '', ...rows] = readFileSync(path.join(dataFolder, 'rules/concessions.csv'), 'utf8')
      .trim()
      .split('\n');
    const columns = head.split(',');
    const cells: Record<string, string> = {
      id: 'rail-senior-2027',
      title: 'Senior citizens by rail',
      kind: 'DISCOUNT',
      mode: 'train',
      not_tatkal: 'yes',
      min_age: '60',
      min_age_female: '58',
      benefit: 'SL:40;3A:40',
      source: 'An order of the future',
      valid_from: '2027-04-01',
      verified_on: '2027-03-20',
      certainty: 'A',
    };
    const row = columns.map((column) => cells[column] ?? '').join(',');
    writeFileSync(path.join(folder, 'rules/concessions.csv'), [head, ...rows, row].join('\n'));
    const changed = readConcessions(folder);
    const on = (travelDate: string) => judged(senior, { ...sleeper, travelDate }, changed);
    const before = on('2027-03-31');
    assert.equal(told(before, 'rail-senior-2027'), 'NOT_YET');
    assert.equal(before.saving.likelyMinor, 0);
    const after = on('2027-04-01');
    assert.equal(told(after, 'rail-senior-2027'), 'APPLIES 170');
    assert.equal(told(after, 'rail-senior'), 'WITHDRAWN', 'the old one stays in sight');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
