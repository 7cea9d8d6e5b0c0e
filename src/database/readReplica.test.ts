/** A real primary and a real streaming replica. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type PostgresPair, startPair, withoutReplica } from '../../test/support/cluster.ts';
import { connect, type Database } from './connect.ts';
import { migrate } from './migrate.ts';
import { openReader, type Reader } from './readReplica.ts';
import { roleUrl } from './roles.ts';

suite('reading from a replica', { skip: withoutReplica }, () => {
  let pair: PostgresPair;
  let primary: Database;
  const changes: string[] = [];
  const open = (readUrl: string | undefined, maxLagMs = 2000): Promise<Reader> =>
    openReader(primary, {
      readUrl,
      role: 'rs_service',
      maxLagMs,
      lookMs: 100,
      onChange: ({ used, reason }) => changes.push(`${used} ${reason}`),
    });
  before(async () => {
    pair = await startPair();
    await migrate(pair.primary.url);
    primary = await connect({ ownerUrl: pair.primary.url, role: 'rs_service' });
  });
  after(async () => {
    await primary.close();
    await pair.stop();
  });

  const where = async (reader: Reader): Promise<string> => {
    const { rows } = await reader.query<{ replica: boolean }>({
      text: 'SELECT pg_is_in_recovery() AS replica',
    });
    return rows[0]!.replica ? 'replica' : 'primary';
  };
  const until = async (reader: Reader, used: boolean): Promise<void> => {
    const limit = performance.now() + 10_000;
    while (reader.counts.used !== used) {
      assert.ok(performance.now() < limit, `used stays ${!used}: ${JSON.stringify(reader.counts)}`);
      await sleep(50);
    }
  };
  /** As the superuser of the replica. */
  const atReplica = async (statement: string): Promise<void> => {
    const url = new URL(roleUrl(pair.replica.url, 'rs_service'));
    const admin = new pg.Client({
      host: '127.0.0.1',
      port: Number(url.port),
      database: 'app',
      ...(await superuser()),
    });
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  const superuser = async () => {
    const { readPassword, superuser: user } = await import('./embedded/cluster.ts');
    return { user, password: await readPassword(pair.primary.cluster) };
  };

  test('reads go there, are counted, and see what was written a moment ago', async () => {
    const reader = await open(pair.replica.url);
    assert.equal(await where(reader), 'replica');
    assert.equal(
      await reader.read(async (database) => (await database.query({ text: 'SELECT 1' })).rowCount),
      1,
    );
    await primary.prisma.user.create({ data: { email: 'asha@example.org' } });
    const limit = performance.now() + 3000;
    const count = async (): Promise<number> =>
      (await reader.query<{ n: number }>({ text: 'SELECT count(*)::int AS n FROM users' })).rows[0]!.n;
    while ((await count()) === 0 && performance.now() < limit) await sleep(20);
    assert.equal(await count(), 1);
    assert.ok(reader.counts.replica >= 4 && reader.counts.primary === 0);
    await reader.close();
  });

  test('one that falls behind is not asked, and is again when it has caught up', async () => {
    const reader = await open(pair.replica.url, 500);
    await atReplica('SELECT pg_wal_replay_pause()');
    for (let turn = 0; turn < 5; turn++) {
      await primary.query({ text: `UPDATE users SET name = 'n${turn}'` });
      await sleep(150);
    }
    await until(reader, false);
    assert.equal(await where(reader), 'primary');
    assert.ok(reader.counts.lagMs === null || reader.counts.lagMs > 500);
    await atReplica('SELECT pg_wal_replay_resume()');
    await until(reader, true);
    assert.equal(await where(reader), 'replica');
    await sleep(700);
    assert.equal(await where(reader), 'replica', 'nothing was written since: it is not behind');
    await reader.close();
  });

  test('one that is killed is not missed, and is used when it is back', async () => {
    const reader = await open(pair.replica.url);
    assert.equal(await where(reader), 'replica');
    await pair.replica.kill();
    const answers = await Promise.all(Array.from({ length: 20 }, () => where(reader)));
    assert.deepEqual(new Set(answers), new Set(['primary']));
    await pair.replica.start();
    await until(reader, true);
    assert.equal(await where(reader), 'replica');
    await reader.close();
  });

  test('a primary is no replica, and a wrong statement fails as it does there', async () => {
    const reader = await open(pair.primary.url);
    assert.deepEqual([await where(reader), reader.counts.used], ['primary', false]);
    await assert.rejects(reader.query({ text: 'SELECT nonsense' }), { code: '42703' });
    await reader.close();
    const none = await open(undefined);
    assert.equal(await where(none), 'primary');
    assert.ok(changes.includes('false it is too far behind') && changes.includes('true it is there'));
  });
});
