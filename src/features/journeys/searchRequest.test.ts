/** What a search may ask, as JSON and as a link to share. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requestOfQuery, searchQuerySchema, searchRequestSchema } from './contract.ts';

const ends = { origin: 'Noida', destination: 'Bangalore' };
const fault = (request: object): string => {
  const { error } = searchRequestSchema.safeParse({ ...ends, ...request });
  const [issue] = error?.issues ?? [];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'none';
};

describe('a request', () => {
  test('children are some of the passengers', () => {
    assert.equal(fault({ passengers: 2, children: [4, 11] }), 'none');
    assert.equal(
      fault({ passengers: 2, children: [4, 11, 0] }),
      'children: 3 children, but only 2 passengers: passengers counts everyone',
    );
    assert.match(fault({ children: [18] }), /^children\.0: /);
    assert.match(fault({ children: [4.5] }), /^children\.0: /);
  });
  test('quota and class are read in either case, and refused when they are none', () => {
    const { quota, class: wished } = searchRequestSchema.parse({
      ...ends,
      quota: 'tatkal',
      class: ['sl', ' 3a '],
    });
    assert.deepEqual([quota, wished], ['TATKAL', ['SL', '3A']]);
    assert.match(fault({ quota: 'VIP' }), /^quota: .*GENERAL.*TATKAL/);
    assert.equal(
      fault({ class: ['first class'] }),
      'class.0: must be a class such as SL, 3A, AC_SLEEPER or XL',
    );
    assert.match(fault({ class: [] }), /^class: /);
    assert.match(fault({ traveller: { profile: 'king' } }), /^traveller\.profile: /);
  });
});

test('the link to share says all that a request can say', () => {
  const query = searchQuerySchema.parse({
    ...ends,
    date: '2026-12-15',
    passengers: '3',
    child: ['7', '3'],
    quota: 'ladies',
    class: '3A, AC_SLEEPER',
    stop: 'Jaipur:240',
    profession: 'student',
    profile: 'Solo_Woman',
    age: '21',
    gender: 'female',
    state: 'Karnataka',
  });
  assert.deepEqual(searchRequestSchema.parse(requestOfQuery(query)), {
    ...ends,
    date: '2026-12-15',
    passengers: 3,
    children: [7, 3],
    quota: 'LADIES',
    class: ['3A', 'AC_SLEEPER'],
    arriveBy: false,
    preference: 'BALANCED',
    stops: [{ place: 'Jaipur', dwellMinutes: 240 }],
    traveller: {
      profession: 'STUDENT',
      profile: 'solo_woman',
      age: 21,
      gender: 'FEMALE',
      domicileState: 'Karnataka',
    },
  });
  const plain = requestOfQuery(searchQuerySchema.parse(ends));
  assert.deepEqual(plain, ends);
  const one = requestOfQuery(searchQuerySchema.parse({ ...ends, child: 'seven' }));
  assert.match(fault(one), /^children\.0: /);
});
