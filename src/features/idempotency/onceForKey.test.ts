import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { asUser } from '../../database/asUser.ts';
import type { Caller } from '../../database/caller.ts';
import { AppError } from '../../errors.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { newCaller, tripInput } from '../../../test/support/trips.ts';
import { createTrip, getUserTrips, markLegBooked } from '../trips/index.ts';
import type { WriteAnswer } from './index.ts';
import { onceForKey } from './index.ts';

const refusedAs = (code: AppError['code']) => (error: unknown) => (error as AppError).code === code;

const request = (changes: { key?: string; method?: string; path?: string; body?: unknown } = {}) => ({
  key: crypto.randomUUID(),
  method: 'POST',
  path: '/api/v1/trips',
  body: tripInput(),
  ...changes,
});
const create = async (caller: Caller): Promise<WriteAnswer> => ({
  status: 201,
  body: await createTrip(caller, tripInput()),
});
const refuse = async (): Promise<WriteAnswer> => ({ status: 422, body: { code: 'UNPROCESSABLE' } });

describe('onceForKey', () => {
  let db: TestDatabase;
  let asha: Caller;
  let ravi: Caller;
  before(async () => {
    db = await testDatabase();
    [asha, ravi] = await Promise.all([newCaller(db), newCaller(db)]);
  });
  after(() => db.drop());

  const countTrips = async (userId: string): Promise<number> => {
    const { rows } = await db.service.query<{ n: number }>({
      text: 'SELECT count(*) AS n FROM trips WHERE user_id = $1',
      values: [userId],
    });
    return rows[0]!.n;
  };

  test('the first answer again, and one trip', async () => {
    const caller = await newCaller(db);
    const write = request();
    const first = await onceForKey(caller, write, create);
    const again = await onceForKey(caller, write, () => assert.fail('carried out twice'));
    assert.deepEqual(first, { status: 201, body: first.body, replayed: false });
    assert.deepEqual(again, { ...first, replayed: true });
    assert.equal(await countTrips(caller.userId), 1);
  });

  test('20 at the same time: one execution, 20 equal answers', async () => {
    const caller = await newCaller(db);
    const write = request();
    let executions = 0;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        onceForKey(caller, write, async (inner) => {
          executions++;
          await sleep(50);
          return create(inner);
        }),
      ),
    );
    assert.equal(executions, 1);
    assert.equal(answers.filter((answer) => !answer.replayed).length, 1);
    for (const { status, body } of answers)
      assert.deepEqual({ status, body }, { status: 201, body: answers[0]?.body });
    assert.equal(await countTrips(caller.userId), 1);
  });

  test('the same key for another body, path or method', async () => {
    const write = request();
    await onceForKey(asha, write, create);
    for (const other of [
      { body: tripInput({ passengers: 3 }) },
      { path: '/api/v1/saved-routes' },
      { method: 'PUT' },
    ])
      await assert.rejects(
        onceForKey(asha, { ...write, ...other }, () => assert.fail('carried out')),
        refusedAs('UNPROCESSABLE'),
      );
    // The order of the keys of a body is not another body.
    const turned = Object.fromEntries(Object.entries(tripInput()).toReversed());
    assert.equal((await onceForKey(asha, { ...write, body: turned }, create)).replayed, true);
  });

  test('a write that fails leaves neither itself nor the key, and may be tried again', async () => {
    const caller = await newCaller(db);
    const write = request();
    await assert.rejects(
      onceForKey(caller, write, async (inner) => {
        await create(inner);
        throw new AppError('UNAVAILABLE', 'lost the connection');
      }),
      refusedAs('UNAVAILABLE'),
    );
    await assert.rejects(
      onceForKey(caller, write, async (inner) => ({
        status: 200,
        body: await markLegBooked(inner, 'cnosuchtrip', 0),
      })),
      refusedAs('NOT_FOUND'),
    );
    assert.equal(await countTrips(caller.userId), 0);
    assert.equal((await onceForKey(caller, write, create)).replayed, false);
    assert.equal(await countTrips(caller.userId), 1);
  });

  test('waiting behind one that fails, the next carries it out', async () => {
    const caller = await newCaller(db);
    const write = request();
    const [failed, done] = await Promise.allSettled([
      onceForKey(caller, write, async () => {
        await sleep(100);
        throw new AppError('UNAVAILABLE', 'lost');
      }),
      sleep(30).then(() => onceForKey(caller, write, create)),
    ]);
    assert.equal(failed.status, 'rejected');
    assert.equal(done.status, 'fulfilled');
    assert.equal(await countTrips(caller.userId), 1);
  });

  test('a refusal that is an answer is kept as one', async () => {
    const write = request();
    await onceForKey(asha, write, refuse);
    assert.deepEqual(await onceForKey(asha, write, create), {
      status: 422,
      body: { code: 'UNPROCESSABLE' },
      replayed: true,
    });
  });

  test('an answer without a body', async () => {
    const write = request({ method: 'DELETE' });
    await onceForKey(asha, write, async () => ({ status: 204 }));
    assert.deepEqual(await onceForKey(asha, write, create), { status: 204, replayed: true });
  });

  test('kept for 24 hours, not longer', async () => {
    const write = request();
    await onceForKey(asha, write, create);
    const age = (hours: number) =>
      db.service.query({
        text: `UPDATE idempotency_keys SET created_at = created_at - $2 * interval '1 hour', expires_at = expires_at - $2 * interval '1 hour'
               WHERE key = $1`,
        values: [write.key, hours],
      });
    await age(23.9);
    assert.equal((await onceForKey(asha, write, create)).replayed, true);
    await age(0.2);
    assert.equal((await onceForKey(asha, write, create)).replayed, false);
    assert.equal((await onceForKey(asha, write, create)).replayed, true);
  });

  test('each user has their own keys, and nobody reads another’s answers', async () => {
    const write = request();
    const mine = await onceForKey(asha, write, create);
    const theirs = await onceForKey(ravi, write, create);
    assert.equal(theirs.replayed, false);
    assert.notDeepEqual(theirs.body, mine.body);
    assert.equal((await getUserTrips(ravi, { limit: 100 })).trips.length, 1);
    const { rows } = await asUser(ravi.userId, () =>
      db.app.query<{ user_id: string }>({ text: 'SELECT user_id FROM idempotency_keys' }),
    );
    assert.deepEqual(rows, [{ user_id: ravi.userId }]);
  });

  test('refuses keys that are none', async () => {
    for (const key of ['', 'x'.repeat(256), 'a b', 'ä', 'a\0'])
      await assert.rejects(onceForKey(asha, request({ key }), create), { code: 'INVALID_REQUEST' });
  });

  test('more waiting than connections: nobody waits for ever', async () => {
    const caller = await newCaller(db);
    const writes = Array.from({ length: 5 }, () => request());
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => onceForKey(caller, writes[n % 5]!, create)),
    );
    assert.equal(answers.filter((answer) => !answer.replayed).length, 5);
    assert.equal(await countTrips(caller.userId), 5);
  });
});
