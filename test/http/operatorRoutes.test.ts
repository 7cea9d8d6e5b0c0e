/** Every route of the operator: what it answers, to whom, as what, and what is noted of it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { ensurePartitions } from '../../src/features/maintenance/index.ts';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { newId } from '../../src/units/ids.ts';
import { asEpochDay, parseDate } from '../../src/units/time.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { copyActiveNetwork } from '../support/networkCopies.ts';
import { type SignedInUser, signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract } from './contract.ts';

const ADMIN = '/api/v1/admin';
let opened: TestApp;
let services: HttpServices;
let app: ReturnType<typeof createApp>;
let contract: Contract;
let [boss, asha]: SignedInUser[] = [];
before(async () => {
  opened = await openTestApp({ ADMIN_EMAILS: 'boss@example.org' });
  const { limits: _, ...rest } = opened.services;
  services = rest;
  app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  boss = await signIn(opened.db.service, 'boss@example.org');
  asha = await signIn(opened.db.service, 'asha@example.org');
});
after(() => opened.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- judged by the contract
  readonly body: any;
}

/** Sends a request, and has the reply judged by the document. */
async function ask(
  method: string,
  path: string,
  by: SignedInUser | null = boss!,
  body?: unknown,
): Promise<Answer> {
  const response = await app.request(`${ADMIN}${path}`, {
    method,
    headers: { ...by?.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  const reply = {
    method,
    path: `${ADMIN}${path.split('?')[0]!}`,
    status,
    headers: Object.fromEntries(headers),
    body: text,
  };
  assert.equal(contract.fault(reply), null, `${method} ${path} → ${status} ${text.slice(0, 300)}`);
  const json = text !== '' && /json/.test(headers.get('content-type') ?? '');
  return { status, headers, text, body: json ? JSON.parse(text) : null };
}
const refused = async (
  method: string,
  path: string,
  status: number,
  code: string,
  by?: SignedInUser | null,
  body?: unknown,
) => {
  const answer = await ask(method, path, by, body);
  assert.deepEqual([answer.status, answer.body.code], [status, code], `${method} ${path}`);
  return answer;
};
const run = async (text: string, ...values: unknown[]) =>
  (await opened.db.service.query({ text, values })).rows;
const accesses = async (): Promise<
  { kind: string; path: string; details: object; user_id: string; request_id: string }[]
> =>
  (await run('SELECT kind, path, details, user_id, request_id FROM admin_accesses ORDER BY at, id')) as never;
const ours = () => contract.operations.filter(({ path }) => path.startsWith(`${ADMIN}/`));

test('shut by default: every route, every method, described or not', async () => {
  assert.ok(ours().length >= 15);
  const described = ours().map(
    ({ method, path }) => [method, path.slice(ADMIN.length).replace('{id}', 'active')] as const,
  );
  const others = [
    ['GET', ''],
    ['GET', '/none'],
    ['POST', '/funnel'],
    ['PUT', '/networks/active'],
    ['DELETE', '/accesses'],
    ['PATCH', '/networks/active'],
    ['HEAD', '/funnel'],
  ] as const;
  const before = await accesses();
  for (const [method, path] of [...described, ...others]) {
    const statuses = [];
    for (const by of [null, asha!]) {
      const { status, text } = await ask(
        method,
        path,
        by,
        method === 'GET' || method === 'HEAD' ? undefined : {},
      );
      statuses.push(status);
      assert.doesNotMatch(text, /boss|sample/i);
    }
    assert.deepEqual(statuses, [401, 403], `${method} ${path}`);
  }
  // As a browser or a proxy may write it.
  for (const path of [
    '/api/v1/%61dmin/funnel',
    '/api/v1/admin/%66unnel',
    '/api/v1/admin//funnel',
    '/api/v1/admin/./funnel',
  ])
    for (const [by, status] of [
      [null, 401],
      [asha!, 403],
    ] as const) {
      const response = await app.request(path, { headers: by?.headers ?? {} });
      assert.equal(response.status, status, path);
    }
  for (const path of ['/api/v1/Admin/funnel', '/API/v1/admin/funnel', '//api/v1/admin/funnel'])
    assert.doesNotMatch(
      await (await app.request(path, { headers: boss!.headers })).text(),
      /"searches"/,
      path,
    );
  assert.deepEqual(await accesses(), before, 'nobody who is refused is noted');
});

test('an address that nobody proved makes no administrator', async () => {
  const late = await signIn(opened.db.service, 'late@example.org');
  await run(`UPDATE users SET email_verified = NULL, email = 'boss2@example.org' WHERE id = $1`, late.userId);
  await refused('GET', '/funnel', 403, 'FORBIDDEN', late);
});

describe('figures', () => {
  const period = 'since=2026-11-01&until=2026-11-03';
  before(async () => {
    await ensurePartitions(opened.db.service, 0, asEpochDay(parseDate('2026-11-01')!));
    for (let hour = 0; hour < 6; hour++)
      await run(
        `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, created_at, corridor_from, corridor_to)
         VALUES ($1, $2, $2, '2026-12-01', 1, 'BALANCED', 4, $3, 'city:delhi', 'city:pune')`,
        newId(),
        { id: 'x', name: '=cmd', lat: 1, lng: 1 },
        `2026-11-02T${10 + hour}:00:00+05:30`,
      );
    await run(
      `INSERT INTO booking_clicks (id, route, platform, leg, leg_index, affiliate_url, created_at)
       VALUES ('k', '{}', '=HYPERLINK("https://evil.example")', '{}', 0, 'https://www.irctc.co.in/', '2026-11-02T12:00Z')`,
    );
  });

  test('of a period, as JSON', async () => {
    const funnel = await ask('GET', `/funnel?${period}`);
    assert.equal(funnel.headers.get('cache-control'), 'no-store');
    assert.deepEqual(funnel.body.period, { since: '2026-11-01', until: '2026-11-03', zone: 'Asia/Kolkata' });
    assert.deepEqual(
      funnel.body.days.map(({ searches }: { searches: number }) => searches),
      [0, 6, 0],
    );
    const { corridors, others } = (await ask('GET', `/corridors?${period}`)).body;
    assert.deepEqual(
      [corridors[0].from, corridors[0].to.name],
      [{ id: 'city:delhi', name: 'Delhi' }, 'Pune'],
    );
    assert.equal(others.searches, 0);
    const { platforms } = (await ask('GET', `/platforms?${period}`)).body;
    assert.deepEqual([platforms.length, platforms[0].clicks], [1, 1]);
  });

  test('as files, in which nothing is a formula', async () => {
    for (const [table, head] of [
      ['funnel', 'date,searches,withRoutes,clicked,booked'],
      ['corridors', 'fromId,from,toId,to,searches,visits,withRoutes,routesFound,clicked,booked,conversion'],
      [
        'platforms',
        'platform,currency,clicks,answered,booked,conversion,commissionKnownOf,expectedCommissionMinor',
      ],
    ] as const) {
      const { status, headers, text } = await ask('GET', `/${table}.csv?${period}`);
      assert.equal(status, 200);
      assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8; header=present');
      assert.equal(
        headers.get('content-disposition'),
        `attachment; filename="routestitch-${table}-2026-11-01-2026-11-03.csv"`,
      );
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(text.split('\r\n')[0], head);
      assert.ok(parse(text, { columns: true }).length > 0, table);
    }
    const { text } = await ask('GET', `/platforms.csv?${period}`);
    assert.equal(parse(text)[1]![0], `'=HYPERLINK("https://evil.example")`);
  });

  test('that nobody can mean are refused', async () => {
    for (const [query, status, code] of [
      ['since=2026-11-03&until=2026-11-01', 422, 'UNPROCESSABLE'],
      ['since=2020-01-01&until=2026-01-01', 422, 'UNPROCESSABLE'],
      ['since=2026-02-30', 400, 'INVALID_REQUEST'],
      ['zone=Mars/Olympus', 400, 'INVALID_REQUEST'],
    ] as const)
      for (const path of [
        '/funnel',
        '/funnel.csv',
        '/corridors',
        '/corridors.csv',
        '/platforms',
        '/platforms.csv',
      ])
        await refused('GET', `${path}?${query}`, status, code);
    for (const query of ['minVisits=4', 'minVisits=x', 'limit=0', 'limit=1001'])
      await refused('GET', `/corridors?${query}`, 400, 'INVALID_REQUEST');
  });
});

test('health: caches, limits, database, pools', async () => {
  await run(
    `INSERT INTO rate_limits (identifier, request_count, window_start)
     SELECT 'search:ip4:192.0.2.' || i, CASE WHEN i <= 3 THEN 60 ELSE 1 END, CASE WHEN i <= 8 THEN now() ELSE now() - interval '1 hour' END FROM generate_series(1, 10) i
     UNION ALL SELECT 'search:user:u' || i, 60, now() FROM generate_series(1, 2) i
     UNION ALL SELECT 'my own counter ' || i, 7, now() FROM generate_series(1, 2) i`,
  );
  await run(
    `INSERT INTO cached_routes (id, cache_key, origin, destination, date, preference, routes, total_results, created_at, expires_at)
     SELECT 'h' || i, 'h' || i, '{}', '{}', '2026-12-01', 'BALANCED', '[]', 0, now() - interval '1 hour', now() - i * interval '1 minute' FROM generate_series(-1, 1) i`,
  );
  const { status, body, text } = await ask('GET', '/health');
  assert.equal(status, 200);
  const counter = (rule: string | null, kind: string | null) => {
    const { max, keys, active, full } = body.limits.find(
      (one: { rule: string; kind: string }) => one.rule === rule && one.kind === kind,
    );
    return [max, keys, active, full];
  };
  assert.deepEqual(counter('search', 'ip4'), [60, 10, 8, 3]);
  assert.deepEqual(counter('search', 'user'), [300, 2, 2, 0], 'a user may search 300 times');
  assert.deepEqual(counter(null, null), [null, 2, null, null]);
  assert.doesNotMatch(text, /192\.0\.2|my own counter/, 'never who');
  assert.deepEqual([body.routeCache.rows, body.routeCache.expired], [3, 2]);
  assert.ok(body.routeCache.bytes > 0);
  assert.deepEqual([body.geocodeCache.rows, body.geocodeCache.oldestAt], [0, null]);
  assert.match(body.database.version, /^\d+(\.\d+)?$/);
  assert.ok(body.database.sizeBytes > 1e6 && body.database.connections >= 1);
  assert.deepEqual(
    body.pools.map(({ name }: { name: string }) => name),
    ['rs_app', 'rs_service'],
  );
  assert.deepEqual(
    body.analytics.map(({ name }: { name: string }) => name),
    ['searches', 'bookingClicks', 'clickedRoutes'],
  );
});

describe('timetables', () => {
  let [sample, copy] = ['', ''];
  const active = async (): Promise<string> =>
    (await run('SELECT id FROM networks WHERE is_active'))[0]!['id'] as string;
  before(async () => {
    sample = await active();
    copy = await copyActiveNetwork(opened.db.service, '=cmd|calc, "quoted"');
    await run(
      `INSERT INTO network_notices (id, network_id, severity, code, feed, file, row_number, column_name, value, message)
       SELECT 'c' || lpad(i::text, 24, '0'), $1, CASE WHEN i % 10 = 0 THEN 'ERROR' WHEN i % 3 = 0 THEN 'WARNING' ELSE 'INFO' END, 'CODE_' || i % 4,
         'feed', CASE WHEN i % 5 > 0 THEN 'stops.txt' END, CASE WHEN i % 7 > 0 THEN i END, 'stop_name', '=cmd' || i, 'A fault'
       FROM generate_series(1, 250) i`,
      copy,
    );
  });

  test('are listed and shown, as JSON and as a file', async () => {
    const { networks } = (await ask('GET', '/networks')).body;
    assert.deepEqual(
      [networks[0].isActive, networks.map(({ id }: { id: string }) => id)],
      [true, [sample, copy]],
    );
    const shown = (await ask('GET', `/networks/${copy}`)).body;
    assert.equal(shown.network.name, '=cmd|calc, "quoted"');
    assert.deepEqual(shown.notices.slice(0, 2), [
      { severity: 'ERROR', code: 'CODE_2', count: 13 },
      { severity: 'ERROR', code: 'CODE_0', count: 12 },
    ]);
    assert.equal((await ask('GET', '/networks/active')).body.network.id, sample);
    const file = await ask('GET', '/networks.csv');
    assert.equal(file.headers.get('content-disposition'), 'attachment; filename="routestitch-networks.csv"');
    const rows = parse(file.text, { columns: true }) as Record<string, string>[];
    assert.deepEqual(rows.find(({ id }) => id === copy)?.['name'], `'=cmd|calc, "quoted"`);
    for (const id of ['none', 'v99', newId(), 'previous']) {
      await refused('GET', `/networks/${id}`, 404, 'NOT_FOUND');
      await refused('GET', `/networks/${id}/notices`, 404, 'NOT_FOUND');
      await refused('GET', `/networks/${id}/notices.csv`, 404, 'NOT_FOUND');
    }
    await refused('GET', `/networks/${'x'.repeat(65)}`, 400, 'INVALID_REQUEST');
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
      const { body } = await ask(
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
    const file = await ask('GET', `/networks/${copy}/notices.csv?severity=ERROR`);
    const rows = parse(file.text, { columns: true }) as Record<string, string>[];
    assert.deepEqual(
      rows.map(({ value }) => value),
      all.filter(({ severity }) => severity === 'ERROR').map(({ value }) => `'${value}`),
    );
    for (const query of ['severity=FATAL', 'limit=501', 'cursor=x', `cursor=${newId()}`])
      await refused('GET', `/networks/${copy}/notices?${query}`, 400, 'INVALID_REQUEST');
  });

  test('are activated and rolled back, each noted with what was before', async () => {
    const before = (await accesses()).length;
    const answer = await ask('POST', `/networks/${copy}/activate`, boss, {});
    assert.deepEqual([answer.status, answer.body.isActive, await active()], [200, true, copy]);
    const [noted] = (await accesses()).slice(before);
    assert.deepEqual(
      [noted?.kind, noted?.path, noted?.user_id, noted?.request_id],
      ['CHANGE', `${ADMIN}/networks/${copy}/activate`, boss!.userId, answer.headers.get('x-request-id')],
    );
    assert.deepEqual(noted?.details, { from: sample, to: copy, name: '=cmd|calc, "quoted"', force: false });
    const { version } = answer.body;
    assert.equal(
      (await ask('POST', `/networks/${copy}/activate`, boss, {})).body.version,
      version,
      'once more: the same',
    );
    await refused('POST', '/networks/rollback', 409, 'CONFLICT', boss, { from: sample });
    assert.equal(await active(), copy);
    const back = await ask('POST', '/networks/rollback', boss, { from: copy });
    assert.deepEqual([back.body.id, await active()], [sample, sample]);
    await refused('POST', '/networks/rollback', 409, 'CONFLICT', boss, { from: copy });
    assert.deepEqual(
      (await accesses()).slice(before).map(({ details }) => (details as { to: string }).to),
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
      await refused('POST', path, status, code, boss, body);
    await run(`UPDATE networks SET image = NULL, version = NULL WHERE id = $1`, copy);
    await refused('POST', `/networks/${copy}/activate`, 409, 'CONFLICT', boss, {});
    assert.equal(await active(), sample);
  });

  test('are changed only by who signed in just now, and from our own page', async () => {
    const old = await signIn(opened.db.service, 'boss@example.org');
    await run(
      `UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE user_id = $1`,
      boss!.userId,
    );
    const before = (await accesses()).length;
    for (const path of [`/networks/${sample}/activate`, '/networks/rollback', '/networks/none/none'])
      await refused('POST', path, 403, 'SIGN_IN_AGAIN', old, { from: sample });
    assert.equal((await ask('GET', '/networks', old)).status, 200, 'reading needs none');
    assert.equal((await accesses()).length, before);
    boss = await signIn(opened.db.service, 'boss@example.org');
    assert.equal((await ask('POST', `/networks/${sample}/activate`, boss, {})).status, 200);
    const foreign = await app.request(`${ADMIN}/networks/${sample}/activate`, {
      method: 'POST',
      headers: { cookie: boss.cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(foreign.status, 403);
  });

  test('what cannot be noted is not done', async () => {
    const client = new pg.Client({ connectionString: opened.db.ownerUrl });
    await client.connect();
    try {
      await run(
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
        const response = await app.request(`${ADMIN}${path}`, {
          method,
          headers: { ...boss!.headers, 'content-type': 'application/json' },
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
    const before = (await accesses()).length;
    for (const { method, path } of ours())
      if (method === 'GET') await ask('GET', path.slice(ADMIN.length).replace('{id}', 'active'));
    const noted = (await accesses()).slice(before);
    const files = ours().filter(({ path }) => path.endsWith('.csv'));
    assert.deepEqual(
      noted.map(({ path }) => path).toSorted(),
      files.map(({ path }) => path.replace('{id}', 'active')).toSorted(),
    );
    assert.ok(noted.every(({ kind, user_id }) => kind === 'EXPORT' && user_id === boss!.userId));
    const tables = ours().filter(({ operation }) => {
      const content = operation.responses['200']?.content ?? {};
      return JSON.stringify(content).includes('$ref');
    });
    assert.ok(tables.length >= files.length);
  });

  test('is not written by who is erased meanwhile', async () => {
    const ghost = { ...boss!, userId: newId() };
    const { operator } = services;
    const asker = { userId: ghost.userId, path: '/', requestId: null };
    await assert.rejects(operator.noteExport(asker, {}), { code: 'UNAUTHENTICATED' });
    await assert.rejects(operator.activate(asker, 'active', false), { code: 'UNAUTHENTICATED' });
  });

  test('is read in pages, latest first, by kind', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await ask(
        'GET',
        `/accesses?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...body.accesses.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    const stored = await run('SELECT id FROM admin_accesses ORDER BY at DESC, id DESC');
    assert.deepEqual(
      seen,
      stored.map(({ id }) => id),
    );
    const changes = (await ask('GET', '/accesses?kind=CHANGE')).body.accesses;
    assert.ok(changes.length > 0 && changes.every(({ kind }: { kind: string }) => kind === 'CHANGE'));
    assert.equal(changes[0].email, 'boss@example.org');
    const file = parse((await ask('GET', '/accesses.csv?kind=CHANGE')).text, { columns: true }) as Record<
      string,
      string
    >[];
    assert.equal(file.length, changes.length);
    assert.deepEqual(JSON.parse(file[0]!['details']!), changes[0].details);
    for (const query of ['kind=READ', 'cursor=x', 'limit=0', 'cursor=2026-11-30T00:00:00.000Z_%27'])
      await refused('GET', `/accesses?${query}`, 400, 'INVALID_REQUEST');
  });

  test('is added to and nothing else, also by the program itself', async () => {
    for (const statement of [
      `UPDATE admin_accesses SET path = '/'`,
      'TRUNCATE admin_accesses',
      `INSERT INTO admin_accesses (id, user_id, path, kind) VALUES ('x', '${boss!.userId}', '/', 'READ')`,
      `INSERT INTO admin_accesses (id, user_id, path, details) VALUES ('x', '${boss!.userId}', '/', '[]')`,
    ])
      await assert.rejects(run(statement), { code: /^(42501|23514)$/ }, statement);
    const before = (await accesses()).length;
    await run('DELETE FROM admin_accesses');
    assert.equal((await accesses()).length, before, 'kept for a year');
  });
});

test('many figures at once leave the connections to those who search', async () => {
  const statusOf = async (path: string, by: SignedInUser): Promise<number> =>
    (await app.request(path, { headers: by.headers })).status;
  const owner = new pg.Client({ connectionString: opened.db.ownerUrl });
  await owner.connect();
  // Two are counted and eight wait until the table is free again, however fast the machine is.
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE search_queries IN ACCESS EXCLUSIVE MODE');
  let refusals = 0;
  const asked = Array.from({ length: 30 }, async () => {
    const status = await statusOf(`${ADMIN}/corridors`, boss!);
    if (status === 503 && ++refusals === 20) await owner.query('COMMIT');
    return status;
  });
  const others = await Promise.all(Array.from({ length: 10 }, () => statusOf('/api/v1/me', asha!)));
  assert.deepEqual(new Set(others), new Set([200]));
  const statuses = await Promise.all(asked);
  await owner.end();
  assert.deepEqual(
    statuses.toSorted((a, b) => a - b),
    [...Array<number>(10).fill(200), ...Array<number>(20).fill(503)],
  );
});
