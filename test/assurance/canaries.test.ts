/**
 * F14: marks through every route and every way to fail. None is in the log; after the erasure none is in any column of
 * any table outside the hold; all that the database had of them was in the export.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/connect.ts';
import {
  createMailer,
  eraseUser,
  exportUser,
  findAffected,
  personalTables,
} from '../../src/features/accounts/index.ts';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { openLog } from '../../src/http/log.ts';
import { httpServices } from '../../src/main.ts';
import { type ApiDocument, Contract } from '../http/contract.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import { mailSink } from '../support/mailSink.ts';
import { Canaries, databaseError, type MarkedRequest, markedRequests, quotingErrors } from './canaries.ts';
import { type Person, World } from './idorWorld.ts';
import { userTables } from './rowSecurityCatalogue.ts';

const SECRET = 'a secret of at least thirty-two characters';
const LEAST = 200;
const run = promisify(execFile);
const main = path.resolve(import.meta.dirname, '../../src/main.ts');

let opened: TestApp;
let owner: pg.Client;
let services: HttpServices;
let contract: Contract;
let world: World;
const canaries = new Canaries();
const lines: string[] = [];
const log = openLog('trace', { write: (line) => void lines.push(line) });
before(async () => {
  opened = await openTestApp({ AUTH_SECRET: SECRET });
  owner = new pg.Client({ connectionString: opened.db.ownerUrl });
  await owner.connect();
  const config = readConfig({ AUTH_SECRET: SECRET });
  const logging = httpServices(opened.application, opened.db.app, config, log);
  const { limits: _, ...rest } = await withSignIn({ ...opened, services: logging });
  services = rest;
  const app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  world = new World(app, opened.db.service, contract.document);
});
after(async () => {
  await owner.end();
  await opened.close();
});

/** What a user would see of a mark in a column of the database, by the catalogue. */
interface Hit {
  readonly column: string;
  readonly marks: readonly string[];
}

/** Every column of every table that can hold a text, those of partitions and of the archive too; not of the hold. */
async function hits(pattern: string): Promise<Hit[]> {
  const { rows: columns } = await owner.query<{ table: string; column: string }>(`
    SELECT c.oid::regclass::text AS table, a.attname AS column
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname NOT LIKE 'pg\\_%'
      AND n.nspname NOT IN ('information_schema', 'hold')
      AND (t.typcategory IN ('S', 'A') OR t.typname IN ('json', 'jsonb', 'xml'))`);
  assert.ok(columns.length > 100, `${columns.length} columns`);
  const found: Hit[] = [];
  for (const { table, column } of columns) {
    const { rows } = await owner.query<{ marks: string[] | null }>(
      `SELECT array_agg(DISTINCT m[1]) AS marks FROM ${table}, regexp_matches("${column}"::text, $1, 'g') AS m`,
      [pattern],
    );
    if (rows[0]?.marks) found.push({ column: `${table}.${column}`, marks: rows[0].marks });
  }
  return found;
}

const send = (app: ReturnType<typeof createApp>, asked: MarkedRequest, { cookie }: Pick<Person, 'cookie'>) =>
  app.request(asked.path, {
    method: asked.method,
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'user-agent': canaries.next(), ...asked.headers },
    ...(asked.body === undefined || asked.method === 'GET' ? {} : { body: asked.body }),
  });

const idsOf = (key: string, { things }: Person): Record<string, string> => ({
  id: key.includes('/saved-routes/')
    ? things.saved
    : key.includes('/archived')
      ? things.archived
      : things.trip,
  legIndex: '0',
  shareId: things.share,
  calendarId: things.calendar,
  clickId: things.click,
  token: things.shareToken,
  file: things.calendarFile,
  stopToken: things.stopToken,
  table: 'metro-fares',
});

/** Not by the one whose marks are followed: nothing of them would be left. */
const ENDING = /^(DELETE |POST \/auth\/signout)/;

const marked = (key: string, person: Person): MarkedRequest[] => {
  const { operation } = contract.operations.find(({ method, path }) => `${method} ${path}` === key)!;
  return markedRequests(key, operation, idsOf(key, person), canaries.next);
};
const keys = (): string[] => contract.operations.map(({ method, path }) => `${method} ${path}`);

test('through every route: no mark in the log, all of the database’s in the export, none left after the erasure', async (t) => {
  const app = createApp(services);
  const person = await world.person('canary00000x');
  const passing = await world.person('passing');
  const statuses: Record<number, number> = {};
  for (const key of keys()) {
    // What ends something is asked by another; signed in and not, with consent and without.
    const askers = ENDING.test(key) ? [passing] : [person, { ...passing, cookie: '' }];
    for (const asker of askers)
      for (const asked of marked(key, asker)) {
        const { status } = await send(app, asked, asker);
        statuses[status] = (statuses[status] ?? 0) + 1;
        assert.ok(status < 500, `${key} ${JSON.stringify(asked).slice(0, 300)}: ${status}`);
      }
  }
  await opened.application.flush();
  t.diagnostic(`${canaries.count} marks, ${JSON.stringify(statuses)}`);
  assert.ok(canaries.count >= LEAST);
  for (const status of [200, 201, 400, 401, 404, 405, 413, 415, 422])
    assert.ok(statuses[status], `no ${status}`);

  const stored = await hits('(canary\\d{5}x)');
  assert.ok(stored.length > 10, stored.map(({ column }) => column).join(' '));
  const told = JSON.stringify(await exportUser(opened.db.service, person.userId, new Date()));
  for (const { column, marks } of stored)
    for (const mark of marks)
      assert.ok(
        told.includes(mark) || !(await isOf(person, column, mark)),
        `${column}: ${mark} is not in the export`,
      );

  await eraseUser(opened.db.service, person.userId, SECRET);
  await eraseUser(opened.db.service, passing.userId, SECRET).catch(() => {}); // did so already
  assert.deepEqual(await hits('(canary\\d{5}x)'), []);
  assert.deepEqual(await hits(`(${person.userId})`), []);
  assert.ok(lines.length > 500, `${lines.length} lines`);
  assert.deepEqual(lines.filter((line) => /canary/i.test(line)).slice(0, 3), []);
});

/** Whether a mark stands in a row of this user. */
async function isOf({ userId }: Person, column: string, mark: string): Promise<boolean> {
  const [, table = '', name = ''] = /^(.*)\.([^.]+)$/.exec(column)!;
  const by = table === 'users' ? 'id' : 'user_id';
  const { rows } = await owner.query(
    `SELECT to_jsonb(t) ->> '${by}' AS owner FROM ${table} t WHERE strpos("${name}"::text, $1) > 0`,
    [mark],
  );
  return rows.some((row: { owner: string | null }) => row.owner === userId);
}

/** The services, every one of which fails with an error that quotes what it was given. */
function failing(error: (text: string) => unknown, text: () => string): HttpServices {
  const fail = async (...args: unknown[]): Promise<never> => {
    throw error(`${text()} ${JSON.stringify(args)}`);
  };
  const failingAtOnce = (): never => {
    throw error(text());
  };
  const kept = new Set(['log', 'now', 'callers', 'places', 'network']);
  const broken = Object.entries(services).map(([name, value]) => [
    name,
    typeof value === 'function' && !kept.has(name) ? fail : value,
  ]);
  return { ...Object.fromEntries(broken), places: failingAtOnce, network: failingAtOnce } as HttpServices;
}

/** A database that refuses every statement and quotes its values. */
const failingDatabase = (error: (text: string) => unknown, text: () => string): Database => ({
  ...opened.db.app,
  query: async ({ values }) => {
    throw error(`${text()} ${JSON.stringify(values)}`);
  },
  transaction: async () => {
    throw error(text());
  },
});

test('through every way to fail: none in the log, none in the answer beside what was asked', async (t) => {
  const from = lines.length;
  const seen: Record<number, number> = {};
  let mark = '';
  const text = (): string => mark;
  // What ends the session comes last.
  const inOrder = keys().toSorted((a, b) => Number(ENDING.test(a)) - Number(ENDING.test(b)));
  for (const [n, error] of quotingErrors.entries()) {
    const person = await world.person(`canary${90_000 + n}x`);
    const database = failingDatabase(error, text);
    const { callers } = services;
    const caller: typeof callers.caller = async (request) => ({
      ...(await callers.caller(request)),
      database,
    });
    const apps = [
      createApp(failing(error, text)),
      createApp({ ...services, callers: { ...callers, caller } }),
    ];
    for (const key of inOrder)
      for (const app of apps) {
        mark = canaries.next();
        const [asked] = marked(key, person);
        const response = await send(app, asked!, person);
        seen[response.status] = (seen[response.status] ?? 0) + 1;
        if (response.status >= 500) assert.ok(!(await response.text()).includes(mark), key);
      }
  }
  t.diagnostic(JSON.stringify(seen));
  assert.ok(seen[500]! > 500, JSON.stringify(seen));
  const failed = lines.slice(from).filter((line) => line.includes('"request failed"'));
  assert.ok(failed.length > 500, `${failed.length} failures`);
  assert.deepEqual(failed.filter((line) => /canary/i.test(line)).slice(0, 3), []);
  // And yet an operator finds the place.
  for (const line of failed.slice(-20)) assert.match(line, /"type":"\w+"/);
});

test('a mail that is refused: the log says so, and not to whom', async () => {
  const address = `${canaries.next()}@example.org`;
  const sink = await mailSink({ refuse: `550 5.1.1 <${address}> no such user here` });
  const mailer = await createMailer({ smtpUrl: sink.url, from: 'rs@example.org' });
  const from = lines.length;
  try {
    await mailer.send({ to: address, subject: 'x', text: 'x', html: 'x' }).catch((error: unknown) => {
      log.error({ err: error }, 'background work failed');
    });
  } finally {
    await mailer.close();
    await sink.close();
  }
  const [line = ''] = lines.slice(from);
  assert.match(line, /mail server.*550/);
  assert.doesNotMatch(line, /canary/);
});

test('a breach of any table names who has rows in it, and nobody else', async () => {
  const people = [await world.person('breached'), await world.person('bystander')];
  const window = { since: new Date(0), until: new Date(Date.now() + 86_400_000) };
  let named = 0;
  for (const { name, owner: column } of personalTables) {
    if (column === 'identifier') continue; // by address: `privacy.test.ts`
    const { affected } = await findAffected(opened.db.service, { ...window, tables: [name] });
    const { rows } = await owner.query<{ id: string; n: number }>(
      `SELECT ${column} AS id, count(*)::int AS n FROM ${name} WHERE ${column} = ANY ($1) GROUP BY 1`,
      [people.map(({ userId }) => userId)],
    );
    const wanted = new Map(rows.map(({ id, n }) => [id, n]));
    for (const { userId, email } of people) {
      const told = affected.find((one) => one.userId === userId);
      assert.equal(told?.rows[name], wanted.get(userId), name);
      if (told) assert.equal(told.email, email);
      named += Number(told !== undefined);
    }
  }
  assert.ok(named >= 12, `${named}`);
});

test(
  'an old state that comes back whole is erased again by `privacy sweep`',
  { timeout: 120_000 },
  async () => {
    const person = await world.person('canary80000x');
    await opened.application.flush();
    const tables = (await userTables(owner)).filter(({ partition }) => !partition);
    const kept: { name: string; rows: unknown }[] = [];
    for (const { name, owner: column } of tables) {
      const { rows } = await owner.query<{ rows: unknown }>(
        `SELECT jsonb_agg(to_jsonb(t)) AS rows FROM ${name} t WHERE ${column} = $1`,
        [person.userId],
      );
      if (rows[0]?.rows) kept.push({ name, rows: rows[0].rows });
    }
    assert.ok(kept.length >= 8, kept.map(({ name }) => name).join(' '));
    await eraseUser(opened.db.service, person.userId, SECRET);
    assert.deepEqual(await hits(`(${person.userId})`), []);
    // As a restored backup has them: no trigger and no foreign key is asked.
    await owner.query('SET session_replication_role = replica');
    for (const { name, rows } of kept)
      await owner.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1)`, [
        JSON.stringify(rows),
      ]);
    await owner.query('RESET session_replication_role');
    assert.ok((await hits(`(${person.userId})`)).length >= 8);
    const env = { ...process.env, DATABASE_URL: opened.db.ownerUrl, AUTH_SECRET: SECRET };
    const { stdout } = await run(process.execPath, [main, 'privacy', 'sweep', '--json'], { env });
    assert.equal((JSON.parse(stdout) as { erasedAgain: number }).erasedAgain, 1);
    assert.deepEqual(await hits(`(${person.userId})`), []);
    assert.deepEqual(await hits('(canary80000x)'), []);
  },
);

test('planted: a line that quotes an error, and a table that the erasure does not know, are seen', async () => {
  const from = lines.length;
  const mark = canaries.next();
  log.error({ text: databaseError(mark).message }, 'planted');
  await sleep(0);
  assert.ok(lines.slice(from).some((line) => /canary/i.test(line)));
  const person = await world.person('planted');
  await owner.query('CREATE TABLE planted_notes (owner text, note jsonb)');
  await owner.query(`INSERT INTO planted_notes VALUES ($1, jsonb_build_object('text', $2::text))`, [
    person.userId,
    mark,
  ]);
  await eraseUser(opened.db.service, person.userId, SECRET);
  assert.deepEqual(await hits(`(${mark})`), [{ column: 'planted_notes.note', marks: [mark] }]);
  assert.deepEqual(await hits(`(${person.userId})`), [
    { column: 'planted_notes.owner', marks: [person.userId] },
  ]);
  await owner.query('DROP TABLE planted_notes');
});
