import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after, before, suite } from 'node:test';
import pg from 'pg';
import { asGolden, describe } from '../../../test/golden/schema.ts';
import { bareDatabase } from '../../../test/support/database.ts';
import { startDebian15, withoutDebian15 } from '../../../test/support/debianServer.ts';
import type { DebianServer } from '../../../test/support/debianServer.ts';
import { templateName } from '../../../test/support/testServer.ts';
import { drift, migrate, schemaDrift } from '../migrate.ts';
import { schemaFile } from './engine.ts';

const goldenFile = path.resolve(import.meta.dirname, '../../../test/golden/schema.sql');

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

suite('schema on the built-in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof bareDatabase>>;
  before(async () => {
    database = await bareDatabase(templateName);
  });
  after(() => database.drop());

  test('an empty migrated database is the golden file', async () => {
    assert.equal(asGolden(await describe(database.ownerUrl)), await readFile(goldenFile, 'utf8'));
  });

  test('no drift; each planted change in the live database shows, seen by Prisma or not', async () => {
    assert.deepEqual(await drift(database.ownerUrl), { schema: '', live: [] });
    await run(
      database.ownerUrl,
      `ALTER TABLE trips ADD COLUMN planted int;
       ALTER TABLE trips NO FORCE ROW LEVEL SECURITY;
       ALTER TABLE users DROP CONSTRAINT users_email_chk;
       GRANT UPDATE (email) ON users TO rs_app;
       ALTER TABLE booking_legs DISABLE TRIGGER trip_legs_changed`,
    );
    const { schema, live } = await drift(database.ownerUrl);
    assert.equal(schema, '');
    const expected = [
      '+ ALTER TABLE public.trips ADD COLUMN planted integer;',
      '+ CREATE TRIGGER trip_legs_changed',
      '+ GRANT UPDATE (email, name,',
      '- ALTER TABLE public.trips FORCE ROW LEVEL SECURITY;',
      '- ALTER TABLE public.users ADD CONSTRAINT users_email_chk',
      '- CREATE TRIGGER trip_legs_changed',
      '- GRANT UPDATE (name, phone,',
    ];
    const found = live.toSorted();
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [i, start] of expected.entries()) assert.ok(found[i]?.startsWith(start), found[i]);
  });

  test('a field that the migrations lack is drift of the schema', async () => {
    const text = await readFile(schemaFile, 'utf8');
    const planted = text.replace('model SavedRoute {', 'model SavedRoute {\n  planted Int?');
    assert.notEqual(planted, text);
    assert.match(
      await schemaDrift(database.ownerUrl, planted),
      /ALTER TABLE "saved_routes" ADD COLUMN +"planted" INTEGER/,
    );
  });
});

suite('schema on PostgreSQL 15', { skip: withoutDebian15 }, () => {
  let server: DebianServer;
  before(async () => {
    server = await startDebian15();
    await migrate(server.ownerUrl);
  });
  after(() => server.stop());

  test('an empty migrated database is the same golden file', async () => {
    assert.equal(asGolden(await describe(server.ownerUrl)), await readFile(goldenFile, 'utf8'));
  });

  test('no drift, and a planted column shows', async () => {
    assert.deepEqual(await drift(server.ownerUrl), { schema: '', live: [] });
    await run(server.ownerUrl, 'ALTER TABLE trips ADD COLUMN planted int');
    assert.deepEqual((await drift(server.ownerUrl)).live, [
      '+ ALTER TABLE public.trips ADD COLUMN planted integer;',
    ]);
  });
});
