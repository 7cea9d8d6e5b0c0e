/** What the operator is told, and who else is: figures, health, the doors that are shut. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { ensurePartitions } from '../../src/features/maintenance/index.ts';
import { newId } from '../../src/units/ids.ts';
import { asEpochDay, parseDate } from '../../src/units/time.ts';
import { type SignedInUser, signIn } from '../support/signIn.ts';

import { ADMIN, OperatorSite } from './operatorSite.ts';

let site: OperatorSite;
before(async () => {
  site = await OperatorSite.open();
});
after(() => site.close());

test('shut by default: every route, every method, described or not', async () => {
  assert.ok(site.operations.length >= 15);
  const described = site.operations.map(
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
  const before = await site.accesses();
  for (const [method, path] of [...described, ...others]) {
    const statuses = [];
    for (const by of [null, site.asha]) {
      const { status, text } = await site.ask(
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
      [site.asha, 403],
    ] as const) {
      const response = await site.app.request(path, { headers: by?.headers ?? {} });
      assert.equal(response.status, status, path);
    }
  for (const path of ['/api/v1/Admin/funnel', '/API/v1/admin/funnel', '//api/v1/admin/funnel'])
    assert.doesNotMatch(
      await (await site.app.request(path, { headers: site.boss.headers })).text(),
      /"searches"/,
      path,
    );
  assert.deepEqual(await site.accesses(), before, 'nobody who is refused is noted');
});

test('an address that nobody proved makes no administrator', async () => {
  const late = await signIn(site.opened.db.service, 'late@example.org');
  await site.run(
    `UPDATE users SET email_verified = NULL, email = 'boss2@example.org' WHERE id = $1`,
    late.userId,
  );
  await site.refused('GET', '/funnel', 403, 'FORBIDDEN', late);
});

describe('figures', () => {
  const period = 'since=2026-11-01&until=2026-11-03';
  before(async () => {
    await ensurePartitions(site.opened.db.service, 0, asEpochDay(parseDate('2026-11-01')!));
    for (let hour = 0; hour < 6; hour++)
      await site.run(
        `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, created_at, corridor_from, corridor_to)
         VALUES ($1, $2, $2, '2026-12-01', 1, 'BALANCED', 4, $3, 'city:delhi', 'city:pune')`,
        newId(),
        { id: 'x', name: '=cmd', lat: 1, lng: 1 },
        `2026-11-02T${10 + hour}:00:00+05:30`,
      );
    await site.run(
      `INSERT INTO booking_clicks (id, route, platform, leg, leg_index, affiliate_url, created_at)
       VALUES ('k', '{}', '=HYPERLINK("https://evil.example")', '{}', 0, 'https://www.irctc.co.in/', '2026-11-02T12:00Z')`,
    );
  });

  test('of a period, as JSON', async () => {
    const funnel = await site.ask('GET', `/funnel?${period}`);
    assert.equal(funnel.headers.get('cache-control'), 'no-store');
    assert.deepEqual(funnel.body.period, { since: '2026-11-01', until: '2026-11-03', zone: 'Asia/Kolkata' });
    assert.deepEqual(
      funnel.body.days.map(({ searches }: { searches: number }) => searches),
      [0, 6, 0],
    );
    const { corridors, others } = (await site.ask('GET', `/corridors?${period}`)).body;
    assert.deepEqual(
      [corridors[0].from, corridors[0].to.name],
      [{ id: 'city:delhi', name: 'Delhi' }, 'Pune'],
    );
    assert.equal(others.searches, 0);
    const { platforms } = (await site.ask('GET', `/platforms?${period}`)).body;
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
      const { status, headers, text } = await site.ask('GET', `/${table}.csv?${period}`);
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
    const { text } = await site.ask('GET', `/platforms.csv?${period}`);
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
        await site.refused('GET', `${path}?${query}`, status, code);
    for (const query of ['minVisits=4', 'minVisits=x', 'limit=0', 'limit=1001'])
      await site.refused('GET', `/corridors?${query}`, 400, 'INVALID_REQUEST');
  });
});

test('health: caches, limits, database, pools', async () => {
  await site.run(
    `INSERT INTO rate_limits (identifier, request_count, window_start)
     SELECT 'search:ip4:192.0.2.' || i, CASE WHEN i <= 3 THEN 60 ELSE 1 END, CASE WHEN i <= 8 THEN now() ELSE now() - interval '1 hour' END FROM generate_series(1, 10) i
     UNION ALL SELECT 'search:user:u' || i, 60, now() FROM generate_series(1, 2) i
     UNION ALL SELECT 'my own counter ' || i, 7, now() FROM generate_series(1, 2) i`,
  );
  await site.run(
    `INSERT INTO cached_routes (id, cache_key, origin, destination, date, preference, routes, total_results, created_at, expires_at)
     SELECT 'h' || i, 'h' || i, '{}', '{}', '2026-12-01', 'BALANCED', '[]', 0, now() - interval '1 hour', now() - i * interval '1 minute' FROM generate_series(-1, 1) i`,
  );
  const { status, body, text } = await site.ask('GET', '/health');
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

test('many figures at once leave the connections to those who search', async () => {
  const statusOf = async (path: string, by: SignedInUser): Promise<number> =>
    (await site.app.request(path, { headers: by.headers })).status;
  const owner = new pg.Client({ connectionString: site.opened.db.ownerUrl });
  await owner.connect();
  // Two are counted and eight wait until the table is free again, however fast the machine is.
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE search_queries IN ACCESS EXCLUSIVE MODE');
  let refusals = 0;
  const asked = Array.from({ length: 30 }, async () => {
    const status = await statusOf(`${ADMIN}/corridors`, site.boss);
    if (status === 503 && ++refusals === 20) await owner.query('COMMIT');
    return status;
  });
  const others = await Promise.all(Array.from({ length: 10 }, () => statusOf('/api/v1/me', site.asha)));
  assert.deepEqual(new Set(others), new Set([200]));
  const statuses = await Promise.all(asked);
  await owner.end();
  assert.deepEqual(
    statuses.toSorted((a, b) => a - b),
    [...Array<number>(10).fill(200), ...Array<number>(20).fill(503)],
  );
});
