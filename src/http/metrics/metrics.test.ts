import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openTestApp, type TestApp } from '../../../test/support/httpApp.ts';
import { signIn } from '../../../test/support/signIn.ts';
import { createApp } from '../app.ts';
import { createOperationsApp } from '../operations.ts';
import { createMetrics, type Metrics } from './metrics.ts';

const TOKEN = 'a token of sixteen or more';
const ops = path.resolve(import.meta.dirname, '../../../ops');

suite('metrics', () => {
  let opened: TestApp;
  let metrics: Metrics;
  let app: ReturnType<typeof createApp>;
  const lines: Record<string, unknown>[] = [];
  const good = {
    id: '20261130-030000-0000',
    finishedAt: '2026-11-30T03:01:00.000Z',
    ageSeconds: 7200,
    bytes: 4096,
    seconds: 60,
    encrypted: true,
    verifiedAt: null,
  };
  let lastGood: typeof good | null = good;
  let unreadable = false;
  before(async () => {
    opened = await openTestApp();
    const { application, db, services } = opened;
    metrics = createMetrics({
      version: '1.2.3',
      network: () => application.network(),
      pools: { users: () => db.app.pool.counts, service: () => application.service.pool.counts },
      ...application.counts,
      underWay: () => 0,
      reads: () => application.reads.counts,
      jobs: async () => ({ jobs: [{ name: 'cleanup', late: true, failedInARow: 2 }], queue: { waiting: 3 } }),
      backups: async () => {
        if (unreadable) throw new Error('EACCES');
        return { count: 3, bad: 1, lastGood, lastFailure: null };
      },
    });
    const observer = {
      request: (seen: Parameters<Metrics['request']>[0]) => (lines.push({ ...seen }), metrics.request(seen)),
      limited: (...given: Parameters<Metrics['limited']>) => metrics.limited(...given),
      shed: (reason: string) => metrics.shed(reason),
    };
    app = createApp({ ...services, observer, metrics: { metrics, token: TOKEN } });
  });
  after(() => opened.close());

  const scraped = async (): Promise<string> => (await metrics.text()).body;

  test('a request is told by its pattern, also when it was refused, and by nothing else of its address', async () => {
    const { headers } = await signIn(opened.db.service, 'asha@example.org');
    const paths = [
      '/api/v1/trips/c0123456789abcdefghijklmn',
      '/api/v1/places?q=secret',
      '/api/v1/shared/secret-token-secret-token-secret-token-00',
      '/api/v1/none/secret',
      '/none/secret.js',
      '/some/page/secret',
      '/livez',
    ];
    for (const url of paths) await app.request(url, { headers });
    await app.request('/api/v1/trips/secret', {}); // nobody: refused before its route
    await app.request('/api/v1/trips', { method: 'PROPFIND' });
    const text = await scraped();
    assert.doesNotMatch(text + JSON.stringify(lines), /secret|c0123456789|example\.org|asha/);
    for (const seen of [
      'route="/api/v1/trips/:id",method="GET",status="404"',
      'route="/api/v1/trips/:id",method="GET",status="401"',
      'route="/api/v1/places",method="GET",status="200"',
      'route="none",method="GET",status="404"',
      'route="/livez",method="GET",status="200"',
      'method="OTHER"',
    ])
      assert.ok(text.includes(seen), `${seen} in\n${text.match(/.*requests_total.*/g)?.join('\n')}`);
    assert.deepEqual(Object.keys(lines[0]!).toSorted(), ['method', 'ms', 'requestId', 'route', 'status']);
    const routes = new Set(app.routes.map(({ path: pattern }) => pattern));
    for (const [, route] of text.matchAll(/route="([^"]+)"/g))
      assert.ok(routes.has(route!) || ['none', 'page'].includes(route!), route);
  });

  test('searches, cache, limiter, pools, event loop, timetable and jobs are there', async () => {
    const date = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    for (let turn = 0; turn < 2; turn++)
      assert.equal(
        (await app.request(`/api/v1/search?origin=Delhi&destination=Jaipur&date=${date}`)).status,
        200,
      );
    await opened.application.flush();
    const text = await scraped();
    const value = (name: string): number => {
      const line = text.split('\n').find((one) => one.startsWith(`${name} `));
      assert.ok(line, `${name} in\n${text.slice(0, 4000)}`);
      return Number(line.split(' ').at(-1));
    };
    assert.equal(value('routestitch_route_cache_total{outcome="kept"}'), 1);
    assert.equal(value('routestitch_route_cache_total{outcome="computed"}'), 1);
    assert.ok(value('routestitch_limiter_requests_total{rule="search",outcome="allowed"}') >= 2);
    assert.equal(value('routestitch_analytics_rows_total{queue="searches",outcome="written"}'), 2);
    assert.ok(value('routestitch_database_connections{pool="users",state="most"}') >= 1);
    assert.ok(value('routestitch_database_acquired_total{pool="service"}') > 1);
    assert.equal(value('routestitch_job_late{job="cleanup"}'), 1);
    assert.equal(value('routestitch_queue_jobs{state="waiting"}'), 3);
    assert.ok(value(`routestitch_network_version{network="${opened.application.network().id}"}`) >= 1);
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
    const again = await scraped();
    assert.match(again, /route_cache_total\{outcome="kept"\} 1$/m, 'reading changes nothing');
  });

  test('they are read with the token, on a port of their own, and by nobody else', async () => {
    const read = (headers: Record<string, string>) => app.request('/metrics', { headers });
    assert.equal((await read({})).status, 401);
    assert.equal((await read({ authorization: 'Bearer wrong' })).status, 401);
    const right = await read({ authorization: `Bearer ${TOKEN}` });
    assert.equal(right.status, 200);
    assert.match(right.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const shut = createApp({ ...opened.services, metrics: undefined });
    assert.equal(
      (await shut.request('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })).status,
      404,
    );
    const { services } = opened;
    const own = createOperationsApp({ metrics, ready: () => services.ready(), log: services.log });
    assert.equal((await own.request('/metrics')).status, 200);
    assert.equal((await own.request('/readyz')).status, 200);
    assert.equal((await own.request('/api/v1/places?q=a')).status, 404);
  });

  test('backups are told by age, size and state; without a good one there is no age', async () => {
    const seen = await scraped();
    for (const line of [
      'age_seconds 7200',
      'bytes 4096',
      's{state="good"} 2',
      's{state="bad"} 1',
      'failed 0',
    ])
      assert.ok(seen.includes(`routestitch_backup${line.startsWith('s{') ? '' : '_'}${line}\n`), line);
    // Each scrape tells what is, and not what the one before found.
    lastGood = null;
    assert.doesNotMatch(await scraped(), /^routestitch_backup_(age_seconds|bytes) /m);
    lastGood = good;
    assert.match(await scraped(), /^routestitch_backup_age_seconds 7200$/m);
    unreadable = true;
    const without = await scraped();
    unreadable = false;
    assert.doesNotMatch(without, /^routestitch_backup_age_seconds /m);
    assert.match(without, /^routestitch_backup_failed 1$/m);
    assert.match(without, /^routestitch_backups\{state="good"\} 0$/m);
  });

  test('the dashboard and the alerts name nothing that there is not', () => {
    const board = JSON.parse(readFileSync(path.join(ops, 'grafana/routestitch.json'), 'utf8')) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const rules = readFileSync(path.join(ops, 'prometheus/routestitch.rules.yml'), 'utf8');
    const shown = board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const watched = [...rules.matchAll(/^\s*expr: (.+)$/gm)].map(([, expr]) => expr!);
    const recorded = [...rules.matchAll(/^\s*- record: (.+)$/gm)].map(([, name]) => name!);
    assert.ok(shown.length > 20 && watched.length > 15 && recorded.length >= 8);
    const there = new Set([...recorded, 'up', ...metrics.names().flatMap(withSuffixes)]);
    const missing = [...shown, ...watched].flatMap(namesIn).filter((name) => !there.has(name));
    assert.deepEqual(missing, []);
    assert.deepEqual(namesIn('sum(rate(routestitch_gone_total{a="b"}[5m])) > 1'), ['routestitch_gone_total']);
    // And the other way round: whatever we count is watched or shown.
    const named = new Set([...shown, ...watched].flatMap(namesIn));
    const unseen = metrics
      .names()
      .filter((name) => name.startsWith('routestitch_') && !withSuffixes(name).some((n) => named.has(n)));
    assert.deepEqual(unseen, []);
  });
});

const withSuffixes = (name: string): string[] => [
  name,
  ...['_bucket', '_sum', '_count'].map((end) => name + end),
];

/** Metrics in an expression of PromQL: words that are neither functions nor labels. */
function namesIn(expression: string): string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|without|on) \([^)]*\)/g, ' ');
  return [...bare.matchAll(/\b[a-z_:][\w:]*\b(?!\s*\()/gi)]
    .map(([name]) => name)
    .filter((name) => /[_:]|^up$/.test(name) && !/^(__rate_interval|histogram_quantile)$/.test(name));
}
