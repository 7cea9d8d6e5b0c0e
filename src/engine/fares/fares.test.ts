import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FareScale } from './fareScale.ts';
import { familyFinder, NO_FAMILY } from './family.ts';
import { FaresError, readFares } from './readFares.ts';

const family = {
  id: 'sleeper',
  route_types: [2],
  route_ids: ['R1'],
  base_minor: 3000,
  slabs: [{ up_to_km: 100, minor_per_km: 60 }, { minor_per_km: 45 }],
  minimum_minor: 6000,
  round_up_to_minor: 500,
  vehicle_capacity: null,
};
const file = (...families: object[]) => ({ currency: 'INR', families });

test('a fare file is read as it stands; what is left out has its default', () => {
  assert.deepEqual(readFares(file(family)).families, [
    {
      id: 'sleeper',
      routeTypes: [2],
      routeIds: ['R1'],
      baseMinor: 3000,
      perBoardingMinor: 0,
      slabs: [
        { upToKm: 100, minorPerKm: 60 },
        { upToKm: null, minorPerKm: 45 },
      ],
      steps: [],
      minimumMinor: 6000,
      roundUpToMinor: 500,
      vehicleCapacity: null,
      transfer: null,
    },
  ]);
  assert.deepEqual(readFares(file({ id: 'x', route_types: [3] })).families, [
    {
      id: 'x',
      routeTypes: [3],
      routeIds: [],
      baseMinor: 0,
      perBoardingMinor: 0,
      slabs: [],
      steps: [],
      minimumMinor: 0,
      roundUpToMinor: 1,
      vehicleCapacity: null,
      transfer: null,
    },
  ]);
});

test('a fault is told with its place', () => {
  const faults: readonly [unknown, RegExp][] = [
    [[], /The fares must be an object/],
    [{ currency: 'INR', families: [], x: 1 }, /The fares has "x"/],
    [{ currency: 'rupees', families: [family] }, /currency must be an ISO 4217 code/],
    [{ currency: 'INR' }, /families must be a list/],
    [file(), /families must have at least one/],
    [file(family, { ...family }), /families\[1\]\.id "sleeper" is used twice/],
    [file({ ...family, id: '' }), /families\[0\]\.id must be a text/],
    [file({ ...family, route_types: [], route_ids: [] }), /families\[0\] needs route_types or route_ids/],
    [file({ ...family, route_types: ['2'] }), /families\[0\]\.route_types\[0\] must be a whole number/],
    [file({ ...family, route_ids: [7] }), /families\[0\]\.route_ids\[0\] must be a text/],
    [file({ ...family, base_minor: -1 }), /families\[0\]\.base_minor must be a whole number from 0/],
    [file({ ...family, base_minor: 0.5 }), /families\[0\]\.base_minor must be a whole number/],
    [file({ ...family, round_up_to_minor: 0 }), /round_up_to_minor must be a whole number from 1/],
    [file({ ...family, vehicle_capacity: 0 }), /vehicle_capacity must be a whole number from 1/],
    [
      file({ ...family, slabs: [{ minor_per_km: 1 }, { minor_per_km: 1 }] }),
      /slabs\[0\]\.up_to_km is missing/,
    ],
    [file({ ...family, steps: [{ price_minor: 5 }] }), /steps cannot stand beside slabs/],
    [
      file({
        ...family,
        slabs: [],
        steps: [
          { up_to_km: 2, price_minor: 9 },
          { up_to_km: 5, price_minor: 8 },
        ],
      }),
      /steps\[1\]\.price_minor must not be less than 9/,
    ],
    [
      file({ ...family, slabs: [], steps: [{ price_minor: 1 }, { price_minor: 2 }] }),
      /steps\[0\]\.up_to_km is missing/,
    ],
    [file({ ...family, per_boarding_minor: -1 }), /per_boarding_minor must be a whole number from 0/],
    [file({ ...family, transfer: { price_minor: 0 } }), /transfer\.minutes must be a whole number from 1/],
    [file({ ...family, transfer: { minutes: 90, uses: 2 } }), /transfer has "uses"/],
    [
      file({ ...family, transfer: { minutes: 90, count: 0 } }),
      /transfer\.count must be a whole number from 1/,
    ],
    [file({ ...family, slabs: [{ up_to_km: 5 }] }), /slabs\[0\]\.minor_per_km must be a number/],
    [
      file({
        ...family,
        slabs: [
          { up_to_km: 5, minor_per_km: 1 },
          { up_to_km: 5, minor_per_km: 1 },
        ],
      }),
      /slabs\[1\]\.up_to_km must be more than 5/,
    ],
  ];
  for (const [json, message] of faults)
    assert.throws(
      () => readFares(json),
      (error) => error instanceof FaresError && message.test(error.message),
      String(message),
    );
});

test('the first family that names a line or its type is its own', () => {
  const find = familyFinder(
    readFares(
      file({ id: 'a', route_ids: ['R9'] }, { id: 'b', route_types: [2] }, { id: 'c', route_ids: ['R1'] }),
    ),
  );
  assert.equal(find({ id: 'R9', routeType: 2 }), 0);
  assert.equal(find({ id: 'R1', routeType: 2 }), 1);
  assert.equal(find({ id: 'R1', routeType: 3 }), 2);
  assert.equal(find({ id: 'R2', routeType: 3 }), NO_FAMILY);
});

test('a price is base and slabs, at least the minimum, rounded up, for all tickets', () => {
  const { families } = readFares(file(family));
  const alone = new FareScale(families, 1);
  // 10 km: 30 + 6 = 36, at least 60 rupees; 99.9 km: 89.94; 100: 90; 100.1: 90.045; 250: 157.5.
  for (const [metres, price] of [
    [0, 6000],
    [10_000, 6000],
    [99_900, 9000],
    [100_000, 9000],
    [100_100, 9500],
    [250_000, 16_000],
  ] as const)
    assert.equal(alone.price(0, metres), price, `${metres} m`);
  assert.equal(new FareScale(families, 4).price(0, 100_100), 38_000);
  const cab = readFares(file({ ...family, vehicle_capacity: 4 })).families;
  assert.equal(new FareScale(cab, 4).price(0, 100_100), 9500);
  assert.equal(new FareScale(cab, 5).price(0, 100_100), 19_000);
});

test('no ride gets dearer than is said by starting earlier', () => {
  const { families } = readFares(
    file(
      family,
      {
        ...family,
        id: 'rising',
        slabs: [{ up_to_km: 50, minor_per_km: 1 }, { minor_per_km: 77 }],
      },
      {
        ...family,
        id: 'steps',
        slabs: [],
        steps: [
          { up_to_km: 2, price_minor: 9000 },
          { up_to_km: 3, price_minor: 40_000 },
          { up_to_km: 90, price_minor: 41_000 },
          { price_minor: 90_000 },
        ],
      },
    ),
  );
  const scale = new FareScale(families, 3);
  for (let which = 0; which < 3; which++)
    for (let metres = 0; metres < 300_000; metres += 7300)
      for (const more of [1, 900, 12_345, 100_000])
        assert.ok(
          scale.price(which, metres + more) <= scale.price(which, metres) + scale.mostIncrease(which, more),
        );
});
