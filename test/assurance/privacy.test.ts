/** F14: nothing of a user in the log, all of it in the export, nothing of it left after the erasure. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import {
  eraseUser,
  exportUser,
  findAffected,
  personalTables,
  purgeHold,
  reapplyErasures,
} from '../../src/features/accounts/index.ts';
import { noteErasure, reapplyNotedErasures } from '../../src/features/backup/index.ts';
import { createApp } from '../../src/http/app.ts';
import { openLog } from '../../src/http/log.ts';
import { httpServices } from '../../src/main.ts';
import { readConfig } from '../../src/config.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';
import { bangalore, noida, route, tripInput } from '../support/trips.ts';
import { userTables } from './rowSecurityCatalogue.ts';
import { fillUserTables } from './rowSecurityRows.ts';

const SECRET = 'a secret of at least thirty-two characters';
const CANARIES = 200;
let opened: TestApp;
let owner: pg.Client;
const lines: string[] = [];
let app: ReturnType<typeof createApp>;
before(async () => {
  opened = await openTestApp({ AUTH_SECRET: SECRET });
  owner = new pg.Client({ connectionString: opened.db.ownerUrl });
  await owner.connect();
  const log = openLog('trace', { write: (line) => void lines.push(line) });
  const config = readConfig({ AUTH_SECRET: SECRET, BACKUP_DIR: opened.backupDir });
  const { limits: _, ...services } = httpServices(opened.application, opened.db.app, config, log);
  app = createApp(services);
});
after(async () => {
  await owner.end();
  await opened.close();
});

/** Tables outside the hold in which a text stands. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'hold') AND c.relkind = 'r'`);
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await owner.query(`SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`, [
      text,
    ]);
    if (rowCount) found.push(name);
  }
  return found;
}
const canary = (n: number): string => `canary${String(n).padStart(4, '0')}x`;

test('the list of personal tables is that of the catalogue', async () => {
  const catalogue = (await userTables(owner)).filter(({ partition }) => !partition).map(({ name }) => name);
  assert.deepEqual(
    personalTables.map(({ name }) => name as string).toSorted(),
    [...catalogue, 'verification_tokens'].toSorted(),
  );
});

test('the export has a row of every table, every column but secrets, and nobody else’s', async () => {
  const tables = await userTables(owner);
  await fillUserTables(owner, tables, ['exported', 'bystander']);
  await owner.query(
    `INSERT INTO verification_tokens (identifier, token, expires) VALUES ('exported@example.org', repeat('a', 64), now() + interval '1 day')`,
  );
  const { tables: given } = await exportUser(opened.db.service, 'exported', new Date());
  for (const { name, secrets } of personalTables) {
    const rows = given[name] ?? [];
    assert.ok(rows.length > 0, name);
    const columns = tables.find((table) => table.name === name)?.columns.map((column) => column.name);
    const wanted = columns?.filter((column) => !(secrets as readonly string[]).includes(column));
    if (wanted) assert.deepEqual(Object.keys(rows[0]!).toSorted(), wanted.toSorted(), name);
  }
  assert.ok(!JSON.stringify(given).includes('bystander'));
  assert.ok(!JSON.stringify(given).includes('a'.repeat(64)), 'no token');
});

test('a breach names who had data in the table before its end', async () => {
  const day = 86_400_000;
  const window = (until: number) => ({
    since: new Date(0),
    until: new Date(until),
    tables: ['archive.trips'],
  });
  const { affected } = await findAffected(opened.db.service, window(Date.now() + day));
  assert.deepEqual(
    affected.map(({ email, rows }) => [email, rows['archive.trips']]),
    [
      ['bystander@example.org', 1],
      ['exported@example.org', 1],
    ],
  );
  assert.deepEqual((await findAffected(opened.db.service, window(Date.now() - day))).affected, []);
  await assert.rejects(
    findAffected(opened.db.service, { ...window(Date.now()), tables: ['networks'] }),
    /No table "networks"/,
  );
});

test('after the erasure none of 200 canaries is anywhere outside the hold, nor in the log', async () => {
  const user = await signIn(opened.db.service, `${canary(0)}@example.org`);
  const send = (method: string, path: string, body: unknown) =>
    app.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...user.headers, 'user-agent': canary(4) },
      body: JSON.stringify(body),
    });
  const change = { name: canary(1), traveller: { domicileState: canary(2) }, analyticsConsent: true };
  assert.equal((await send('PATCH', '/api/v1/me', change)).status, 200);
  const place = (n: number) => ({ ...noida, name: canary(n), displayName: canary(n + 1) });
  for (let n = 10; n < CANARIES; n += 4) {
    const trip = tripInput({ origin: place(n), selectedRoute: route() });
    assert.equal((await send('POST', '/api/v1/trips', trip)).status, 201);
    const saved = { name: canary(n + 2), origin: place(n + 2), destination: bangalore, route: route() };
    assert.equal((await send('POST', '/api/v1/saved-routes', saved)).status, 201);
  }
  const search = { origin: 'Delhi', destination: 'Jaipur', date: '2026-12-15', passengers: 1 };
  assert.equal((await send('POST', '/api/v1/search', search)).status, 200);
  await opened.application.flush();
  const { rows } = await owner.query('SELECT user_id, user_agent FROM search_queries WHERE user_id = $1', [
    user.userId,
  ]);
  assert.deepEqual(rows, [{ user_id: user.userId, user_agent: canary(4) }], 'with consent');
  // Errors of every sort, with canaries in all that is sent.
  for (const path of ['trips', 'saved-routes', 'search', 'clicks', 'plan-b', 'me', canary(5)])
    for (const body of [
      { name: canary(6), [canary(7)]: 1 },
      canary(8),
      { origin: canary(9), destination: 'x' },
    ])
      for (const method of ['POST', 'PATCH', 'DELETE'])
        assert.ok(
          (await send(method, `/api/v1/${path}?q=${canary(5)}`, body)).status < 500,
          `${method} ${path}`,
        );
  const broken = createApp({
    ...httpServices(
      opened.application,
      opened.db.app,
      readConfig({}),
      openLog('trace', { write: (l) => void lines.push(l) }),
    ),
    search: async () => {
      const query = `INSERT INTO users (id, email, name) VALUES ('${canary(3)}', 'NOT LOWER ${canary(3)}', '${canary(3)}')`;
      await opened.db.service.query({ text: query });
      return assert.fail('a CHECK refuses it');
    },
  });
  const failed = await broken.request('/api/v1/search', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(search),
  });
  assert.ok(failed.status >= 400);
  assert.ok(!(await failed.text()).includes('canary'));
  assert.ok((await tablesWith('canary')).length > 4);

  const erased = await send('DELETE', '/api/v1/me', { confirm: `${canary(0)}@example.org` });
  assert.equal(erased.status, 204);
  assert.deepEqual(await tablesWith('canary'), []);
  assert.deepEqual(await tablesWith(user.userId), []);
  const noted = readFileSync(path.join(opened.backupDir, 'erasures'), 'utf8');
  assert.equal(noted, `${createHash('sha256').update(user.userId).digest('hex')}\n`, 'beside the backups');
  assert.equal((await send('GET', '/api/v1/me', undefined)).status, 401, 'the session died');
  assert.ok(lines.length > 10, `${lines.length} lines`);
  assert.deepEqual(
    lines.filter((line) => line.includes('canary')),
    [],
  );
});

test('every table is emptied, the bystander’s stay, the hold is read by nobody and ends', async () => {
  await eraseUser(opened.db.service, 'exported', SECRET);
  assert.deepEqual(await tablesWith('exported'), []);
  for (const { name } of personalTables.filter(({ owner: column }) => column === 'user_id')) {
    const { rowCount } = await owner.query(`SELECT FROM ${name} WHERE user_id = 'bystander'`);
    assert.ok(rowCount, name);
  }
  const held = await owner.query(`SELECT * FROM hold.erased_users WHERE erased_user_id = 'exported'`);
  assert.equal(held.rows[0]?.row_counts.trips, 1);
  assert.equal(
    held.rows[0]?.admin_accesses[0].path,
    '/api/v1/admin/funnel',
    'an administrator erases no log',
  );
  assert.ok(!JSON.stringify(held.rows).includes('@'), 'no address');
  for (const database of [opened.db.service, opened.db.app])
    await assert.rejects(
      database.query({ text: 'SELECT erased_user_id FROM hold.erased_users' }),
      /permission denied/,
    );
  assert.equal(await purgeHold(opened.db.service), 0);
  await owner.query(
    `UPDATE hold.erased_users SET erased_at = now() - interval '2 years', purge_at = now() - interval '1 day'`,
  );
  assert.ok((await purgeHold(opened.db.service)) >= 1);
});

test('somebody who came back with a backup can be erased before the sweep; the hold keeps the first time', async () => {
  const { userId } = await signIn(opened.db.service, 'returned@example.org');
  await eraseUser(opened.db.service, userId, SECRET);
  const { rows: first } = await owner.query('SELECT * FROM hold.erased_users WHERE erased_user_id = $1', [
    userId,
  ]);
  await owner.query(`INSERT INTO users (id, email) VALUES ($1, 'returned@example.org')`, [userId]);
  await eraseUser(opened.db.service, userId, SECRET);
  assert.deepEqual(await tablesWith(userId), []);
  const { rows } = await owner.query('SELECT * FROM hold.erased_users WHERE erased_user_id = $1', [userId]);
  assert.deepEqual(rows, first);
});

test('a restored user is erased again', async () => {
  await owner.query(`INSERT INTO users (id, email) VALUES ('exported', 'exported@example.org')`);
  assert.equal(await reapplyErasures(opened.db.service), 1);
  assert.deepEqual(await tablesWith('exported'), []);
  assert.equal(await reapplyErasures(opened.db.service), 0);
});

test('a user whose erasure this database has forgotten is erased by the note beside the backups', async () => {
  await owner.query(`INSERT INTO users (id, email) VALUES ('forgotten', 'forgotten@example.org')`);
  await noteErasure(opened.backupDir, 'forgotten');
  assert.equal(await reapplyErasures(opened.db.service), 0, 'the database alone does not know');
  assert.equal(await reapplyNotedErasures(opened.db.service, opened.backupDir), 1);
  assert.deepEqual(await tablesWith('forgotten'), []);
});
