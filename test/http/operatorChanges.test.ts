/** What the operator changes, timetables, and what is noted of it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { newId } from '../../src/units/ids.ts';
import { copyActiveNetwork } from '../support/networkCopies.ts';
import { signIn } from '../support/signIn.ts';

import { ADMIN, OperatorSite } from './operatorSite.ts';

let site: OperatorSite;
before(async () => {
  site = await OperatorSite.open();
});
after(() => site.close());

describe('timetables', () => {
  let [sample, copy] = ['', ''];
  const active = async (): Promise<string> =>
    (await site.run('SELECT id FROM networks WHERE is_active'))[0]!['id'] as string;
  before(async () => {
    sample = await active();
    copy = await copyActiveNetwork(site.opened.db.service, '=cmd|calc, "quoted"');
    await site.run(
      `INSERT INTO network_notices (id, network_id, severity, code, feed, file, row_number, column_name, value, message)
       SELECT 'c' || lpad(i::text, 24, '0'), $1, CASE WHEN i % 10 = 0 THEN 'ERROR' WHEN i % 3 = 0 THEN 'WARNING' ELSE 'INFO' END, 'CODE_' || i % 4,
         'feed', CASE WHEN i % 5 > 0 THEN 'stops.txt' END, CASE WHEN i % 7 > 0 THEN i END, 'stop_name', '=cmd' || i, 'A fault'
       FROM generate_series(1, 250) i`,
      copy,
    );
  });

  test('are listed and shown, as JSON and as a file', async () => {
    const { networks } = (await site.ask('GET', '/networks')).body;
    assert.deepEqual(
      [networks[0].isActive, networks.map(({ id }: { id: string }) => id)],
      [true, [sample, copy]],
    );
    const shown = (await site.ask('GET', `/networks/${copy}`)).body;
    assert.equal(shown.network.name, '=cmd|calc, "quoted"');
    assert.deepEqual(shown.notices.slice(0, 2), [
      { severity: 'ERROR', code: 'CODE_2', count: 13 },
      { severity: 'ERROR', code: 'CODE_0', count: 12 },
    ]);
    assert.equal((await site.ask('GET', '/networks/active')).body.network.id, sample);
    const file = await site.ask('GET', '/networks.csv');
    assert.equal(file.headers.get('content-disposition'), 'attachment; filename="routestitch-networks.csv"');
    const rows = parse(file.text, { columns: true }) as Record<string, string>[];
    assert.deepEqual(rows.find(({ id }) => id === copy)?.['name'], `'=cmd|calc, "quoted"`);
    for (const id of ['none', 'v99', newId(), 'previous']) {
      await site.refused('GET', `/networks/${id}`, 404, 'NOT_FOUND');
      await site.refused('GET', `/networks/${id}/notices`, 404, 'NOT_FOUND');
      await site.refused('GET', `/networks/${id}/notices.csv`, 404, 'NOT_FOUND');
    }
    await site.refused('GET', `/networks/${'x'.repeat(65)}`, 400, 'INVALID_REQUEST');
  });

  interface Notice {
    readonly severity: string;
    readonly code: string;
    readonly file: string | null;
    readonly value: string;
  }
  async function allNotices(query = ''): Promise<Notice[]> {
    const found: Notice[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await site.ask(
        'GET',
        `/networks/${copy}/notices?limit=40${query}${cursor && `&cursor=${cursor}`}`,
      );
      assert.ok(body.notices.length <= 40);
      found.push(...body.notices);
      cursor = body.nextCursor;
    }
    return found;
  }

  test('have notices, in pages that neither repeat nor miss one, errors first', async () => {
    const all = await allNotices();
    assert.equal(new Set(all.map(({ value }) => value)).size, 250);
    assert.equal(all.length, 250);
    const ranks = all.map(({ severity }) => ['ERROR', 'WARNING', 'INFO'].indexOf(severity));
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    );
    for (const [query, of] of [
      ['&severity=WARNING', (one: Notice) => one.severity === 'WARNING'],
      ['&code=CODE_3', (one: Notice) => one.code === 'CODE_3'],
      ['&file=stops.txt&severity=INFO', (one: Notice) => one.file === 'stops.txt' && one.severity === 'INFO'],
    ] as const)
      assert.deepEqual(await allNotices(query), all.filter(of), query);
    assert.deepEqual(await allNotices('&file=none.txt'), []);
    const file = await site.ask('GET', `/networks/${copy}/notices.csv?severity=ERROR`);
    const rows = parse(file.text, { columns: true }) as Record<string, string>[];
    assert.deepEqual(
      rows.map(({ value }) => value),
      all.filter(({ severity }) => severity === 'ERROR').map(({ value }) => `'${value}`),
    );
    for (const query of ['severity=FATAL', 'limit=501', 'cursor=x', `cursor=${newId()}`])
      await site.refused('GET', `/networks/${copy}/notices?${query}`, 400, 'INVALID_REQUEST');
  });

  test('are activated and rolled back, each noted with what was before', async () => {
    const before = (await site.accesses()).length;
    const answer = await site.ask('POST', `/networks/${copy}/activate`, site.boss, {});
    assert.deepEqual([answer.status, answer.body.isActive, await active()], [200, true, copy]);
    const [noted] = (await site.accesses()).slice(before);
    assert.deepEqual(
      [noted?.kind, noted?.path, noted?.user_id, noted?.request_id],
      ['CHANGE', `${ADMIN}/networks/${copy}/activate`, site.boss.userId, answer.headers.get('x-request-id')],
    );
    assert.deepEqual(noted?.details, { from: sample, to: copy, name: '=cmd|calc, "quoted"', force: false });
    const { version } = answer.body;
    assert.equal(
      (await site.ask('POST', `/networks/${copy}/activate`, site.boss, {})).body.version,
      version,
      'once more: the same',
    );
    await site.refused('POST', '/networks/rollback', 409, 'CONFLICT', site.boss, { from: sample });
    assert.equal(await active(), copy);
    const back = await site.ask('POST', '/networks/rollback', site.boss, { from: copy });
    assert.deepEqual([back.body.id, await active()], [sample, sample]);
    await site.refused('POST', '/networks/rollback', 409, 'CONFLICT', site.boss, { from: copy });
    assert.deepEqual(
      (await site.accesses()).slice(before).map(({ details }) => (details as { to: string }).to),
      [copy, copy, sample],
      'what was refused is not noted as done',
    );
  });

  test('are not changed by what is no such request', async () => {
    for (const [path, body, status, code] of [
      [`/networks/${newId()}/activate`, {}, 404, 'NOT_FOUND'],
      [`/networks/${copy}/activate`, { force: 'yes' }, 400, 'INVALID_REQUEST'],
      [`/networks/${copy}/activate`, { from: sample }, 400, 'INVALID_REQUEST'],
      ['/networks/rollback', {}, 400, 'INVALID_REQUEST'],
      ['/networks/rollback', { from: 7 }, 400, 'INVALID_REQUEST'],
    ] as const)
      await site.refused('POST', path, status, code, site.boss, body);
    await site.run(`UPDATE networks SET image = NULL, version = NULL WHERE id = $1`, copy);
    await site.refused('POST', `/networks/${copy}/activate`, 409, 'CONFLICT', site.boss, {});
    assert.equal(await active(), sample);
  });

  test('are changed only by who signed in just now, and from our own page', async () => {
    const old = await signIn(site.opened.db.service, 'boss@example.org');
    await site.run(
      `UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE user_id = $1`,
      site.boss.userId,
    );
    const before = (await site.accesses()).length;
    for (const path of [`/networks/${sample}/activate`, '/networks/rollback', '/networks/none/none'])
      await site.refused('POST', path, 403, 'SIGN_IN_AGAIN', old, { from: sample });
    assert.equal((await site.ask('GET', '/networks', old)).status, 200, 'reading needs none');
    assert.equal((await site.accesses()).length, before);
    site.boss = await signIn(site.opened.db.service, 'boss@example.org');
    assert.equal((await site.ask('POST', `/networks/${sample}/activate`, site.boss, {})).status, 200);
    const foreign = await site.app.request(`${ADMIN}/networks/${sample}/activate`, {
      method: 'POST',
      headers: {
        cookie: site.boss.cookie,
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
      body: '{}',
    });
    assert.equal(foreign.status, 403);
  });

  test('what cannot be noted is not done', async () => {
    const client = new pg.Client({ connectionString: site.opened.db.ownerUrl });
    await client.connect();
    try {
      await site.run(
        'UPDATE networks SET image = (SELECT image FROM networks WHERE id = $2) WHERE id = $1',
        copy,
        sample,
      );
      await client.query('REVOKE INSERT ON admin_accesses FROM rs_service');
      for (const [method, path, body] of [
        ['POST', `/networks/${copy}/activate`, {}],
        ['GET', '/funnel.csv', undefined],
        ['GET', '/accesses.csv', undefined],
      ] as const) {
        const response = await site.app.request(`${ADMIN}${path}`, {
          method,
          headers: { ...site.boss.headers, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        assert.ok(response.status >= 500, `${path} ${response.status}`);
        assert.match(response.headers.get('content-type') ?? '', /problem/);
      }
      assert.equal(await active(), sample);
    } finally {
      await client.query('GRANT INSERT ON admin_accesses TO rs_service');
      await client.end();
    }
  });
});

describe('the log of administrators', () => {
  test('has every file that was taken, and no reading of figures', async () => {
    const before = (await site.accesses()).length;
    for (const { method, path } of site.operations)
      if (method === 'GET') await site.ask('GET', path.slice(ADMIN.length).replace('{id}', 'active'));
    const noted = (await site.accesses()).slice(before);
    const files = site.operations.filter(({ path }) => path.endsWith('.csv'));
    assert.deepEqual(
      noted.map(({ path }) => path).toSorted(),
      files.map(({ path }) => path.replace('{id}', 'active')).toSorted(),
    );
    assert.ok(noted.every(({ kind, user_id }) => kind === 'EXPORT' && user_id === site.boss.userId));
    const tables = site.operations.filter(({ operation }) => {
      const content = operation.responses['200']?.content ?? {};
      return JSON.stringify(content).includes('$ref');
    });
    assert.ok(tables.length >= files.length);
  });

  test('is not written by who is erased meanwhile', async () => {
    const ghost = { ...site.boss, userId: newId() };
    const { operator } = site.services;
    const asker = { userId: ghost.userId, path: '/', requestId: null };
    await assert.rejects(operator.noteExport(asker, {}), { code: 'UNAUTHENTICATED' });
    await assert.rejects(operator.activate(asker, 'active', false), { code: 'UNAUTHENTICATED' });
  });

  test('is read in pages, latest first, by kind', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await site.ask(
        'GET',
        `/accesses?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...body.accesses.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    const stored = await site.run('SELECT id FROM admin_accesses ORDER BY at DESC, id DESC');
    assert.deepEqual(
      seen,
      stored.map(({ id }) => id),
    );
    const changes = (await site.ask('GET', '/accesses?kind=CHANGE')).body.accesses;
    assert.ok(changes.length > 0 && changes.every(({ kind }: { kind: string }) => kind === 'CHANGE'));
    assert.equal(changes[0].email, 'boss@example.org');
    const file = parse((await site.ask('GET', '/accesses.csv?kind=CHANGE')).text, {
      columns: true,
    }) as Record<string, string>[];
    assert.equal(file.length, changes.length);
    assert.deepEqual(JSON.parse(file[0]!['details']!), changes[0].details);
    for (const query of ['kind=READ', 'cursor=x', 'limit=0', 'cursor=2026-11-30T00:00:00.000Z_%27'])
      await site.refused('GET', `/accesses?${query}`, 400, 'INVALID_REQUEST');
  });

  test('is added to and nothing else, also by the program itself', async () => {
    for (const statement of [
      `UPDATE admin_accesses SET path = '/'`,
      'TRUNCATE admin_accesses',
      `INSERT INTO admin_accesses (id, user_id, path, kind) VALUES ('x', '${site.boss.userId}', '/', 'READ')`,
      `INSERT INTO admin_accesses (id, user_id, path, details) VALUES ('x', '${site.boss.userId}', '/', '[]')`,
    ])
      await assert.rejects(site.run(statement), { code: /^(42501|23514)$/ }, statement);
    const before = (await site.accesses()).length;
    await site.run('DELETE FROM admin_accesses');
    assert.equal((await site.accesses()).length, before, 'kept for a year');
  });
});
