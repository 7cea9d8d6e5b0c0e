import assert from 'node:assert/strict';
import test, { after, before, suite } from 'node:test';
import pg from 'pg';
import { testDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { asUser, currentUser } from './asUser.ts';
import { connect } from './connect.ts';
import { toAppError } from './sqlstate.ts';

const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
const trip = (userId: string, id: string) => ({
  id,
  userId,
  origin: place,
  destination: place,
  date: new Date('2026-12-01'),
});
const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

const anonymousOr = (user: string) =>
  `INSERT INTO search_queries (id, user_id, origin, destination, date, passengers, preference, routes_found)
   VALUES (gen_random_uuid()::text, ${user}, '${JSON.stringify(place)}', '${JSON.stringify(place)}', '2026-12-01', 1, 'BALANCED', 3)`;

/** Tables with a user_id that lack ENABLE, FORCE or an own-rows policy with a check. */
const unprotected = `
  SELECT c.oid::regclass::text AS name FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND (c.relispartition OR EXISTS (
      SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 0 = ANY (p.polroles)
        AND pg_get_expr(p.polqual, c.oid) LIKE '%app_user_id()%' AND pg_get_expr(p.polwithcheck, c.oid) LIKE '%app_user_id()%')))
  ORDER BY 1`;

suite('row-level security', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.service.prisma.user.createMany({
      data: ['a', 'b'].map((id) => ({ id, email: `${id}@example.org` })),
    });
    await db.service.prisma.trip.createMany({ data: [trip('a', 'ta'), trip('b', 'tb')] });
  });
  after(() => db.drop());

  test('every table with a user_id is protected, and an unprotected one would be found', async () => {
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    try {
      assert.deepEqual((await owner.query(unprotected)).rows, []);
      await owner.query('BEGIN');
      await owner.query('CREATE TABLE planted (user_id text)');
      await owner.query('ALTER TABLE saved_routes NO FORCE ROW LEVEL SECURITY');
      assert.deepEqual((await owner.query(unprotected)).rows, [
        { name: 'planted' },
        { name: 'saved_routes' },
      ]);
      await owner.query('ROLLBACK');
    } finally {
      await owner.end();
    }
  });

  test('an id is a value, whatever it holds: as the user of a statement nothing else can be said with it', async () => {
    const told = (userId: string) =>
      asUser(userId, () => db.app.query<{ id: string }>({ text: 'SELECT app_user_id() AS id' }));
    for (const id of [
      "o'brien",
      "a'; SET LOCAL app.user_id = 'b",
      String.raw`a\'; SET LOCAL app.user_id = 'b' --`,
      String.raw`a\\`,
      'a"$$; COMMIT; --',
      'नोएडा',
      'x'.repeat(300),
    ])
      assert.equal((await told(id)).rows[0]?.id, id);
    await assert.rejects(told('a\0; b'));
    assert.deepEqual((await told('b')).rows, [{ id: 'b' }]); // and the connection is clean
  });

  test('the roles log in, own nothing and bypass nothing', async () => {
    const { rows } = await db.service.query({
      text: `SELECT rolname AS name, rolcanlogin AS login, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS special,
               EXISTS (SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owns
             FROM pg_roles r WHERE rolname LIKE 'rs\\_%' ORDER BY 1`,
    });
    assert.deepEqual(rows, [
      { name: 'rs_app', login: true, special: false, owns: false },
      { name: 'rs_backup', login: true, special: false, owns: false },
      { name: 'rs_service', login: true, special: false, owns: false },
    ]);
    await assert.rejects(db.app.query({ text: 'SET ROLE rs_service' }), { code: '42501' });
    await assert.rejects(db.app.query({ text: 'ALTER TABLE trips DISABLE ROW LEVEL SECURITY' }), {
      code: '42501',
    });
  });

  test('one sees and changes one’s own rows, by Prisma, by SQL, and in transactions of both', async () => {
    const { app } = db;
    await asUser('a', async () => {
      assert.deepEqual(ids(await app.prisma.trip.findMany()), ['ta']);
      assert.deepEqual(
        ids((await app.query<{ id: string }>({ name: 'all', text: 'SELECT id FROM trips' })).rows),
        ['ta'],
      );
      const [users, trips] = await app.prisma.$transaction([
        app.prisma.user.findMany(),
        app.prisma.trip.findMany(),
      ]);
      assert.deepEqual([ids(users), ids(trips)], [['a'], ['ta']]);
      const inside = await app.prisma.$transaction(async (tx) => ids(await tx.trip.findMany()));
      assert.deepEqual(inside, ['ta']);
      const raw = await app.transaction(async (tx) =>
        ids((await tx.query<{ id: string }>({ text: 'SELECT id FROM trips' })).rows),
      );
      assert.deepEqual(raw, ['ta']);
      assert.equal((await app.prisma.trip.updateMany({ data: { passengers: 2 } })).count, 1);
      assert.equal((await app.prisma.trip.deleteMany({ where: { id: 'tb' } })).count, 0);
    });
    assert.equal((await db.service.prisma.trip.findUniqueOrThrow({ where: { id: 'tb' } })).passengers, 1);
  });

  test('outside asUser rs_app sees nobody’s rows', async () => {
    assert.equal(await db.app.prisma.trip.count(), 0);
    assert.equal((await db.app.query({ text: 'SELECT FROM trips' })).rowCount, 0);
    assert.equal((await db.app.pool.query('SELECT FROM users')).rowCount, 0);
    assert.equal(await db.service.prisma.trip.count(), 2);
  });

  test('a row in another’s name is refused as not found; ids cannot be changed', async () => {
    const write = asUser('a', () => db.app.prisma.trip.create({ data: trip('b', 'stolen') }));
    await assert.rejects(write, (error) => {
      assert.equal((toAppError(error) as { code: string }).code, 'NOT_FOUND');
      return true;
    });
    for (const text of [
      "UPDATE trips SET user_id = 'b'",
      "UPDATE users SET email = 'x@example.org'",
      'SELECT access_token FROM accounts',
    ])
      await assert.rejects(
        asUser('a', () => db.app.query({ text })),
        { code: '42501' },
      );
    const legs =
      "INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode) VALUES ('l', 'a', 'tb', 0, 'bus')";
    await assert.rejects(
      asUser('a', () => db.app.query({ text: legs })),
      { code: '23503' },
    );
  });

  test('anonymous analytics may be added, in another’s name not', async () => {
    await db.app.query({ text: anonymousOr('NULL') });
    await asUser('a', () => db.app.query({ text: anonymousOr("'a'") }));
    await assert.rejects(db.app.query({ text: anonymousOr("'a'") }), { code: '42501' });
    await assert.rejects(
      asUser('a', () => db.app.query({ text: anonymousOr("'b'") })),
      { code: '42501' },
    );
    assert.equal(await asUser('a', () => db.app.prisma.searchQuery.count()), 1);
    const partition = await db.service.query<{ name: string }>({
      text: 'SELECT tableoid::regclass::text AS name FROM search_queries',
    });
    await assert.rejects(db.app.query({ text: `SELECT FROM ${partition.rows[0]?.name}` }), { code: '42501' });
  });

  test('concurrent users over few connections never meet; failures leave the connection clean', async () => {
    const app = await connect({ ownerUrl: db.ownerUrl, role: 'rs_app', max: 3 });
    const ask = async (i: number): Promise<void> => {
      const user = i % 2 ? 'a' : 'b';
      await asUser(user, async () => {
        const kind = i % 5;
        if (kind === 0) await assert.rejects(app.query({ text: 'SELECT 1 / 0' }), { code: '22012' });
        else if (kind === 1)
          await assert.rejects(
            app.transaction(async (tx) => tx.query({ text: 'SELECT nonsense' })),
            { code: '42703' },
          );
        else if (kind === 2)
          await assert.rejects(
            app.prisma.$transaction(async () => Promise.reject(new Error('changed my mind'))),
            /changed my mind/,
          );
        else if (kind === 3) assert.equal((await app.prisma.trip.findMany())[0]?.userId, user);
        else
          assert.equal(
            (await app.query({ name: 'who', text: 'SELECT user_id FROM trips' })).rows[0]?.['user_id'],
            user,
          );
        assert.equal(currentUser(), user);
      });
      assert.equal(
        (await app.query({ text: `SELECT current_setting('app.user_id', true) AS who` })).rows[0]?.['who'] ||
          null,
        null,
      );
    };
    await Promise.all(Array.from({ length: 300 }, (_, i) => ask(i)));
    await app.close();
  });

  test('what users ask in the same tick is never sent together', async () => {
    const { prisma } = db.app;
    const asks = (user: string, id: string) => asUser(user, () => prisma.user.findUnique({ where: { id } }));
    const tries = ['a', 'b'].flatMap((user) => ['a', 'b'].map((id) => ({ user, id })));
    // Both orders: without separation whoever asks first decides whose rows everybody gets.
    for (const round of [tries, tries.toReversed()]) {
      const found = await Promise.all(round.map(({ user, id }) => asks(user, id)));
      const expected = round.map(({ user, id }) => (user === id ? id : undefined));
      assert.deepEqual(
        found.map((row) => row?.id),
        expected,
      );
    }
    const both = await Promise.all(
      ['a', 'b'].map((user) =>
        asUser(user, () => prisma.$transaction([prisma.user.findMany(), prisma.trip.findMany()])),
      ),
    );
    assert.deepEqual(
      both.map(([users, trips]) => [ids(users), ids(trips)]),
      [
        [['a'], ['ta']],
        [['b'], ['tb']],
      ],
    );
    const inside = await Promise.all(
      ['a', 'b'].map((user) =>
        asUser(user, () => prisma.$transaction((tx) => tx.user.findUnique({ where: { id: 'a' } }))),
      ),
    );
    assert.deepEqual(
      inside.map((row) => row?.id),
      ['a', undefined],
    );
    const [mixed, nobody] = await Promise.all([
      asks('a', 'a'),
      prisma.user.findUnique({ where: { id: 'a' } }),
    ]);
    assert.deepEqual([mixed?.id, nobody], ['a', null]);
  });

  test('asUser refuses nobody and a change of user', async () => {
    await assert.rejects(
      asUser('', async () => 1),
      { code: 'UNAUTHENTICATED' },
    );
    await assert.rejects(
      asUser('a', () => asUser('b', async () => 1)),
      { code: 'INTERNAL' },
    );
    assert.equal(await asUser('a', () => asUser('a', async () => currentUser())), 'a');
    assert.equal(currentUser(), undefined);
  });
});
