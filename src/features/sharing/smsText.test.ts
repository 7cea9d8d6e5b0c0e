import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { KeptRoute, Trip } from '../trips/contract.ts';
import { MAX_SEGMENTS, smsLength, tripText } from './smsText.ts';

describe('smsLength', () => {
  test('GSM-7: 160 alone, 153 in each of several', () => {
    for (const [length, segments] of [
      [0, 0],
      [1, 1],
      [160, 1],
      [161, 2],
      [306, 2],
      [307, 3],
      [459, 3],
      [460, 4],
    ] as const)
      assert.deepEqual(smsLength('a'.repeat(length)), { encoding: 'gsm7', segments });
  });

  test('what takes an escape takes two, and is not split from it', () => {
    assert.equal(smsLength('€'.repeat(80)).segments, 1);
    assert.equal(smsLength('€'.repeat(81)).segments, 2);
    // 153 is odd: 76 of them in a part, not 76 and a half.
    assert.equal(smsLength('€'.repeat(152)).segments, 2);
    assert.equal(smsLength('€'.repeat(153)).segments, 3);
    assert.equal(smsLength(`${'a'.repeat(152)}€${'a'.repeat(151)}`).segments, 2);
    assert.equal(smsLength(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments, 3);
  });

  test('one character outside makes all of it UCS-2: 70 alone, 67 in each of several, pairs kept together', () => {
    for (const [text, segments] of [
      ['नमस्ते', 1],
      [`${'a'.repeat(69)}₹`, 1],
      [`${'a'.repeat(70)}₹`, 2],
      ['द'.repeat(134), 2],
      ['द'.repeat(135), 3],
      ['द'.repeat(201), 3],
      ['द'.repeat(202), 4],
      // 67 is odd: 33 pairs in a part.
      ['🚆'.repeat(35), 1],
      ['🚆'.repeat(66), 2],
      ['🚆'.repeat(67), 3],
    ] as const)
      assert.deepEqual(smsLength(text), { encoding: 'ucs2', segments }, text);
  });

  test('line breaks and the letters of the alphabet are in it, the backtick is not', () => {
    assert.equal(smsLength('Ñandú café à Århus\n@£¥ΔΩ').encoding, 'ucs2'); // ú
    assert.equal(smsLength('Ñandù cafè à Århus\n@£¥ΔΩ').encoding, 'gsm7');
    assert.equal(smsLength('`').encoding, 'ucs2');
    assert.equal(smsLength('₹').encoding, 'ucs2');
  });
});

const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
const tripOf = (
  legs: KeptRoute['legs'],
  bookings: (string | null)[] = [],
  more: Partial<Trip> = {},
): Trip => ({
  id: 'ctrip',
  origin: place,
  destination: { ...place, name: 'Bengaluru' },
  stops: null,
  date: '2026-12-15',
  time: null,
  timezone: 'Asia/Kolkata',
  passengers: 1,
  preference: 'BALANCED',
  status: 'PLANNED',
  legCount: 0,
  startsAt: '',
  endsAt: '',
  bookingLegs: bookings.flatMap((bookingRef, legIndex) =>
    bookingRef === null
      ? []
      : [
          {
            id: `b${legIndex}`,
            legIndex,
            mode: 'train',
            isBooked: true,
            platform: null,
            bookingRef,
            bookedAt: null,
            cost: null,
            fareClass: null,
            currency: 'INR',
            departsAt: null,
            remindAt: null,
            reminderSent: false,
          },
        ],
  ),
  createdAt: '',
  updatedAt: '',
  totals: {
    currency: 'INR',
    estimate: null,
    paidMinor: 0,
    paidEstimate: null,
    open: null,
    expected: null,
    otherPaid: [],
    unpricedLegs: [],
  },
  selectedRoute: legs.length > 0 ? { legs } : null,
  archivedAt: null,
  ...more,
});

const leg = (
  mode: string,
  line: string | null,
  from: [string, string?],
  to: [string, string?],
  at: string,
  until: string,
) => ({
  mode,
  line: line === null ? null : { name: line },
  from: { name: from[0], code: from[1] ?? null, zone: 'Asia/Kolkata' },
  to: { name: to[0], code: to[1] ?? null, zone: 'Asia/Kolkata' },
  departure: `2026-12-${at}+05:30`,
  arrival: `2026-12-${until}+05:30`,
});
const usual = [
  leg('taxi', null, ['Noida'], ['Hazrat Nizamuddin', 'NZM'], '15T07:50', '15T08:50'),
  leg(
    'train',
    '22692 Rajdhani',
    ['Hazrat Nizamuddin', 'NZM'],
    ['KSR Bengaluru', 'SBC'],
    '15T09:30',
    '16T12:40',
  ),
  leg('auto', null, ['KSR Bengaluru', 'SBC'], ['Bengaluru'], '16T12:50', '16T13:20'),
];

describe('tripText', () => {
  test('a usual trip in full: a line a leg, each day said where it begins', () => {
    assert.equal(
      tripText(tripOf(usual, [null, '4512345678'])),
      [
        'Noida-Bengaluru 15/12',
        '07:50 Taxi Noida-Hazrat Nizamuddin 08:50',
        '09:30 22692 Rajdhani Hazrat Nizamuddin-KSR Bengaluru 16/12 12:40 4512345678',
        '12:50 Auto KSR Bengaluru-Bengaluru 13:20',
      ].join('\n'),
    );
  });

  test('many legs: shorter names and no ways by road before anything else goes; references stay long', () => {
    const legs = Array.from({ length: 4 }, () => usual).flat();
    const text = tripText(
      tripOf(
        legs,
        legs.map((_, index) => (index % 3 === 1 ? `45123456${index}` : null)),
      ),
    );
    assert.ok(smsLength(text).segments <= MAX_SEGMENTS);
    assert.equal(text.match(/22692/g)?.length, 4);
    assert.equal(text.match(/45123456/g)?.length, 4);
    assert.doesNotMatch(text, /Taxi|Auto/);
  });

  test('64 legs: the first, the last, and how many are left out', () => {
    const legs = Array.from({ length: 64 }, (_, n) =>
      leg('train', `${10_000 + n}`, [`From ${n}`], [`To ${n}`], '15T09:30', '15T10:40'),
    );
    const text = tripText(tripOf(legs));
    assert.ok(smsLength(text).segments <= MAX_SEGMENTS);
    assert.match(text, /09:30 10000 /);
    assert.match(text, / 10063 /);
    const shown = text.split('\n').length - 2;
    assert.match(text, new RegExp(`\\(${64 - shown} more\\)`));
  });

  test('a letter with a mark does not make the whole text dear; another script does, and still fits', () => {
    const named = (name: string) => tripOf([leg('train', '12628', [name], [name], '15T09:30', '15T10:40')]);
    assert.equal(smsLength(tripText(named('Ahmedābād Kālupur'))).encoding, 'gsm7');
    const hindi = tripText(named('अहमदाबाद'));
    assert.equal(smsLength(hindi).encoding, 'ucs2');
    assert.match(hindi, /अहमदाबाद/);
  });

  test('a trip without a route, and one that is cancelled', () => {
    assert.equal(tripText(tripOf([])), 'Noida-Bengaluru 15/12');
    assert.equal(tripText(tripOf([], [], { status: 'CANCELLED' })), 'CANCELLED Noida-Bengaluru 15/12');
  });

  test('any names, any number of legs, any references: never more than three messages, never a broken line', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    const legs = fc.array(
      fc.record({
        line: fc.option(name),
        from: name,
        to: name,
        mode: fc.constantFrom('train', 'taxi', 'walk'),
      }),
      { maxLength: 64 },
    );
    fc.assert(
      fc.property(legs, fc.string({ unit: 'grapheme', maxLength: 100 }), name, (parts, reference, origin) => {
        const whole = parts.map(({ line, from, to, mode }) =>
          leg(mode, line, [from], [to], '15T09:30', '16T10:40'),
        );
        const text = tripText(
          tripOf(
            whole,
            whole.map(() => reference),
            { origin: { ...place, name: origin } },
          ),
        );
        const { segments } = smsLength(text);
        assert.ok(segments >= 1 && segments <= MAX_SEGMENTS, `${segments} messages`);
        assert.ok(text.split('\n').length <= parts.length + 2);
      }),
      { numRuns: 300 },
    );
  });
});
