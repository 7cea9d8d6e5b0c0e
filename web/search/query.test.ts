import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { offeredModes, paramsOf, preferenceOrder, queryOf, readParams, requestOf } from './query.ts';
import type { TripQuery } from './query.ts';

const plain = { noNullPrototype: true } as const;
const degrees = (most: number) => fc.integer({ min: -most * 1000, max: most * 1000 }).map((n) => n / 1000);
const picked = fc.record(
  {
    id: fc.constantFrom('city:delhi', 'hub:NDLS', 'stop:feed:12,5'),
    lat: degrees(90),
    lng: degrees(180),
  },
  plain,
);
const typed = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const place = fc.record({ text: typed, picked: fc.option(picked, { nil: null }) }, plain);
const timed = fc
  .record({ time: fc.option(fc.constantFrom('00:00', '08:05', '23:59'), { nil: null }), by: fc.boolean() })
  .map(({ time, by }) => ({ time, arriveBy: time !== null && by }));
const anyQuery: fc.Arbitrary<TripQuery> = fc
  .tuple(
    fc.record({
      origin: place,
      destination: place,
      date: fc.option(fc.constantFrom('2026-12-04', '2028-02-29'), { nil: null }),
      passengers: fc.integer({ min: 1, max: 20 }),
      preference: fc.constantFrom(...preferenceOrder),
      modes: fc.subarray([...offeredModes]),
    }),
    timed,
  )
  .map(([fixed, time]) => ({ ...fixed, ...time }));

test('a query survives the URL, whatever is typed', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const url = new URLSearchParams(Object.entries(paramsOf(query))).toString();
      const back = queryOf(readParams(Object.fromEntries(new URLSearchParams(url))));
      assert.deepEqual(back, query);
    }),
  );
});

test('what a URL may not hold falls back, field by field', () => {
  const query = queryOf({
    origin: 'Noida',
    originAt: '91,0,city:noida',
    date: '2026-02-30',
    time: '24:00',
    passengers: '0',
    preference: 'quickest',
    modes: 'train,rocket',
  });
  assert.deepEqual(query.origin, { text: 'Noida', picked: null });
  assert.equal(query.date, null);
  assert.equal(query.time, null);
  assert.equal(query.passengers, 1);
  assert.equal(query.preference, 'BALANCED');
  assert.deepEqual(query.modes, ['train']);
});

test('the request names what was typed, or the picked place without its code', () => {
  const query = queryOf({
    origin: 'New Delhi (NDLS)',
    originAt: '28.643,77.219,hub:NDLS',
    destination: ' Bangalore ',
    date: '2026-12-04',
    passengers: '2',
  });
  assert.deepEqual(requestOf(query), {
    origin: { id: 'hub:NDLS', name: 'New Delhi', lat: 28.643, lng: 77.219 },
    destination: 'Bangalore',
    date: '2026-12-04',
    passengers: 2,
    preference: 'BALANCED',
  });
});

test('no request while an end is missing', () => {
  assert.equal(requestOf(queryOf({ origin: 'Noida', destination: '  ' })), null);
});

const at = (time: string) =>
  requestOf(queryOf({ origin: 'Noida', destination: 'Agra', time, arriveBy: 'true' }));

test('arriveBy is sent only with a time', () => {
  assert.equal(at('09:00')?.arriveBy, true);
  assert.equal('arriveBy' in (at('') ?? {}), false);
});
