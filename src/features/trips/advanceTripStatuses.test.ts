import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Caller } from '../../database/caller.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { newCaller, route, tripInput } from '../../../test/support/trips.ts';
import {
  advanceTripStatuses,
  cancelTrip,
  createTrip,
  getTrip,
  markAllLegsBooked,
  type TripInput,
  uncancelTrip,
  updateTrip,
} from './index.ts';

describe('advanceTripStatuses', () => {
  let db: TestDatabase;
  let asha: Caller;
  before(async () => {
    db = await testDatabase();
    asha = await newCaller(db);
  });
  beforeEach(() => db.service.query({ text: 'DELETE FROM trips' }));
  after(() => db.drop());

  const plan = async (changes: Partial<TripInput>) => (await createTrip(asha, tripInput(changes))).id;
  const statusOf = async (id: string) => (await getTrip(asha, id)).status;
  const at = (instant: string, batch?: number) => advanceTripStatuses(db.service, new Date(instant), batch);

  test('a trip without a route starts at its time and ends with its day, in its own zone', async () => {
    // 08:00 in India is 02:30 UTC; in New York 13:00 UTC. Clocks in UTC would be hours early or late.
    const india = await plan({ time: '08:00' });
    const newYork = await plan({ time: '08:00', timezone: 'America/New_York' });
    assert.deepEqual(await at('2026-12-15T02:29:59Z'), { started: 0, completed: 0 });
    assert.deepEqual(await at('2026-12-15T02:30:00Z'), { started: 1, completed: 0 });
    assert.deepEqual([await statusOf(india), await statusOf(newYork)], ['IN_PROGRESS', 'PLANNED']);
    assert.deepEqual(await at('2026-12-15T18:29:59Z'), { started: 1, completed: 0 });
    assert.deepEqual([await statusOf(india), await statusOf(newYork)], ['IN_PROGRESS', 'IN_PROGRESS']);
    assert.deepEqual(await at('2026-12-15T18:30:00Z'), { started: 0, completed: 1 });
    assert.deepEqual([await statusOf(india), await statusOf(newYork)], ['COMPLETED', 'IN_PROGRESS']);
    assert.deepEqual(await at('2026-12-16T05:00:00Z'), { started: 0, completed: 1 });
  });

  test('a trip with a route takes as long as the route, over midnight', async () => {
    const id = await plan({ selectedRoute: route() });
    await markAllLegsBooked(asha, id);
    assert.deepEqual(await at('2026-12-15T02:09:00Z'), { started: 0, completed: 0 });
    assert.deepEqual(await at('2026-12-15T19:00:00Z'), { started: 1, completed: 0 });
    assert.equal(await statusOf(id), 'IN_PROGRESS');
    assert.deepEqual(await at('2026-12-16T08:40:00Z'), { started: 0, completed: 1 });
    assert.equal(await statusOf(id), 'COMPLETED');
  });

  test('the clock is asked as often as one likes, and late', async () => {
    const id = await plan({});
    assert.deepEqual(await at('2027-03-01T00:00:00Z'), { started: 0, completed: 1 });
    assert.deepEqual(await at('2027-03-01T00:00:00Z'), { started: 0, completed: 0 });
    assert.equal(await statusOf(id), 'COMPLETED');
  });

  test('a cancelled trip stays cancelled; taken back, the clock catches up', async () => {
    const id = await plan({});
    await cancelTrip(asha, id);
    assert.deepEqual(await at('2026-12-15T10:00:00Z'), { started: 0, completed: 0 });
    assert.equal(await statusOf(id), 'CANCELLED');
    assert.equal((await uncancelTrip(asha, id)).status, 'PLANNED');
    assert.deepEqual(await at('2026-12-15T10:00:00Z'), { started: 1, completed: 0 });
  });

  test('a trip put off is planned again', async () => {
    const id = await plan({});
    await at('2026-12-15T10:00:00Z');
    assert.equal((await updateTrip(asha, id, { date: '2026-12-20' })).status, 'PLANNED');
    assert.deepEqual(await at('2026-12-16T10:00:00Z'), { started: 0, completed: 0 });
  });

  test('a change of something else leaves the clock alone', async () => {
    const id = await plan({});
    await at('2026-12-15T10:00:00Z');
    assert.equal((await updateTrip(asha, id, { passengers: 3 })).status, 'IN_PROGRESS');
  });

  test('batch by batch, and past a trip that somebody is changing', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, () => plan({})));
    await db.service.transaction(async (tx) => {
      await tx.query({ text: 'SELECT FROM trips WHERE id = $1 FOR UPDATE', values: [ids[0]] });
      assert.deepEqual(await at('2026-12-15T10:00:00Z', 7), { started: 24, completed: 0 });
    });
    assert.equal(await statusOf(ids[0]!), 'PLANNED');
    assert.deepEqual(await at('2026-12-17T10:00:00Z', 7), { started: 0, completed: 25 });
  });
});
