import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clockOf,
  dayName,
  durationText,
  isNight,
  modeSentence,
  optionSentence,
  priceRange,
  shortDate,
  spokenDuration,
  today,
} from './say.ts';
import type { Leg, Route } from './shapes.ts';

const place = {
  name: 'New Delhi',
  code: 'NDLS',
  city: 'Delhi',
  stopId: 's',
  lat: 28,
  lng: 77,
  zone: 'Asia/Kolkata',
};
const leg = (mode: Leg['mode']): Leg => ({
  index: 0,
  mode,
  from: place,
  to: place,
  departure: '2026-12-04T21:05+05:30',
  arrival: '2026-12-05T13:20+05:30',
  durationMinutes: 975,
  distanceKm: 1,
  line: null,
  run: null,
  intermediateStops: 0,
  everyMinutes: null,
  bufferMinutes: 0,
  price: null,
  fares: [],
  concession: null,
  bookable: false,
});
const route: Route = {
  id: 'r',
  legs: [leg('walk'), leg('train'), leg('train'), leg('metro')],
  departure: '2026-12-04T21:05+05:30',
  arrival: '2026-12-05T13:20+05:30',
  durationMinutes: 975,
  dayShift: 1,
  changes: 2,
  modes: ['walk', 'train', 'metro'],
  mainMode: 'train',
  price: {
    lowMinor: 345_000,
    likelyMinor: 370_000,
    highMinor: 390_000,
    currency: 'INR',
    indicative: true,
    class: null,
    classCode: null,
    basis: '',
    source: '',
    asOf: '2026-11-01',
    certainty: 'D',
  },
  saving: null,
  effectivePrice: null,
  labels: ['BALANCED'],
  reasons: [],
  why: [],
  tightestChange: { atLeg: 2, minutes: 40, place: 'New Delhi' },
  spareMinutes: 20,
  risk: null,
  comfort: null,
};

test('an option is one full sentence for the ear', () => {
  assert.equal(
    optionSentence(route, 2, 2),
    'Option 2, balanced: train and metro, leaves Fri 21:05, arrives Sat 13:20, 16 hours 15 minutes, ' +
      '2 changes, about ₹3,450–3,900 for 2, tightest change 40 minutes at New Delhi.',
  );
  assert.match(
    optionSentence({ ...route, labels: ['FASTEST', 'SAFEST'] }, 1, 1),
    /^Option 1, fastest and safest: /,
  );
  assert.match(optionSentence({ ...route, price: null, labels: [] }, 1, 1), /^Option 1: .* price not known,/);
});

test('prices are ranges in whole rupees, widened outwards, with Indian grouping', () => {
  assert.equal(priceRange({ lowMinor: 12_345_600, highMinor: 12_399_950 }), '₹1,23,456–1,24,000');
  assert.equal(priceRange({ lowMinor: 10_000, highMinor: 10_000 }), '₹100');
  assert.equal(priceRange({ lowMinor: 10_000, highMinor: 20_000 }, 3), '₹33–67');
});

test('times and dates are those of the place', () => {
  assert.equal(clockOf(route.departure), '21:05');
  assert.equal(dayName(route.arrival), 'Sat 5 Dec');
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
