import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { bareDatabase } from '../../test/support/database.ts';
import { type DebianServer, startDebian15, withoutDebian15 } from '../../test/support/debianServer.ts';
import { connect } from './connect.ts';
import { drift, migrate, reset } from './migrate.ts';
import { QUEUE_REVISION } from './queue.ts';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What the library does as rs_service: adds, takes and completes a job. */
async function useQueue(ownerUrl: string): Promise<void> {
  const service = await connect({ ownerUrl, role: 'rs_service', max: 2 });
  const { makeWorkerUtils, runOnce } = await import('graphile-worker');
  const done: unknown[] = [];
  try {
    const utils = await makeWorkerUtils({ pgPool: service.pool });
    await utils.addJob('greet', { name: 'Asha' }, { queueName: 'one', jobKey: 'key' });
    await utils.release();
    await runOnce({
      pgPool: service.pool,
      noHandleSignals: true,
      taskList: { greet: (payload) => void done.push(payload) },
    });
    const { rows } = await service.query({ text: 'SELECT id FROM graphile_worker.jobs' });
    assert.equal(rows.length, 0);
  } finally {
    await service.close();
  }
  assert.deepEqual(done, [{ name: 'Asha' }]);
}

const revision = (url: string) => query(url, 'SELECT max(id) AS id FROM graphile_worker.migrations');

suite('the job queue on the built-in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof bareDatabase>>;
  before(async () => {
    database = await bareDatabase('template0');
    await migrate(database.ownerUrl);
  });
  after(() => database.drop());

  test('it has the last migration of the package, and rs_service runs it', async () => {
    assert.deepEqual(await revision(database.ownerUrl), [{ id: QUEUE_REVISION }]);
    await useQueue(database.ownerUrl);
  });

  test('requests have no way in', async () => {
    const app = await connect({ ownerUrl: database.ownerUrl, role: 'rs_app', max: 1 });
    for (const text of [
      'SELECT FROM graphile_worker.jobs',
      `SELECT graphile_worker.add_job('greet')`,
      'DELETE FROM graphile_worker._private_jobs',
    ])
      await assert.rejects(app.query({ text }), { code: '42501' }, text);
    await app.close();
  });

  test('migrating again changes nothing; lost rights come back; it is nobody’s drift', async () => {
    const rights = `SELECT relname, relacl::text, oid::int FROM pg_class WHERE relnamespace = 'graphile_worker'::regnamespace ORDER BY 1`;
    const were = await query(database.ownerUrl, rights);
    await migrate(database.ownerUrl);
    assert.deepEqual(await query(database.ownerUrl, rights), were);
    await query(database.ownerUrl, 'DROP POLICY service ON graphile_worker._private_jobs');
    await migrate(database.ownerUrl);
    await useQueue(database.ownerUrl);
    assert.deepEqual(await drift(database.ownerUrl), { schema: '', live: [] });
  });

  test('a queue of a newer version is refused', async () => {
    await query(
      database.ownerUrl,
      `INSERT INTO graphile_worker.migrations (id) VALUES (${QUEUE_REVISION + 1})`,
    );
    await assert.rejects(migrate(database.ownerUrl), /job queue is of a newer version/);
  });

  test('a reset empties it too', async () => {
    await reset(database.ownerUrl);
    assert.deepEqual(await revision(database.ownerUrl), [{ id: QUEUE_REVISION }]);
    await useQueue(database.ownerUrl);
  });
});

suite('the job queue of an owner who is no superuser (PostgreSQL 15)', { skip: withoutDebian15 }, () => {
  let server: DebianServer;
  before(async () => {
    server = await startDebian15();
  });
  after(() => server.stop());

  test('the owner migrates, rs_service runs', async () => {
    await migrate(server.ownerUrl);
    assert.deepEqual(await revision(server.ownerUrl), [{ id: QUEUE_REVISION }]);
    await useQueue(server.ownerUrl);
    await reset(server.ownerUrl);
    await useQueue(server.ownerUrl);
  });
});
