import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { asEpochDay, asEpochMinute } from '../../units/time.ts';
import type { Location } from '../places/contract.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { professions } from '../concessions/contract.ts';
import { searchModes, type SearchRequestInput, searchRequestSchema } from './contract.ts';
import { routeCacheKey, type RouteQuestion } from './routeCacheKey.ts';

/** Enough to show what a poor key does. */
const FEW = 5000;

/** A question as it arrives: what the traveller wrote, and what the process knows. */
interface Asked {
  readonly network: string;
  readonly tables: string;
  readonly places: readonly ResolvedPlace[];
  readonly at: number;
  readonly span: number;
  readonly timed: boolean;
  readonly date: number;
  readonly today: number;
  readonly request: Omit<SearchRequestInput, 'origin' | 'destination' | 'date' | 'time'>;
}

/** Names that a careless join would mix up. */
const names = ['Noida', 'Noida,', ',Noida', 'Delhi', 'नोएडा', 'a","b', 'a', 'b', '1', ''];
const location = fc.record<Location>(
  {
    id: fc.constantFrom('1', '2', 'city:noida', 'city:delhi', 'a', 'a,b'),
    name: fc.constantFrom(...names),
    city: fc.constantFrom(...names),
    state: fc.constantFrom('', 'Delhi', 'b'),
    lat: fc.constantFrom(28.5355, 28.53550000000001, 2, 28, -28.5355),
    lng: fc.constantFrom(77.391, 7, 77, 0),
    displayName: fc.constantFrom('Noida, Uttar Pradesh', 'Delhi', ''),
  },
  // Prototypes are no part of a question, and `isDeepStrictEqual` compares them.
  { requiredKeys: ['id', 'name', 'lat', 'lng'], noNullPrototype: true },
);
const place = fc.record<ResolvedPlace>(
  {
    location,
    kind: fc.constantFrom('city', 'station', 'address'),
    cityId: fc.constantFrom(null, 'noida', 'delhi'),
    stops: fc.constant([]),
    note: fc.constantFrom(
      null,
      { code: 'PLACE_READ_AS' as const, text: '"Bombay" was read as Mumbai.' },
      { code: 'PLACE_AMBIGUOUS' as const, text: '"Bombay" was read as Mumbai.' },
      { code: 'PLACE_READ_AS' as const, text: '' },
    ),
  },
  { noNullPrototype: true },
);
const modes = fc.option(fc.array(fc.constantFrom(...searchModes), { minLength: 1, maxLength: 4 }), {
  nil: undefined,
});

const asked: fc.Arbitrary<Asked> = fc
  .record({
    network: fc.constantFrom('n1', 'n2'),
    tables: fc.constantFrom('t1', 't2'),
    places: fc.array(place, { minLength: 2, maxLength: 4 }),
    dwells: fc.array(fc.constantFrom(0, 1, 60, 600), { minLength: 2, maxLength: 2 }),
    at: fc.constantFrom(29_000_000, 29_000_001, 2_900_000),
    span: fc.constantFrom(360, 1440),
    timed: fc.boolean(),
    date: fc.constantFrom(20_600, 20_601),
    today: fc.constantFrom(20_600, 20_590),
    arriveBy: fc.option(fc.boolean(), { nil: undefined }),
    passengers: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    preference: fc.constantFrom(undefined, 'fastest', 'FASTEST', 'Cheapest', 'BALANCED'),
    modes,
    children: fc.option(fc.array(fc.constantFrom(0, 4, 11), { maxLength: 2 }), { nil: undefined }),
    quota: fc.constantFrom(undefined, 'GENERAL', 'general' as never, 'TATKAL', 'tatkal' as never),
    wished: fc.option(fc.array(fc.constantFrom('SL', '3A', ' sl'), { minLength: 1, maxLength: 3 }), {
      nil: undefined,
    }),
    profession: fc.option(fc.constantFrom(...professions, 'student' as never), { nil: undefined }),
    traveller: fc.boolean(),
  })
  .map(({ dwells, arriveBy, passengers, preference, modes, profession, traveller, ...rest }) => {
    const { children, quota, wished, ...known } = rest;
    return {
      known,
      dwells,
      arriveBy,
      passengers,
      preference,
      modes,
      profession,
      traveller,
      children,
      quota,
      wished,
    };
  })
  .map(({ known, dwells, arriveBy, passengers, preference, modes, profession, traveller, ...wishes }) => ({
    ...known,
    request: {
      ...(known.places.length === 2
        ? {}
        : {
            stops: known.places
              .slice(1, -1)
              .map((_, index) => ({ place: 'x', dwellMinutes: dwells[index] ?? 0 })),
          }),
      ...(arriveBy === undefined ? {} : { arriveBy }),
      ...(passengers === undefined ? {} : { passengers }),
      ...(wishes.children && wishes.children.length <= (passengers ?? 1)
        ? { children: wishes.children }
        : {}),
      ...(wishes.quota === undefined ? {} : { quota: wishes.quota }),
      ...(wishes.wished === undefined ? {} : { class: wishes.wished }),
      ...(preference === undefined ? {} : { preference }),
      ...(modes === undefined ? {} : { modes }),
      ...(traveller ? { traveller: profession === undefined ? {} : { profession } } : {}),
    },
  }));

function questionOf(from: Asked): RouteQuestion {
  const request = searchRequestSchema.parse({ origin: 'x', destination: 'y', ...from.request });
  const { network, tables, places, span, timed } = from;
  return {
    network,
    tables,
    places,
    window: { at: asEpochMinute(from.at), span, timed, arriveBy: request.arriveBy },
    date: asEpochDay(from.date),
    today: asEpochDay(from.today),
    request,
  };
}

/** The contract takes any case, so its input is `unknown`. */
const wordOf = (word: unknown): string => (typeof word === 'string' ? word : '');

/** What the traveller means, written apart from the key: the judge of what is the same. */
function meaningOf(from: Asked): unknown {
  const { request, ...known } = from;
  const { stops = [], arriveBy = false, passengers = 1, preference = 'BALANCED', modes, traveller } = request;
  const { children = [], quota = 'GENERAL', class: wished = [] } = request;
  return {
    ...known,
    dwells: stops.map((stop) => stop.dwellMinutes ?? 0),
    arriveBy,
    passengers,
    children: children.toSorted((a, b) => a - b),
    quota: wordOf(quota).toUpperCase(),
    wished: wished
      .map((code) => code.trim().toUpperCase())
      .filter((code, at, all) => all.indexOf(code) === at),
    preference: wordOf(preference).toUpperCase(),
    modes: modes ? new Set(modes) : 'all',
    profession: wordOf(traveller?.profession ?? 'none').toUpperCase(),
  };
}

/** The same question in other words: other order, other case, defaults said or left out. */
const rephrased = (from: Asked): Asked => ({
  ...from,
  places: from.places.map((one) => structuredClone(one)),
  request: {
    passengers: 1,
    arriveBy: false,
    traveller: {},
    ...from.request,
    ...(from.request.children ? { children: from.request.children.toReversed() } : {}),
    ...(from.request.class ? { class: [...from.request.class, ...from.request.class] } : {}),
    preference: wordOf(from.request.preference ?? 'balanced').toLowerCase(),
    ...(from.request.modes ? { modes: [...from.request.modes, ...from.request.modes].toReversed() } : {}),
  },
});

const pair = fc.oneof(
  fc.tuple(asked, asked),
  asked.map((one): [Asked, Asked] => [one, rephrased(one)]),
  // One thing differs: the hardest pairs to tell apart.
  fc
    .tuple(
      asked,
      asked,
      fc.constantFrom('network', 'tables', 'places', 'at', 'span', 'timed', 'date', 'today'),
    )
    .map(([one, other, field]): [Asked, Asked] =>
      field === 'places' && one.places.length !== other.places.length
        ? [one, one]
        : [one, { ...one, [field]: other[field] }],
    ),
  fc
    .tuple(
      asked,
      asked,
      fc.constantFrom('children', 'quota', 'class', 'preference', 'modes', 'traveller', 'arriveBy'),
    )
    .map(([one, other, field]): [Asked, Asked] => {
      const { [field]: _, ...rest } = one.request;
      const value =
        field === 'children'
          ? other.request.children?.slice(0, one.request.passengers ?? 1)
          : other.request[field];
      return [one, { ...one, request: value === undefined ? rest : { ...rest, [field]: value } }];
    }),
);

interface Verdict {
  /** Different questions under one key: a wrong answer. */
  shared: number;
  /** One question under two keys: a lost hit. */
  parted: number;
  equal: number;
  different: number;
}

function judge(keyOf: (from: Asked) => string, pairs: number): Verdict {
  const verdict: Verdict = { shared: 0, parted: 0, equal: 0, different: 0 };
  for (const [one, other] of fc.sample(pair, { numRuns: pairs, seed: 20_261_122 })) {
    const same = isDeepStrictEqual(meaningOf(one), meaningOf(other));
    verdict[same ? 'equal' : 'different']++;
    const oneKey = keyOf(one) === keyOf(other);
    if (oneKey && !same) verdict.shared++;
    if (!oneKey && same) verdict.parted++;
  }
  return verdict;
}

test('50,000 pairs: no two different questions share a key, equal ones always do', () => {
  const verdict = judge((from) => routeCacheKey(questionOf(from)), 50_000);
  assert.deepEqual([verdict.shared, verdict.parted], [0, 0]);
  assert.ok(verdict.equal > 10_000 && verdict.different > 20_000, JSON.stringify(verdict));
});

test("§1 the document's key of origin, destination, date and preference gives wrong answers", () => {
  const documentKey = ({ places, date, request }: Asked): string =>
    [places[0]?.location.name, places.at(-1)?.location.name, date, request.preference].join('+');
  const verdict = judge(documentKey, FEW);
  assert.ok(verdict.shared > 100, JSON.stringify(verdict));
});

test('the judge sees a key that forgets one thing, and one that minds the wording', () => {
  const forgets = judge((from) => routeCacheKey({ ...questionOf(from), today: asEpochDay(0) }), FEW);
  assert.ok(forgets.shared > 0);
  const minds = judge((from) => JSON.stringify(from), FEW);
  assert.ok(minds.parted > 0);
});

test('a key fits its column', () => {
  const [one] = fc.sample(asked, { numRuns: 1, seed: 1 });
  assert.match(routeCacheKey(questionOf(one!)), /^r\d+-[A-Za-z0-9_-]{43}$/);
});

test('every fact of a traveller makes another key; the usual profile and the order of groups make none', () => {
  const [one] = fc.sample(asked, { numRuns: 1, seed: 1 });
  const keyOf = (traveller: SearchRequestInput['traveller']): string =>
    routeCacheKey(questionOf({ ...one!, request: { ...one!.request, ...(traveller ? { traveller } : {}) } }));
  const travellers: SearchRequestInput['traveller'][] = [
    {},
    { profile: 'senior' },
    { profile: 'solo_woman' },
    { profession: 'STUDENT' },
    { age: 66 },
    { age: 6 },
    { gender: 'FEMALE' },
    { domicileState: 'Karnataka' },
    { gender: 'FEMALE', domicileState: 'Karnataka' },
    { disability: 'VISUAL' },
    { patient: 'CANCER' },
    { groups: ['PRESS', 'YOUTH'] },
    { groups: ['PRESS'] },
    { purpose: 'HOME' },
    { escorted: true },
    { governmentPaid: true },
  ];
  assert.equal(new Set(travellers.map(keyOf)).size, travellers.length);
  assert.equal(keyOf({ profile: 'default' }), keyOf({}));
  assert.equal(keyOf({ groups: ['YOUTH', 'PRESS', 'YOUTH'] }), keyOf({ groups: ['PRESS', 'YOUTH'] }));
  assert.equal(keyOf({ age: 66, gender: 'MALE' }), keyOf({ gender: 'MALE', age: 66 }));
});
