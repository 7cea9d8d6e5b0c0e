import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Leg } from '../contract.ts';
import { trainDelays } from './delays.ts';
import { delayWithin, logNormalOf } from './logNormal.ts';
import { routeRisk } from './routeRisk.ts';

const place = (name: string, lat = 12.9, lng = 77.5): Leg['from'] => ({
  name,
  code: null,
  city: null,
  stopId: null,
  lat,
  lng,
  zone: 'Asia/Kolkata',
});
const start = Date.UTC(2026, 9, 5, 0, 0);
const instant = (minute: number): string => new Date(start + minute * 60_000).toISOString();
const leg = (
  mode: Leg['mode'],
  departure: number,
  arrival: number,
  more: {
    name?: string;
    every?: number;
    run?: boolean;
    day?: number;
    at?: readonly [number, number];
    stay?: number;
  } = {},
): Leg => ({
  index: 0,
  mode,
  from: place('A', ...(more.at ?? [])),
  to: place('B', ...(more.at ?? [])),
  departure: instant(departure + (more.day ?? 0) * 1440),
  arrival: instant(arrival + (more.day ?? 0) * 1440),
  durationMinutes: arrival - departure,
  distanceKm: 1,
  line: {
    id: 'x',
    name: more.name ?? '12628 Karnataka Express',
    number: null,
    operator: null,
    headsign: null,
    color: null,
  },
  run: more.run === false ? null : { id: 'x', serviceDate: '2026-10-05' },
  intermediateStops: 0,
  everyMinutes: more.every ?? null,
  bufferMinutes: 0,
  price: null,
  fares: [],
  concession: null,
  bookable: true,
  ...(more.stay === undefined ? {} : { stayMinutes: more.stay }),
});

/** Reproducible numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('delays', () => {
  test('the published figures give the spread and percentiles of the facts sheet', () => {
    const all = logNormalOf(36.6, 18.6);
    assert.ok(Math.abs(all.sigma - 1.17) < 0.01);
    assert.ok(Math.abs(delayWithin(all, 0.8) - 50) < 1);
    assert.ok(Math.abs(delayWithin(all, 0.9) - 83) < 1);
    const vandeBharat = logNormalOf(17, 8);
    assert.ok(Math.abs(delayWithin(vandeBharat, 0.8) - 22) < 1);
    assert.ok(Math.abs(delayWithin(vandeBharat, 0.9) - 39) < 1);
    assert.ok(Math.abs(delayWithin(logNormalOf(39, 20), 0.9) - 88) < 1);
    assert.ok(Math.abs(delayWithin(logNormalOf(29, 15), 0.9) - 65) < 1);
  });
  test('by kind of train; fog only in the plain and in its weeks', () => {
    const delays = (name: string, date: string, lat: number, lng: number) =>
      trainDelays(name, date, [{ lat, lng }]);
    assert.equal(delays('22436 Vande Bharat Express', '2026-10-01', 28.6, 77.2).category, 'vande_bharat');
    assert.equal(delays('12952 Mumbai Tejas Rajdhani', '2026-10-01', 28.6, 77.2).category, 'rajdhani');
    assert.equal(delays('54321 Passenger', '2026-10-01', 28.6, 77.2).category, 'all');
    const foggy = (date: string, lat: number, lng: number) => delays('x Express', date, lat, lng).fog;
    assert.equal(foggy('2026-12-14', 28.6, 77.2), false);
    assert.equal(foggy('2026-12-15', 28.6, 77.2), true);
    assert.equal(foggy('2027-02-05', 25.6, 85.1), true);
    assert.equal(foggy('2027-02-06', 25.6, 85.1), false);
    assert.equal(foggy('2027-01-10', 12.9, 77.5), false);
    assert.equal(delays('x Express', '2027-01-10', 28.6, 77.2).delays.median, 60);
    assert.equal(delays('12952 Rajdhani', '2019-06-01', 28.6, 77.2).category, 'all');
  });
});

describe('the risk of a change', () => {
  test('200 changes agree with a simulation of the same delays within one point', () => {
    const random = randomOf(7);
    const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const names = [
      '22436 Vande Bharat',
      '12952 Rajdhani',
      '12628 Express',
      '54321 Passenger',
      '12275 Humsafar',
    ];
    for (let change = 0; change < 200; change++) {
      const name = names[change % names.length]!;
      const winter = change % 3 === 0;
      const wait = Math.floor(random() * 240);
      const walk = Math.floor(random() * 20);
      const at = [28.6, 77.2] as const;
      const more = { at, day: winter ? 85 : 0 };
      const risk = routeRisk([
        leg('train', 0, 300, { ...more, name }),
        leg('walk', 300, 300 + walk, { ...more, run: false }),
        leg('train', 300 + wait, 900, more),
      ]);
      const [only] = risk.changes;
      const { delays } = trainDelays(name, winter ? '2026-12-29' : '2026-10-05', [{ lat: 28.6, lng: 77.2 }]);
      const SAMPLES = 40_000;
      let made = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const late = delays.median * Math.exp(delays.sigma * gauss());
        if (300 + late + walk + 10 <= 300 + wait) made++;
      }
      assert.ok(
        Math.abs(only!.probability! - made / SAMPLES) < 0.01,
        `${name}, ${wait} min, winter ${winter}: ${only!.probability} against ${made / SAMPLES}`,
      );
      assert.equal(risk.probability, only!.probability);
    }
  });
  test('words at 90 and 75 percent, and the minutes that would be safe', () => {
    const change = (wait: number) =>
      routeRisk([leg('train', 0, 300), leg('train', 300 + wait, 900)]).changes[0]!;
    const edge = (share: number) => Math.ceil(delayWithin(logNormalOf(39, 20), share)) + 10;
    assert.equal(change(edge(0.9)).word, 'SAFE');
    assert.equal(change(edge(0.9) - 1).word, 'TIGHT');
    assert.equal(change(edge(0.75)).word, 'TIGHT');
    assert.equal(change(edge(0.75) - 1).word, 'RISKY');
    assert.equal(change(5).probability, 0);
    assert.match(
      change(60).text,
      /^60 min for a change that needs 10: made in \d\d of 100 journeys\. Safe would be 9\d min\.$/,
    );
  });
  test('a route is made when every change is', () => {
    const risk = routeRisk([leg('train', 0, 300), leg('train', 360, 600), leg('train', 660, 900)]);
    assert.equal(risk.changes.length, 2);
    assert.equal(risk.probability, risk.changes[0]!.probability! * risk.changes[1]!.probability!);
  });
  test('one is never too late for a metro, but late behind it', () => {
    const risk = routeRisk([
      leg('train', 0, 300),
      leg('metro', 310, 330, { every: 5 }),
      leg('train', 360, 900),
    ]);
    assert.deepEqual(
      risk.changes.map(({ fromLeg, toLeg }) => [fromLeg, toLeg]),
      [[0, 2]],
    );
    assert.equal(risk.changes[0]!.neededMinutes, 30);
    assert.equal(routeRisk([leg('metro', 0, 30, { every: 5 }), leg('train', 60, 90)]).probability, 1);
  });
  test('what nobody measures is said, not guessed', () => {
    const risk = routeRisk([leg('bus', 0, 300), leg('train', 400, 900)]);
    assert.equal(risk.probability, null);
    assert.equal(risk.word, 'NO_DATA');
    assert.equal(routeRisk([leg('train', 0, 300)]).probability, 1);
  });
  test('a flight is missed an hour before it leaves', () =>
    assert.equal(routeRisk([leg('train', 0, 300), leg('flight', 400, 500)]).changes[0]!.neededMinutes, 60));
});

describe('a stay at a place to visit', () => {
  const gauss = (random: () => number): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  test('is given up first: 60 routes agree with a simulation that cuts the stay short', () => {
    const random = randomOf(11);
    const SAMPLES = 40_000;
    let told = 0;
    for (let round = 0; round < 60; round++) {
      const stay = 20 + Math.floor(random() * 300);
      const spare = Math.floor(random() * 40);
      const wait = 30 + Math.floor(random() * 90);
      const taxi = 15;
      const next = 300 + taxi + stay + taxi + spare;
      const risk = routeRisk([
        leg('train', 0, 300),
        leg('taxi', 300, 300 + taxi, { run: false }),
        leg('taxi', next - taxi - spare, next - spare, { run: false, stay }),
        leg('train', next, next + 400),
        leg('train', next + 400 + wait, next + 900),
      ]);
      const { delays } = trainDelays('12628 Karnataka Express', '2026-10-05', []);
      const late = (): number => delays.median * Math.exp(delays.sigma * gauss(random));
      let made = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        // There and, however little is left of the stay, back ten minutes before the train.
        const back = 300 + late() + taxi + taxi;
        if (back + 10 <= next && late() + 10 <= wait) made++;
      }
      assert.ok(
        Math.abs(risk.probability! - made / SAMPLES) < 0.012,
        `${stay} min, ${spare} to spare: ${risk.probability} against ${made / SAMPLES}`,
      );
      const [first] = risk.changes;
      const isTold = first?.stayMinutes === stay;
      told += Number(isTold);
      assert.equal(risk.changes.length, isTold ? 2 : 1);
      if (isTold) assert.ok(first.word !== 'SAFE' && first.text.startsWith('The stay of '));
    }
    assert.ok(told > 5 && told < 55, `${told} told`);
  });

  test('of an hour takes up what nobody measures, a shorter one does not', () => {
    const risk = (stay: number) =>
      routeRisk([
        leg('bus', 0, 300),
        leg('walk', 310 + stay, 320 + stay, { run: false, stay }),
        leg('train', 340 + stay, 900),
      ]);
    assert.deepEqual([risk(60).word, risk(60).changes], ['SAFE', []]);
    assert.equal(risk(59).word, 'NO_DATA');
  });
});
