import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clockOf,
  dayName,
  durationText,
  isNight,
  modeSentence,
  priceRange,
  shortDate,
  spokenDuration,
  today,
} from './say.ts';

test('prices are ranges in whole rupees, widened outwards, with Indian grouping', () => {
  assert.equal(priceRange({ lowMinor: 12_345_600, highMinor: 12_399_950 }), '₹1,23,456–1,24,000');
  assert.equal(priceRange({ lowMinor: 10_000, highMinor: 10_000 }), '₹100');
  assert.equal(priceRange({ lowMinor: 10_000, highMinor: 20_000 }, 3), '₹33–67');
});

test('times and dates are those of the place', () => {
  assert.equal(clockOf('2026-12-04T21:05+05:30'), '21:05');
  assert.equal(dayName('2026-12-05T13:20+05:30'), 'Sat 5 Dec');
  assert.equal(shortDate('2026-11-15'), '15 Nov 2026');
  assert.equal(shortDate('2026-11-15', '2026-12-04'), '15 Nov');
  assert.equal(isNight('2026-12-04T23:00+05:30'), true);
  assert.equal(isNight('2026-12-05T05:00+05:30'), false);
  // 20:00 UTC is past midnight in India.
  assert.equal(today(Date.parse('2026-12-04T20:00:00Z')) - today(Date.parse('2026-12-04T12:00:00Z')), 1);
});

test('durations are written short and spoken in full', () => {
  assert.equal(durationText(975), '16\u00A0h\u00A015\u00A0m');
  assert.equal(durationText(20), '20\u00A0min');
  assert.equal(spokenDuration(61), '1 hour 1 minute');
  assert.equal(spokenDuration(120), '2 hours');
  assert.equal(spokenDuration(0), '0 minutes');
});

test('modes are named once, walks only when there is nothing else', () => {
  assert.equal(modeSentence(['walk', 'auto', 'train', 'train', 'taxi', 'walk']), 'auto, train and taxi');
  assert.equal(modeSentence(['walk']), 'walk');
});
