import assert from 'node:assert/strict';
import test, { after, before, suite } from 'node:test';
import pg from 'pg';
import { testDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { asUser } from './asUser.ts';
import { connect } from './connect.ts';
import type { Database } from './connect.ts';

const WHO = `SELECT coalesce(nullif(current_setting('app.user_id', true), ''), 'nobody') AS who`;

/** The same tests with a prepared `rs_set_user`, and as a pooler without prepared statements needs it. */
for (const [way, parameters] of [
  ['prepared', ''],
  ['without prepared statements', '&prepare=false'],
] as const)
  suite(`one statement as a user, ${way}`, () => {
    let db: TestDatabase;
    let app: Database;
    before(async () => {
      db = await testDatabase();
      const owner = new pg.Client({ connectionString: db.ownerUrl });
      await owner.connect();
      await owner.query(`
        CREATE TABLE pairs (id int PRIMARY KEY, other int REFERENCES pairs DEFERRABLE INITIALLY DEFERRED);
        GRANT SELECT, INSERT ON pairs TO rs_app;
        CREATE FUNCTION who() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN current_setting('app.user_id'); END $$`);
      await owner.end();
      app = await connect({
        ownerUrl: `${db.ownerUrl}?connection_limit=1${parameters}`,
        role: 'rs_app',
        statementTimeoutMs: 400,
      });
    });
    after(async () => {
      await app.close();
      await db.drop();
    });

    const as = (user: string, text: string, values?: readonly unknown[], name?: string) =>
      asUser(user, () =>
        app.query({ text, ...(values ? { values } : {}), ...(name === undefined ? {} : { name }) }),
      );
    /** The one connection is good and knows nobody; a next user is the next user. */
    async function isClean(): Promise<void> {
      assert.deepEqual((await app.query({ text: WHO })).rows, [{ who: 'nobody' }]);
      assert.deepEqual((await as('next', WHO)).rows, [{ who: 'next' }]);
      assert.deepEqual((await app.query({ text: WHO })).rows, [{ who: 'nobody' }]);
      assert.deepEqual([app.pool.totalCount, app.pool.idleCount], [1, 1]);
    }

    test('the answer is the statement’s own: rows, count, command, fields', async () => {
      for (const name of [undefined, 'mine', 'mine']) {
        const result = await as('u', 'SELECT $1::int AS n, who() AS who', [7], name);
        assert.deepEqual(result.rows, [{ n: 7, who: 'u' }]);
        assert.deepEqual([result.rowCount, result.command], [1, 'SELECT']);
        assert.deepEqual(
          result.fields.map((field) => field.name),
          ['n', 'who'],
        );
      }
      const none = await as('u', 'SELECT 1 AS one WHERE false');
      assert.deepEqual([none.rows, none.rowCount], [[], 0]);
      const written = await as('u', 'INSERT INTO pairs VALUES (1), (2)');
      assert.deepEqual([written.rows, written.rowCount, written.command], [[], 2, 'INSERT']);
      const empty = await as('u', '');
      assert.deepEqual(empty.rows, []);
      await isClean();
    });

    test('one Sync each, and nothing by the simple protocol', async () => {
      const client = await app.pool.connect();
      const { connection } = client as unknown as {
        connection: Record<'sync' | 'query', (...given: unknown[]) => void>;
      };
      const sent = { sync: 0, query: 0 };
      const [sync, query] = [connection.sync, connection.query];
      connection.sync = (...given) => (sent.sync++, sync.apply(connection, given));
      connection.query = (...given) => (sent.query++, query.apply(connection, given));
      client.release();
      for (let i = 0; i < 10; i++) await as('u', WHO);
      await asUser('u', () => app.prisma.trip.findMany());
      assert.deepEqual(sent, { sync: 11, query: 0 });
    });

    test('what fails takes back everything, says why, and leaves the connection clean', async () => {
      const failures: [text: string, code: string, values?: unknown[], name?: string][] = [
        ['SELECT nonsense', '42703'],
        ['SELECT nonsense', '42703', [], 'never parsed'],
        ['SELECT nonsense', '42703', [], 'never parsed'], // its name was not taken
        ['SELECT 1 / $1::int', '22012', [0]],
        ['SELECT 1 / (3 - n) FROM generate_series(1, 100) n', '22012'], // after some rows
        ['SELECT $1::text', '22021', ['a\0b']],
        ['SELECT $1::int', '22P02', ['many']],
        ['SELECT $1::int, $2::int', '08P01', [1]],
        ['INSERT INTO pairs VALUES (3), (3)', '23505'],
        ['INSERT INTO pairs VALUES (4, 5)', '23503'], // a deferred constraint: fails at the Sync
        ['SELECT pg_sleep(3)', '57014'], // statement_timeout
        ['SELECT 1; SELECT 2', '42601'], // one statement is one statement
        ["SET LOCAL app.user_id = 'b'; SELECT 1", '42601'],
      ];
      for (const [text, code, values, name] of failures) {
        await assert.rejects(as('u', text, values, name), { code }, text);
        await isClean();
      }
      await assert.rejects(as('a\0b', WHO), { code: '22021' });
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      await assert.rejects(as('u', 'SELECT $1::jsonb', [circular]), TypeError);
      await isClean();
      assert.deepEqual((await as('u', 'SELECT id FROM pairs ORDER BY id')).rows, [{ id: 1 }, { id: 2 }]);
    });

    test('the stack of an error leads to who asked', async () => {
      async function thePersonWhoAsked() {
        return await as('u', 'SELECT nonsense');
      }
      await assert.rejects(thePersonWhoAsked(), (error: Error) =>
        /thePersonWhoAsked/.test(error.stack ?? ''),
      );
    });

    test('large values and many rows come whole', async () => {
      const large = 'x'.repeat(3_000_000);
      const echoed = await as('u', 'SELECT $1::text AS large', [large]);
      assert.equal(echoed.rows[0]?.['large'], large);
      const wide = await connect({ ownerUrl: db.ownerUrl, role: 'rs_app', max: 1 });
      const { rows } = await asUser('u', () =>
        wide.query<{ n: number; text: string }>({
          text: `SELECT n, repeat('y', 200) AS text FROM generate_series(1, 60000) n`,
        }),
      );
      await wide.close();
      assert.equal(rows.length, 60_000);
      assert.ok(rows.every(({ n, text }, index) => n === index + 1 && text.length === 200));
      await isClean();
    });

    test('a statement that opens a transaction is refused, and its connection not used again', async () => {
      const pid = async () => (await app.query({ text: 'SELECT pg_backend_pid() AS pid' })).rows[0]?.['pid'];
      const first = await pid();
      await assert.rejects(as('u', 'BEGIN'), { code: 'INTERNAL', message: /left a transaction open/ });
      await isClean();
      const second = await pid();
      assert.notEqual(second, first);
      // Nobody is watched less closely, but no user comes into the transaction that nobody opened.
      await app.query({ text: 'BEGIN' });
      await as('u', 'INSERT INTO pairs VALUES (9)');
      assert.notEqual(await pid(), second);
      assert.equal((await as('u', 'SELECT FROM pairs WHERE id = 9')).rowCount, 1);
      await isClean();
    });

    test('prepared statements that the server forgot cost one failure, not the connection', async () => {
      await as('u', WHO, [], 'mine too');
      await as('u', 'DEALLOCATE ALL');
      if (parameters === '') await assert.rejects(as('u', WHO, [], 'mine too'), { code: '26000' });
      assert.deepEqual((await as('u', WHO, [], 'mine too')).rows, [{ who: 'u' }]);
      await isClean();
    });

    test('a connection that is ended in a statement fails that statement only', async () => {
      const waiting = as('u', 'SELECT pg_sleep(0.3)');
      const failed = assert.rejects(waiting, { code: '57P01' });
      await db.service.pool.query('SELECT 1');
      const owner = new pg.Client({ connectionString: db.ownerUrl });
      await owner.connect();
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(0.3)%' AND datname = current_database()`,
      );
      await owner.end();
      await failed;
      await isClean();
    });
  });
