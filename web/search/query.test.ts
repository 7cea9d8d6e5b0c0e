import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { offeredProfessions, offeredProfiles } from './party.ts';
import {
  acClasses,
  offeredModes,
  pairsOf,
  paramsOf,
  preferenceOrder,
  queryOf,
  readParams,
  requestOf,
} from './query.ts';
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
const stop = fc.record({ place, dwellMinutes: fc.integer({ min: 0, max: 20_160 }) }, plain);
const traveller = fc.record(
  {
    profession: fc.constantFrom(...offeredProfessions),
    age: fc.integer({ min: 0, max: 120 }),
    gender: fc.constantFrom('FEMALE' as const, 'MALE' as const),
    domicileState: fc.constantFrom('Karnataka', 'Tamil Nadu'),
    disability: fc.constantFrom('VISUAL' as const),
    profile: fc.constantFrom(...offeredProfiles),
  },
  { ...plain, requiredKeys: [] },
);
const party = fc
  .record({
    adults: fc.integer({ min: 0, max: 6 }),
    seniors: fc.integer({ min: 0, max: 6 }),
    children: fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 6 }),
    traveller,
  })
  .filter(({ adults, seniors, children }) => adults + seniors + children.length > 0);
const timed = fc
  .record({ time: fc.option(fc.constantFrom('00:00', '08:05', '23:59'), { nil: null }), by: fc.boolean() })
  .map(({ time, by }) => ({ time, arriveBy: time !== null && by }));
const anyQuery: fc.Arbitrary<TripQuery> = fc
  .tuple(
    fc.record({
      origin: place,
      destination: place,
      stops: fc.array(stop, { maxLength: 8 }),
      date: fc.option(fc.constantFrom('2026-12-04', '2028-02-29'), { nil: null }),
      preference: fc.constantFrom(...preferenceOrder),
      modes: fc.subarray([...offeredModes]),
      acOnly: fc.boolean(),
    }),
    party,
    timed,
  )
  .map(([fixed, who, time]) => ({ ...fixed, ...who, ...time }));

const linkOf = (query: TripQuery): string => new URLSearchParams(pairsOf(paramsOf(query))).toString();
const read = (link: string): TripQuery => queryOf(readParams(new URLSearchParams(link)));

test('a query survives the URL, whatever is typed', () => {
  fc.assert(fc.property(anyQuery, (query) => assert.deepEqual(read(linkOf(query)), query)));
});

test('a link is the same after it was read and written', () => {
  fc.assert(fc.property(anyQuery, (query) => assert.equal(linkOf(read(linkOf(query))), linkOf(query))));
});

test('what a URL may not hold falls back, field by field', () => {
  const query = read(
    'origin=Noida&originAt=91,0,city:noida&date=2026-02-30&time=24:00&passengers=0&preference=quickest&modes=train,rocket&stop=:60&stop=Agra:99999&child=18&age=200&gender=any',
  );
  assert.deepEqual(query.origin, { text: 'Noida', picked: null });
  assert.equal(query.date, null);
  assert.equal(query.time, null);
  assert.deepEqual([query.adults, query.seniors, query.children], [1, 0, []]);
  assert.equal(query.preference, 'BALANCED');
  assert.deepEqual(query.modes, ['train']);
  assert.deepEqual(query.stops, [{ place: { text: 'Agra', picked: null }, dwellMinutes: 20_160 }]);
  assert.deepEqual(query.traveller, {});
});

test('the request names what was typed, or the picked place without its code', () => {
  const query = read(
    'origin=New Delhi (NDLS)&originAt=28.643,77.219,hub:NDLS&destination= Bangalore &date=2026-12-04&passengers=3&child=7&stop=Agra:240&stopAt=&profession=student&ac=true',
  );
  assert.deepEqual(requestOf(query), {
    origin: { id: 'hub:NDLS', name: 'New Delhi', lat: 28.643, lng: 77.219 },
    destination: 'Bangalore',
    stops: [{ place: 'Agra', dwellMinutes: 240 }],
    date: '2026-12-04',
    passengers: 3,
    children: [7],
    traveller: { profession: 'STUDENT' },
    preference: 'BALANCED',
    class: [...acClasses],
  });
});

test('seniors and children count without being described', () => {
  const asked = (link: string) => requestOf(read(`origin=A&destination=B&${link}`));
  assert.deepEqual(asked('passengers=2&seniors=1')?.traveller, { age: 60, profile: 'senior' });
  assert.deepEqual(asked('passengers=2&child=3')?.traveller, { profile: 'with_child' });
  assert.deepEqual(asked('passengers=2&seniors=1&profession=STUDENT')?.traveller, { profession: 'STUDENT' });
  assert.equal('traveller' in (asked('passengers=2') ?? {}), false);
});

test('no request while an end is missing', () => {
  assert.equal(requestOf(read('origin=Noida&destination=++')), null);
});

test('arriveBy is sent only with a time', () => {
  assert.equal(requestOf(read('origin=A&destination=B&time=09:00&arriveBy=true'))?.arriveBy, true);
  assert.equal('arriveBy' in (requestOf(read('origin=A&destination=B&arriveBy=true')) ?? {}), false);
});
