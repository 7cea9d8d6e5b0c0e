/** `analytics` as an operator runs it, on a real database. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { columnsOf, exportTables } from '../features/analytics/exportStore.ts';
import { runCommandLine } from './run.ts';
import { commands } from './registry.ts';

let db: TestDatabase;
let folder: string;
before(async () => {
  [db, folder] = await Promise.all([
    testDatabase(),
    mkdtemp(path.join(tmpdir(), 'routestitch-test-analytics-')),
  ]);
});
after(async () => {
  await Promise.all([db.drop(), rm(folder, { recursive: true })]);
});
const file = (name: string): string => path.join(folder, name);
/** The program needs some 40 MB of it. */
const HEAP_MB = 96;
const env = () => ({ PATH: process.env['PATH'], DATABASE_URL: db.ownerUrl });

/** One command, with a terminal that shows progress. */
async function analytics(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const write = (key: keyof typeof written) => (text: unknown) => ((written[key] += String(text)), true);
  const code = await runCommandLine(['analytics', ...args], commands, {
    version: '0',
    terminal: { stdout: { write: write('out') }, stderr: { write: write('err'), isTTY: true } },
    env: env(),
  });
  return { code, ...written };
}

/** Searches by the hour, the latest a minute ago; every second one clicked and every fourth booked. */
async function fill(count: number): Promise<void> {
  // On the first of a month some of the hours are of the month before.
  await db.service.query({
    text: `SELECT ensure_month_partition('search_queries', date_trunc('month', now() AT TIME ZONE 'UTC' - interval '1 day')::date)`,
  });
  const place = `'{"id": "city:noida", "name": "=cmd|'' /C calc''!A0", "lat": 28.5, "lng": 77.4}'`;
  await db.service.query({
    text: `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, created_at, corridor_from, corridor_to, user_agent)
           SELECT 's' || i, ${place}, ${place}, '2026-12-01', 2, 'BALANCED', 3, now() - interval '1 minute' - (i % 20) * interval '1 hour',
             'city:noida', 'city:bengaluru', '@SUM(1)' FROM generate_series(1, $1::int) i`,
    values: [count],
  });
  await db.service.query({
    text: `INSERT INTO booking_clicks (id, route, platform, leg, leg_index, affiliate_url, did_book, marked_at, search_id)
           SELECT 'c' || i, '{}', '+redBus', '{}', 0, 'https://www.redbus.in/', i % 4 = 0, now(), 's' || i FROM generate_series(2, $1::int, 2) i`,
    values: [count],
  });
}

test('nothing yet is said as nothing', async () => {
  const { code, out } = await analytics('summary');
  assert.equal(code, 0);
  assert.match(out, /asked +0\n/);
  assert.match(out, /0 other corridors, listed from 5 visits on/);
  assert.match(out, /Nobody went to a platform/);
  assert.equal((await analytics('export', 'booking_clicks', '--json')).out, '[]\n');
  assert.match((await analytics('export', 'booking_clicks', '--csv')).out, /^created_at,search_id,.*\r\n$/);
});

test('the summary as text and as one JSON document', async () => {
  await fill(40);
  const text = await analytics('summary', '--since', '2d');
  assert.equal(text.code, 0, text.err);
  assert.match(text.out, /asked +40\n/);
  assert.match(text.out, /Noida → Bengaluru +40 +40 +20 +10 +25\.0 %/);
  assert.match(text.out, /\+redBus +20 +20 +10 +50\.0 % +not known/);
  const json = JSON.parse((await analytics('summary', '--since', '2d', '--json')).out) as {
    funnel: { searches: object; period: { zone: string } };
    corridors: { corridors: object[] };
    platforms: { platforms: object[] };
  };
  assert.deepEqual(json.funnel.searches, { searches: 40, withRoutes: 40, clicked: 20, booked: 10 });
  assert.equal(json.funnel.period.zone, 'Asia/Kolkata');
  assert.deepEqual([json.corridors.corridors.length, json.platforms.platforms.length], [1, 1]);
});

test('an export has every row of the time and no formula', async () => {
  const { code, out, err } = await analytics('export', 'search_queries', '--csv');
  assert.equal(code, 0, err);
  const rows = parse(out, { columns: true }) as Record<string, string>[];
  assert.equal(rows.length, 40);
  const origin = JSON.parse(rows[0]!['origin']!) as { name: string };
  assert.equal(origin.name, "=cmd|' /C calc'!A0", 'the same in JSON');
  assert.ok(rows.every((row, index) => index === 0 || row['created_at']! >= rows[index - 1]!['created_at']!));
  const clicks = parse((await analytics('export', 'booking_clicks', '--csv')).out, { columns: true });
  assert.equal((clicks as Record<string, string>[])[0]!['platform'], "'+redBus");
  const json = JSON.parse((await analytics('export', 'booking_clicks', '--json')).out) as object[];
  assert.deepEqual([json.length, (json as { platform: string }[])[0]!.platform], [20, '+redBus']);
  const none = await analytics('export', 'search_queries', '--csv', '--until', '2020-01-01');
  assert.equal(none.out.split('\r\n').length, 2, 'the head');
});

test('who searched is only in what was asked for by name', async () => {
  const plain = parse((await analytics('export', 'search_queries', '--csv')).out, {
    columns: true,
  }) as object[];
  const personal = await analytics('export', 'search_queries', '--csv', '--personal');
  const [row] = parse(personal.out, { columns: true }) as Record<string, string>[];
  for (const column of ['user_id', 'ip_hash', 'user_agent'])
    assert.deepEqual([column in plain[0]!, column in row!], [false, true], column);
  assert.equal(row!['user_agent'], "'@SUM(1)");
  const clicks = parse((await analytics('export', 'booking_clicks', '--csv')).out, {
    columns: true,
  }) as object[];
  assert.ok(!('id' in clicks[0]!), 'the id of a click is its secret');
});

test('every column of the tables is listed', async () => {
  for (const table of exportTables) {
    const { rows } = await db.service.query<{ name: string }>({
      text: `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      values: [table],
    });
    assert.deepEqual(columnsOf(table).toSorted(), rows.map(({ name }) => name).toSorted(), table);
  }
});

test('a file is there whole and for its owner only, or not at all', async () => {
  const { code, out } = await analytics('export', 'search_queries', '--csv', '--out', file('rows.csv'));
  assert.deepEqual([code, out], [0, `Wrote 40 rows of search_queries to ${file('rows.csv')}.\n`]);
  assert.equal((await stat(path.join(folder, 'rows.csv'))).mode & 0o777, 0o600);
  const json = await analytics('export', 'booking_clicks', '--json', '--out', file('rows.json'));
  assert.deepEqual(JSON.parse(json.out), { table: 'booking_clicks', rows: 20, file: file('rows.json') });
  assert.equal((JSON.parse(await readFile(path.join(folder, 'rows.json'), 'utf8')) as object[]).length, 20);
  const failed = await analytics('export', 'search_queries', '--csv', '--out', file('none/rows.csv'));
  assert.equal(failed.code, 1);
  assert.match(failed.err, /^routestitch analytics export: \/.*none\/rows\.csv cannot be written: .*\n$/);
  await mkdir(file('folder'));
  assert.equal((await analytics('export', 'search_queries', '--csv', '--out', file('folder'))).code, 1);
  assert.deepEqual((await readdir(folder)).toSorted(), ['folder', 'rows.csv', 'rows.json']);
});

test('wrong uses', async () => {
  for (const [args, pattern] of [
    [['export', 'users', '--csv'], /TABLE must be search_queries or booking_clicks/],
    [['export', 'search_queries'], /either --csv or --json/],
    [['export', 'search_queries', '--csv', '--json'], /either --csv or --json/],
    [['export', '--csv'], /TABLE is missing/],
    [['summary', '--since', 'monday'], /--since must be a date as 2026-11-01, or 30d/],
    [['summary', '--until', '30d'], /--until must be a date/],
    [['summary', '--zone', 'India'], /--zone must be an IANA zone/],
    [['export', 'search_queries', '--csv', '--since', '2026-11-02', '--until', '2026-11-01'], /is after/],
  ] as const) {
    const { code, err } = await analytics(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, pattern);
  }
});

test('a long export fits into little memory', { timeout: 120_000 }, async () => {
  const rows = 10_000;
  await db.service.query({
    text: `INSERT INTO booking_clicks (id, route, platform, leg, leg_index, affiliate_url)
           SELECT 'l' || i, jsonb_build_object('text', repeat(md5(i::text), 200)), 'IRCTC', '{}', 0, 'https://www.irctc.co.in/' FROM generate_series(1, $1::int) i`,
    values: [rows],
  });
  const program = path.resolve(import.meta.dirname, '../../bin/routestitch');
  const child = spawn(program, ['analytics', 'export', 'booking_clicks', '--csv'], {
    env: { ...env(), NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let [bytes, lines] = [0, 0];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    lines += chunk.toString('latin1').split('\r\n').length - 1;
  }
  assert.deepEqual(await ended, [0, null]);
  assert.equal(lines, rows + 20 + 1);
  assert.ok(bytes > HEAP_MB * 1024 * 1024 * 0.6, `${bytes} bytes`);
});
