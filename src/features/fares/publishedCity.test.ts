/**
 * Published bus, air, metro and meter fares against the tables. Corners of a slab and the first kilometres of a meter
 * are independent points; the kilometre after a corner follows from the next slab and is not counted as one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../units/geo.ts';
import { readGazetteer } from '../places/index.ts';
import { fareFor, rupeesOf } from './exampleRide.ts';
import type { FareRide } from './ride.ts';

interface Point {
  readonly what: string;
  readonly published: number;
  readonly got: number;
  readonly independent: boolean;
}
const points: Point[] = [];
const point = (what: string, published: number, got: number, independent = true): void => {
  points.push({ what, published, got, independent });
};

const [tuesday, sunday] = ['2026-12-15', '2026-12-13'];

/** Upper end of each slab in km and its fare; the last slab has no end. */
type Slabs = readonly (readonly [number, number])[];
const BEYOND = 99;
function slabs(what: string, ride: Partial<FareRide>, fares: Slabs, pay?: 'CARD', independent = true): void {
  const fareAt = (km: number): number =>
    fareFor({ mode: 'metro', travelDate: tuesday, ...ride, km }, pay ? { classCode: pay } : {}).likelyMinor /
    100;
  fares.forEach(([upTo, rupees], index) => {
    point(`${what}, ${upTo} km`, rupees, fareAt(upTo), independent);
    const from = fares[index - 1]?.[0];
    if (from !== undefined && independent)
      point(`${what}, just over ${from} km`, rupees, fareAt(from + 0.01), false);
  });
}

const delhi = { cityId: 'delhi', line: 'yellow line' };
slabs('Delhi metro', delhi, [
  [2, 11],
  [5, 21],
  [12, 32],
  [21, 43],
  [32, 54],
  [BEYOND, 64],
]);
const delhiHoliday: Slabs = [
  [2, 11],
  [5, 11],
  [12, 21],
  [21, 32],
  [32, 43],
  [BEYOND, 54],
];
slabs('Delhi metro, Sunday', { ...delhi, travelDate: sunday }, delhiHoliday);
slabs('Delhi metro, Republic Day', { ...delhi, travelDate: '2027-01-26' }, delhiHoliday, undefined, false);
slabs(
  'Delhi metro, card',
  { ...delhi, clock: 9 * 60 },
  [
    [2, 9.9],
    [5, 18.9],
    [BEYOND, 57.6],
  ],
  'CARD',
  false,
);
slabs(
  'Delhi metro, card off-peak',
  { ...delhi, clock: 13 * 60 },
  [
    [2, 8.8],
    [5, 16.8],
  ],
  'CARD',
  false,
);
slabs('Bengaluru metro', { cityId: 'bengaluru' }, [
  [2, 10],
  [4, 20],
  [6, 30],
  [8, 40],
  [10, 50],
  [15, 60],
  [20, 70],
  [25, 80],
  [BEYOND, 90],
]);
slabs(
  'Bengaluru metro, card',
  { cityId: 'bengaluru' },
  [
    [2, 9.5],
    [BEYOND, 85.5],
  ],
  'CARD',
  false,
);
slabs(
  'Bengaluru metro, card on Sunday',
  { cityId: 'bengaluru', travelDate: sunday },
  [
    [2, 9],
    [BEYOND, 81],
  ],
  'CARD',
  false,
);
slabs('Hyderabad metro', { cityId: 'hyderabad' }, [
  [2, 11],
  [4, 17],
  [6, 28],
  [9, 37],
  [12, 47],
  [15, 51],
  [18, 56],
  [21, 61],
  [24, 65],
  [BEYOND, 69],
]);
slabs('Chennai metro', { cityId: 'chennai' }, [
  [2, 10],
  [5, 20],
  [12, 30],
  [21, 40],
  [BEYOND, 50],
]);
slabs(
  'Chennai metro, QR',
  { cityId: 'chennai' },
  [
    [2, 8],
    [BEYOND, 40],
  ],
  'CARD',
  false,
);
slabs(
  'Chennai metro, Sunday',
  { cityId: 'chennai', travelDate: sunday },
  [
    [2, 5],
    [BEYOND, 25],
  ],
  undefined,
  false,
);
slabs('Mumbai line 1', { cityId: 'mumbai', line: 'line 1 blue' }, [
  [2, 10],
  [5, 20],
  [8, 30],
  [BEYOND, 40],
]);
slabs('Mumbai line 2A', { cityId: 'mumbai', line: 'line 2a yellow' }, [
  [3, 10],
  [12, 20],
  [18, 30],
  [24, 40],
  [30, 50],
  [36, 60],
  [42, 70],
  [BEYOND, 80],
]);
slabs('Mumbai line 3', { cityId: 'mumbai', line: 'line 3 aqua' }, [
  [3, 10],
  [5, 20],
  [8, 30],
  [12, 40],
  [18, 50],
  [24, 60],
  [BEYOND, 70],
]);
slabs('Kolkata Blue Line', { cityId: 'kolkata', line: 'blue line' }, [
  [2, 5],
  [5, 10],
  [10, 15],
  [20, 20],
  [BEYOND, 25],
]);

/** Fares between two stations, both ways, by the folded names of the bundled network. */
function pairs(
  cityId: string,
  line: string,
  from: string,
  fares: readonly (readonly [string, number])[],
): void {
  for (const [to, rupees] of fares) {
    const ride = { mode: 'metro', cityId, line, km: 9 } as const;
    point(`${from} → ${to}`, rupees, fareFor({ ...ride, from, to }).likelyMinor / 100);
    point(`${to} → ${from}`, rupees, fareFor({ ...ride, from: to, to: from }).likelyMinor / 100, false);
  }
}
pairs('delhi', 'airport express', 'new delhi', [
  ['shivaji stadium', 21],
  ['dhaula kuan durgabai deshmukh south campus', 43],
  ['delhi aerocity', 54],
  ['igi airport terminal 2 3', 64],
  ['dwarka sector 21', 64],
  ['yashobhoomi dwarka sector 25', 75],
]);
pairs('kolkata', 'yellow line', 'jai hind bimanbandar airport', [
  ['noapara', 20],
  ['esplanade', 40],
  ['kavi subhash', 45],
  ['howrah', 50],
  ['hemanta mukhopadhyay ruby', 65],
  ['salt lake sector v', 70],
]);

/** A meter by day: at the end of its first kilometres and ten kilometres on. */
function meter(
  what: string,
  ride: Partial<FareRide>,
  classCode: string,
  first: number,
  km: number,
  rate: number,
): void {
  const at = (distance: number): number =>
    fareFor({ ...ride, km: distance }, { classCode }).likelyMinor / 100;
  point(`${what}, first ${km} km`, first, at(km));
  point(`${what}, 10 km on`, Math.ceil(first + 10 * rate - 1e-9), at(km + 10));
  point(`${what}, 0.5 km costs as much as the first`, first, at(Math.min(0.5, km)), false);
}
const auto = (cityId: string) => ({ mode: 'auto', cityId }) as const;
const taxi = (cityId: string) => ({ mode: 'taxi', cityId }) as const;
meter('Delhi auto', auto('delhi'), 'AUTO', 30, 1.5, 11);
meter('Delhi taxi', taxi('delhi'), 'TAXI', 40, 1, 17);
meter('Delhi AC taxi', taxi('delhi'), 'TAXI_AC', 40, 1, 20);
meter('Mumbai auto', auto('mumbai'), 'AUTO', 26, 1.5, 17.14);
meter('Mumbai taxi', taxi('mumbai'), 'TAXI', 31, 1.5, 20.66);
meter('Mumbai cool cab', taxi('mumbai'), 'TAXI_AC', 48, 1.5, 37.2);
meter('Bengaluru auto', auto('bengaluru'), 'AUTO', 36, 2, 18);
meter('Bengaluru cab', taxi('bengaluru'), 'TAXI', 100, 4, 24);
meter('Bengaluru cab, middle', taxi('bengaluru'), 'TAXI_MIDDLE', 115, 4, 28);
meter('Bengaluru cab, large', taxi('bengaluru'), 'TAXI_LARGE', 130, 4, 32);
meter('Hyderabad auto', auto('hyderabad'), 'AUTO', 20, 1.6, 11);
meter('Chennai auto', auto('chennai'), 'AUTO', 25, 1.8, 12);
meter('Kolkata taxi', taxi('kolkata'), 'TAXI', 30, 2, 15);
/** Night tariffs: 11.5 km at Delhi are 140 by day. */
const autoAt = (cityId: string, km: number, clock: number): number =>
  fareFor({ ...auto(cityId), km, clock }).likelyMinor / 100;
point('Delhi auto at 23:00', 175, autoAt('delhi', 11.5, 23 * 60));
point('Delhi auto at 04:59', 175, autoAt('delhi', 11.5, 5 * 60 - 1), false);
point('Delhi auto at 05:00', 140, autoAt('delhi', 11.5, 5 * 60), false);
point('Bengaluru auto at 22:00', 324, autoAt('bengaluru', 12, 22 * 60));
point('Bengaluru auto at 21:59', 216, autoAt('bengaluru', 12, 22 * 60 - 1), false);
point('Hyderabad auto at 23:30', 195, autoAt('hyderabad', 11.6, 23 * 60 + 30));

/** Base fares by bus: rupees at so many km. */
const bus = (line: string, km: number, travelDate = tuesday): number =>
  rupeesOf(fareFor({ mode: 'bus', line, km, travelDate }), 'BASE');
for (const [type, least, km, rate] of [
  ['ordinary', 10, 2.5, 1],
  ['fast passenger', 15, 5, 1.05],
  ['superfast', 22, 10, 1.08],
  ['express', 28, 15, 1.1],
  ['super deluxe', 40, 15, 1.2],
  ['luxury ac', 60, 20, 1.5],
  ['multi axle', 100, 20, 2.25],
  ['ac sleeper', 130, 20, 2.5],
] as const) {
  point(`Kerala ${type}, ${km} km`, least, bus(`kerala rtc ${type}`, km));
  point(`Kerala ${type}, 100 km on`, least + 100 * rate, bus(`kerala rtc ${type}`, km + 100));
}
point('Kerala single axle, 100 km', 181, bus('kerala rtc single axle', 100));
for (const [type, stage] of [
  ['ordinary', 10],
  ['shivshahi', 14.2],
  ['shivneri', 21.25],
] as const) {
  point(`MSRTC ${type}, one stage`, stage, bus(`msrtc ${type}`, 6));
  point(`MSRTC ${type}, 100 stages`, 100 * stage, bus(`msrtc ${type}`, 600), false);
  point(`MSRTC ${type}, a stage begun`, 2 * stage, bus(`msrtc ${type}`, 6.1), false);
}
point('MSRTC ordinary before 25 January 2025', 8.7, bus('msrtc ordinary', 6, '2025-01-24'));
point('UPSRTC ordinary, 100 km', 130, bus('upsrtc ordinary', 100));

test('city and bus fares are the published ones, to the paisa', (t) => {
  const wrong = points.filter(({ published, got }) => Math.abs(published - got) > 0.001);
  const independent = points.filter((own) => own.independent).length;
  t.diagnostic(`${points.length} points, ${independent} independent`);
  assert.deepEqual(
    wrong.map(({ what, published, got }) => `${what}: published ${published}, ours ${got}`),
    [],
  );
  assert.ok(points.length >= 180 && independent >= 100);
});

test('economy fares long before departure meet what was seen on five routes', (t) => {
  const { hubs } = readGazetteer();
  const airport = (code: string) => hubs.find((hub) => hub.kind === 'airport' && hub.code === code)!;
  // Moneycontrol and Yatra, 2019: thousands of rupees one way.
  for (const [from, to, least, most] of [
    ['DEL', 'BOM', 3600, 5700],
    ['BOM', 'BLR', 2600, 5700],
    ['BOM', 'HYD', 2400, 3800],
    ['DEL', 'BLR', 4400, 7400],
    ['DEL', 'CCU', 4100, 6200],
  ] as const) {
    const km = distanceKm(airport(from), airport(to));
    const fare = fareFor({ mode: 'flight', km, travelDate: '2027-01-19' });
    const [low, likely, high] = [fare.lowMinor / 100, fare.likelyMinor / 100, fare.highMinor / 100];
    t.diagnostic(`${from}–${to}: seen ${least}–${most}, ours ${low}–${likely}–${high}`);
    assert.ok(low <= most && high >= least, `${from}–${to}`);
    // BOM–HYD is dearer by the model than was seen: the fixed part of 1,900 weighs on short flights.
    assert.ok(likely <= most * 1.15 && likely >= least, `${from}–${to}: ${likely}`);
  }
});
