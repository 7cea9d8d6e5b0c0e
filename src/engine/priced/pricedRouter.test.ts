import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largeWorld } from '../../../test/properties/largeWorlds.ts';
import { FareTable } from '../fares/fareTable.ts';
import { compileTimetable } from '../timetable/compile.ts';
import { asStop } from '../timetable/indexes.ts';
import { PricedRouter } from './pricedRouter.ts';
import type { PricedQuery } from './query.ts';

const { input, fares, query } = largeWorld(3);
const router = new PricedRouter(new FareTable(compileTimetable(input), fares));

test('a question that makes no sense is refused', () => {
  const cases: readonly [RegExp, Partial<PricedQuery>][] = [
    [/0 is not a number of passengers/, { passengers: 0 }],
    [/-1 is not a relaxation/, { relax: -1 }],
    [/Stop 999 is not in this network/, { vias: [{ stops: [asStop(999)], dwell: 0 }] }],
    [/-5 is not a number of minutes to stay/, { vias: [{ stops: [asStop(0)], dwell: -5 }] }],
    [/-3 is not a price in minor units/, { access: [{ stop: asStop(0), minutes: 0, price: -3 }] }],
  ];
  for (const [message, change] of cases) assert.throws(() => router.pareto({ ...query, ...change }), message);
});

test('a search whose time has run out says so, and what it says is true', () => {
  const whole = router.pareto(query);
  assert.equal(whole.partial, false);
  assert.ok(whole.journeys.length > 1);
  assert.deepEqual(router.pareto({ ...query, expired: () => true }), { journeys: [], partial: true });
  let looks = 0;
  const cut = router.pareto({ ...query, expired: () => ++looks > 2 });
  assert.equal(cut.partial, true);
  assert.deepEqual(router.pareto(query), whole, 'the next search is not touched');
});

test('a router that has answered other questions answers like a new one', () => {
  for (let seed = 1; seed < 40; seed++) {
    const world = largeWorld(seed);
    const table = new FareTable(compileTimetable(world.input), world.fares);
    const used = new PricedRouter(table);
    used.pareto({ ...world.query, access: world.query.egress, egress: world.query.access, maxRides: 6 });
    used.pareto({ ...world.query, passengers: 9, maxRides: 1 });
    assert.deepEqual(used.pareto(world.query), new PricedRouter(table).pareto(world.query), `world ${seed}`);
  }
});
