import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { newCaller } from '../../../test/support/trips.ts';
import { purgeAccessLog } from './index.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

test('accesses of before 13 months go; what is younger than a year cannot, whoever asks', async () => {
  const { userId } = await newCaller(db);
  const ages = ['14 months', '12 months 20 days', '11 months', '0 days'];
  for (const age of ages)
    await db.service.query({
      text: `INSERT INTO admin_accesses (id, user_id, path, at) VALUES ($1::text, $2, '/api/v1/admin/funnel', now() - $1::text::interval)`,
      values: [age, userId],
    });
  const left = async () =>
    (await db.service.query<{ id: string }>({ text: 'SELECT id FROM admin_accesses ORDER BY at' })).rows.map(
      ({ id }) => id,
    );
  assert.equal(await purgeAccessLog(db.service), 1);
  assert.deepEqual(await left(), ages.slice(1));
  assert.equal(await purgeAccessLog(db.service, 1), 1, 'the policy holds against a job that asks too much');
  assert.deepEqual(await left(), ages.slice(2));
  await db.service.query({ text: 'DELETE FROM admin_accesses' });
  assert.deepEqual(await left(), ages.slice(2));
  await assert.rejects(db.app.query({ text: 'DELETE FROM admin_accesses' }), { code: '42501' });
});
