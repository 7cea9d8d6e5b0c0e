/**
 * Published rail fares against the tables. `independent` points were read off a notice, a newspaper or a ticket;
 * the others follow from those (the model's own corners, other distances of the same slab).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FareItemCode } from './contract.ts';
import { fareFor, rupeesOf } from './exampleRide.ts';
import type { FareQuestion, FareRide } from './ride.ts';

interface Point {
  readonly what: string;
  readonly published: number;
  readonly got: number;
  /** Allowed miss in percent; 0: exact. */
  readonly band: number;
  readonly independent: boolean;
}

const BAND = 10;
const points: Point[] = [];
const point = (what: string, published: number, got: number, band: number, independent = true): void => {
  points.push({ what, published, got, band, independent });
};

type Facts = Partial<FareRide> & Pick<Partial<FareQuestion>, 'bookingDate' | 'quota'>;
function part(
  code: FareItemCode | 'TOTAL',
  classCode: string,
  { bookingDate, quota, ...ride }: Facts,
): number {
  const fare = fareFor(ride, {
    classCode,
    ...(bookingDate === undefined ? {} : { bookingDate }),
    ...(quota === undefined ? {} : { quota }),
  });
  return code === 'TOTAL' ? fare.likelyMinor / 100 : rupeesOf(fare, code);
}

const superfast = { line: 'express', number: '12904' };
const sampoorna = { line: 'sampoorna kranti express', number: '12393', km: 1001 };
const in2021 = { bookingDate: '2021-08-28' };

point('Delhi–Gorakhpur SL base, 2021', 395, part('BASE', 'SL', { km: 792, ...in2021 }), BAND);
point('Delhi–Gorakhpur 3A base, 2021', 1034, part('BASE', '3A', { km: 792, ...in2021 }), BAND);
point('3E up to 300 km, 2021', 440, part('BASE', '3E', { km: 300, ...in2021 }), BAND);
point('3E at 150 km is charged as 300 km', 440, part('BASE', '3E', { km: 150, ...in2021 }), BAND, false);
point('3E at 2000 km, 2021', 1757, part('BASE', '3E', { km: 2000, ...in2021 }), BAND);
point('3E at 5000 km, 2021', 3065, part('BASE', '3E', { km: 5000, ...in2021 }), BAND);
point('3E at 4951 km, same slab', 3065, part('BASE', '3E', { km: 4951, ...in2021 }), BAND, false);
for (const [classCode, before, after] of [
  ['SL', 510, 520],
  ['3A', 1350, 1370],
] as const) {
  point(
    `Patna–Delhi ${classCode}, June 2025`,
    before,
    part('TOTAL', classCode, { ...sampoorna, bookingDate: '2025-06-30' }),
    BAND,
  );
  point(
    `Patna–Delhi ${classCode}, July 2025`,
    after,
    part('TOTAL', classCode, { ...sampoorna, bookingDate: '2025-07-01' }),
    BAND,
  );
}
point(
  'Patna–Mumbai SL (about 1700 km), July 2025',
  770,
  part('TOTAL', 'SL', { ...superfast, km: 1700, bookingDate: '2025-07-03' }),
  BAND,
);
const bandra = { ...superfast, km: 1366, bookingDate: '2026-09-01' };
point('Nizamuddin–Bandra 3A base, 2026', 1505, part('BASE', '3A', bandra), BAND);
point('Nizamuddin–Bandra 3A GST, 2026', 80, part('TAX', '3A', bandra), BAND);
point('Nizamuddin–Bandra 3A total, 2026', 1670, part('TOTAL', '3A', bandra), BAND);
for (const [classCode, base] of [
  ['3A', 625],
  ['2A', 885],
  ['1A', 1522],
] as const)
  point(
    `Rajdhani base ${classCode}, 358 km, 2024`,
    base,
    part('BASE', classCode, { line: 'rajdhani express', km: 358, bookingDate: '2024-06-01' }),
    BAND,
  );
const katra = { line: 'vande bharat express', number: '22439', km: 655, bookingDate: '2019-11-07' };
point('Vande Bharat New Delhi–Katra CC base, 2019', 1120, part('BASE', 'CC', katra), BAND);
point('the same without the meals', 1630 - 364, part('TOTAL', 'CC', katra), BAND, false);
point('Vande Bharat New Delhi–Katra EC base, 2019', 2337, part('BASE', 'EC', katra), BAND);
point('the same without the meals', 3015 - 415, part('TOTAL', 'EC', katra), BAND, false);

const night = { line: 'vande bharat sleeper', number: '22301' };
for (const [classCode, least, rate] of [
  ['3A', 960, 2.4],
  ['2A', 1240, 3.1],
  ['1A', 1520, 3.8],
] as const) {
  point(
    `Vande Bharat sleeper ${classCode} at 120 km`,
    least,
    part('BASE', classCode, { ...night, km: 120 }),
    0,
  );
  point(`… at 1000 km`, rate * 1000, part('BASE', classCode, { ...night, km: 1000 }), 0);
  point(
    `… at 958 km with GST`,
    ceil5(958 * rate * 1.05),
    part('TOTAL', classCode, { ...night, km: 958 }),
    0,
    false,
  );
}
const amrit = { line: 'amrit bharat express', number: '14015' };
point('Amrit Bharat SL base up to 200 km', 149, part('BASE', 'SL', { ...amrit, km: 120 }), 0);
point('Amrit Bharat second class base up to 50 km', 36, part('BASE', '2S', { ...amrit, km: 30 }), 0);

/** Fees by class: reservation, superfast surcharge, and the least and most of the Tatkal charge. */
const fees: readonly [string, number, number, number?, number?][] = [
  ['2S', 15, 15, 10, 15],
  ['SL', 20, 30, 100, 200],
  ['3E', 40, 45],
  ['3A', 40, 45, 300, 400],
  ['CC', 40, 45, 125, 225],
  ['2A', 50, 45, 400, 500],
  ['1A', 60, 75],
  ['EC', 60, 75, 400, 500],
];
for (const [classCode, reservation, surcharge, least, most] of fees) {
  const train = classCode === 'EC' ? { line: 'shatabdi express' } : superfast;
  point(`reservation ${classCode}`, reservation, part('RESERVATION', classCode, { ...train, km: 700 }), 0);
  point(`superfast ${classCode}`, surcharge, part('SUPERFAST', classCode, { ...train, km: 700 }), 0);
  if (least === undefined || most === undefined) continue;
  const tatkal = { ...train, quota: 'TATKAL' } as const;
  point(`Tatkal ${classCode}, short`, least, part('QUOTA', classCode, { ...tatkal, km: 10 }), 0);
  point(`Tatkal ${classCode}, long`, most, part('QUOTA', classCode, { ...tatkal, km: 3000 }), 0);
}

/** What the revisions added to a base fare between two days of booking. */
function rise(line: string, classCode: string, km: number, from: string, to: string): number {
  const at = (bookingDate: string): number => part('BASE', classCode, { line, km, bookingDate });
  return Math.round(100 * (at(to) - at(from))) / 100;
}
const [june, july, christmas, today] = ['2025-06-30', '2025-07-01', '2025-12-25', '2025-12-26'];
for (const [classCode, first, second] of [
  ['2S', 10, 20],
  ['SL', 10, 20],
  ['3A', 20, 20],
  ['2A', 20, 20],
  ['1A', 20, 20],
  ['CC', 20, 20],
] as const) {
  point(`July 2025, ${classCode}, 1000 km`, first, rise('express', classCode, 1000, june, july), 0);
  point(
    `December 2025, ${classCode}, 1000 km`,
    second,
    rise('express', classCode, 1000, christmas, today),
    0,
  );
}
const ordinary = 'kota passenger';
const firstSteps: readonly [number, number][] = [
  [500, 0],
  [501, 5],
  [1500, 5],
  [1501, 10],
  [2500, 10],
  [2501, 15],
];
for (const [km, rupees] of firstSteps)
  point(`July 2025, ordinary 2S, ${km} km`, rupees, rise(ordinary, '2S', km, june, july), 0);
const secondSteps: readonly [number, number][] = [
  [215, 0],
  [216, 5],
  [750, 5],
  [751, 10],
  [1251, 15],
  [1751, 20],
];
for (const [km, rupees] of secondSteps)
  point(`December 2025, ordinary 2S, ${km} km`, rupees, rise(ordinary, '2S', km, christmas, today), 0);
point('July 2025, ordinary SL, 1000 km', 5, rise(ordinary, 'SL', 1000, june, july), 0);
point('December 2025, ordinary SL, 1000 km', 10, rise(ordinary, 'SL', 1000, christmas, today), 0);

/** Superfast totals that the fitted model gives, computed by hand from its formula: SL, 3A, 2A, 1A. */
const modelled: readonly [number, readonly number[]][] = [
  [309, [245, 605, 820, 1350]],
  [500, [335, 845, 1155, 1910]],
  [1001, [545, 1400, 1930, 3205]],
  [1366, [655, 1690, 2335, 3875]],
  [2182, [885, 2290, 3165, 5255]],
];
for (const [km, totals] of modelled)
  ['SL', '3A', '2A', '1A'].forEach((classCode, index) =>
    point(
      `model ${classCode} ${km} km`,
      totals[index]!,
      part('TOTAL', classCode, { ...superfast, km }),
      0,
      false,
    ),
  );

function ceil5(rupees: number): number {
  return Math.ceil(rupees / 5 - 1e-9) * 5;
}

test('rail fares meet the published ones: within 10 percent by the model, exactly where the rule is known', (t) => {
  const off = ({ published, got }: Point): number =>
    published === got ? 0 : (100 * (got - published)) / published;
  const told = points.map((own) => ({ ...own, off: off(own) }));
  const misses = told.filter((own) => !(Math.abs(own.off) <= own.band));
  const text = (own: (typeof told)[number]): string =>
    `${own.what}: published ${own.published}, ours ${own.got} (${own.off.toFixed(1)} %)`;
  t.diagnostic(`${points.length} points, ${points.filter((own) => own.independent).length} independent`);
  for (const own of told.filter((each) => Math.abs(each.off) > 2)) t.diagnostic(text(own));
  assert.deepEqual(misses.map(text), []);
  assert.ok(points.length >= 90 && points.filter((own) => own.independent).length >= 70);
});

test('a Tatkal ticket is charged for at least the distance of its class', () => {
  const tatkal = { ...superfast, quota: 'TATKAL' } as const;
  for (const [classCode, km] of [
    ['SL', 500],
    ['3A', 500],
    ['2A', 500],
    ['CC', 250],
    ['2S', 100],
  ] as const) {
    const short = part('BASE', classCode, { ...tatkal, km: km - 90 });
    assert.equal(short, part('BASE', classCode, { ...superfast, km }), classCode);
    assert.ok(short < part('BASE', classCode, { ...tatkal, km: km + 50 }), classCode);
  }
});
