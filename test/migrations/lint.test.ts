import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { lintMigration } from './lint.ts';

const folder = path.resolve(import.meta.dirname, '../../prisma/migrations');
/** Made before anybody had data: these may lock what they like. */
const LAST_FREE = '20261130222000_backup_role';

const rulesOf = (script: string): string[] => lintMigration(script).map(({ rule }) => rule);

const refused: Record<string, [script: string, ...rules: string[]]> = {
  'an index that locks': ['CREATE INDEX i ON trips (date);', 'index-locks'],
  'an index that takes a half for a whole': [
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON trips (date)',
    'index-if-not-exists',
  ],
  'two indexes in a file': [
    'CREATE INDEX CONCURRENTLY i ON trips (date); CREATE INDEX CONCURRENTLY j ON trips (id);',
    'index-alone',
  ],
  'a column that must be written': ['ALTER TABLE trips ADD COLUMN x int NOT NULL;', 'column-not-null'],
  'a column that rewrites the table': [
    'ALTER TABLE "public"."trips" ADD COLUMN x text DEFAULT gen_random_uuid();',
    'column-volatile-default',
  ],
  'another type': ['ALTER TABLE "trips" ALTER COLUMN "time" SET DATA TYPE varchar(5);', 'column-type'],
  'NOT NULL on all rows': ['ALTER TABLE trips ALTER COLUMN time SET NOT NULL;', 'set-not-null'],
  'a check of all rows': [
    'ALTER TABLE trips ADD CONSTRAINT c CHECK (passengers < 9);',
    'constraint-validates',
  ],
  'a foreign key over all rows': [
    'ALTER TABLE trips ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id);',
    'constraint-validates',
  ],
  'a check and its validation together': [
    'ALTER TABLE trips ADD CONSTRAINT c CHECK (true) NOT VALID; ALTER TABLE trips VALIDATE CONSTRAINT c;',
    'validate-apart',
  ],
  'a unique that builds its index': [
    'ALTER TABLE trips ADD CONSTRAINT u UNIQUE (user_id, date);',
    'constraint-index',
  ],
  'a table written anew': ['ALTER TABLE rate_limits SET LOGGED;', 'rewrites'],
  'a lock': ['LOCK TABLE trips;', 'locks'],
  'all rows changed': [`UPDATE trips SET time = '08:00' WHERE time IS NULL;`, 'data'],
  'a column taken away': ['ALTER TABLE trips DROP COLUMN time;', 'floor'],
  'a table taken away': ['DROP TABLE saved_routes;', 'floor'],
  'a new name': ['ALTER TABLE trips RENAME COLUMN time TO clock;', 'floor'],
};
for (const [what, [script, ...rules]] of Object.entries(refused))
  test(`${what} is found`, () => assert.deepEqual(rulesOf(script), rules));

const accepted: Record<string, string> = {
  'a new table with all that belongs to it': `
    CREATE TABLE "notes" ("id" text NOT NULL, CONSTRAINT "notes_pkey" PRIMARY KEY ("id"));
    CREATE INDEX "notes_idx" ON "notes" ("id");
    ALTER TABLE "notes" ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "users" ("id");
    ALTER TABLE notes ADD CONSTRAINT c CHECK (id <> '; DROP TABLE users');`,
  'a column without a value, or with one that is the same for all': `
    ALTER TABLE trips ADD COLUMN a text; ALTER TABLE trips ADD COLUMN b int NOT NULL DEFAULT 0;`,
  'an index beside the traffic': 'CREATE INDEX CONCURRENTLY i ON trips (date); -- LOCK TABLE trips;',
  'a check for new rows': 'ALTER TABLE trips ADD CONSTRAINT c CHECK (passengers < 9) NOT VALID;',
  'its validation': 'ALTER TABLE trips VALIDATE CONSTRAINT c;',
  'a default, and one less':
    'ALTER TABLE trips ALTER COLUMN a SET DEFAULT 1; ALTER TABLE trips ALTER COLUMN b DROP DEFAULT;',
  'what functions do': `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE trips SET a = 1; DROP TABLE x $$;`,
  'something taken away, with the version that can do without it': `
    ALTER TABLE trips DROP COLUMN time; COMMENT ON SCHEMA public IS 'RouteStitch 0.4.0 or newer';`,
  'a fault with its reason': '-- allow data: twelve rows\nUPDATE networks SET name = name;',
};
for (const [what, script] of Object.entries(accepted))
  test(`${what} is fine`, () => assert.deepEqual(lintMigration(script), []));

test('a reason must be given', () =>
  assert.deepEqual(rulesOf('-- allow data:\nUPDATE networks SET name = name;'), ['data']));

test('our migrations can be applied beside the traffic', () => {
  const names = readdirSync(folder).filter((name) => /^\d{14}_/.test(name) && name > LAST_FREE);
  const findings = names.flatMap((name) =>
    lintMigration(readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')).map(
      ({ rule, statement, instead }) => `${name}: ${rule}: ${statement.slice(0, 100)} — ${instead}`,
    ),
  );
  assert.deepEqual(findings, []);
});
