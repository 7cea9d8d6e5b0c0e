import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { connect } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { limitIdentifiers } from './limitIdentifiers.ts';
import { limitRequest, type LimitRule, limitRules } from './limitRequest.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const rule = (name: string, whenUnavailable: LimitRule['whenUnavailable'] = 'allow'): LimitRule => ({
  name,
  maxRequests: 2,
  windowMs: 60_000,
  whenUnavailable,
});

test('answers the fewest left and refuses with the time to wait', async () => {
  const who = limitIdentifiers('192.0.2.1', 'u1');
  assert.equal((await limitRequest(db.app, rule('r1'), who))?.remaining, 1);
  assert.equal((await limitRequest(db.app, rule('r1'), limitIdentifiers('192.0.2.2', 'u1')))?.remaining, 0);
  await assert.rejects(
    limitRequest(db.app, rule('r1'), limitIdentifiers('192.0.2.3', 'u1')),
    (error: unknown) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, 'RATE_LIMITED');
      assert.ok(Number(error.facts['retryAfterSeconds']) > 50);
      return true;
    },
  );
});

test('rules do not share a count', async () => {
  const who = limitIdentifiers('192.0.2.9');
  for (const name of ['r2', 'r3', 'r4'])
    assert.equal((await limitRequest(db.app, rule(name), who))?.remaining, 1);
});

test('many addresses of one /48 meet its limit', async () => {
  const admitted = [];
  for (let network = 0; network < 40; network++)
    admitted.push(
      await limitRequest(db.app, rule('r5'), limitIdentifiers(`2001:db8:7:${network.toString(16)}::1`)).then(
        () => true,
        () => false,
      ),
    );
  assert.equal(admitted.filter(Boolean).length, 16);
});

test('without a database a search is let through and a write is not', async () => {
  const away = await connect({ ownerUrl: db.ownerUrl, role: 'rs_app' });
  await away.close();
  const who = limitIdentifiers('192.0.2.1');
  const heard: unknown[] = [];
  assert.equal(await limitRequest(away, limitRules.search, who, (error) => heard.push(error)), null);
  assert.equal(heard.length, 1);
  await assert.rejects(limitRequest(away, limitRules.write, who), { code: 'UNAVAILABLE' });
  await assert.rejects(limitRequest(away, limitRules.signIn, who), { code: 'UNAVAILABLE' });
});

test('a limiter that hangs is given up after a second', async () => {
  const blocker = await db.service.pool.connect();
  try {
    await blocker.query('BEGIN; LOCK TABLE rate_limits IN ACCESS EXCLUSIVE MODE');
    const started = performance.now();
    assert.equal(await limitRequest(db.app, limitRules.search, limitIdentifiers('192.0.2.8')), null);
    assert.ok(performance.now() - started < 3000);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
});
