import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionSentence } from './sentence.ts';
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
