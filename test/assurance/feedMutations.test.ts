/**
 * A sound feed is spoiled in eighty ways (feedMutations.ts) and imported as an operator would. Each way has its
 * verdict, fault and place; what is refused leaves the active network, the rows and the disk as they were.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { AppError } from '../../src/errors.ts';
import {
  activateNetwork,
  importNetwork,
  networkNotices,
  removeNetwork,
} from '../../src/features/networks/index.ts';
import { asEpochMinute, type EpochDay, parseDate } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type FeedFiles, fileFeed, folderFeed, type TemporaryFeed } from '../support/gtfsFeed.ts';
import { writeLargeFeed } from '../support/largeFeed.ts';
import { baseFeed } from './baseFeed.ts';
import type { Mutation } from './feedMutation.ts';
import { listed, mutations } from './feedMutations.ts';
import { type HeavyFeed, manyStopTimes } from './heavyFeeds.ts';
import { followMemory, type ImportOutcome } from './importFeed.ts';

const today = parseDate('2026-03-04') as EpochDay;
const now = asEpochMinute(today * 1440 + 300);
const MOST_SECONDS = 30;
const MOST_MB = 512;

/** A folder of this test's own, so that nothing of others lies in it. */
const scratch = mkdtempSync(path.join(tmpdir(), 'routestitch-mutations-'));
process.env['TMPDIR'] = path.join(scratch, 'tmp');
mkdirSync(process.env['TMPDIR']);
const feedsAt = path.join(scratch, 'feeds');
mkdirSync(feedsAt);

let database: TestDatabase;
let owner: pg.Client;
let base: string;
before(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const feed = await folderFeed(baseFeed);
  const network = await importNetwork(database.service, { sources: [feed.location], activate: true, now });
  await feed.remove();
  base = network.id;
  assert.deepEqual(await networkNotices(database.service, base, {}), [], 'the base feed has no fault');
});
after(async () => {
  await owner.end();
  await database.drop();
  rmSync(scratch, { recursive: true, force: true });
});

/** Rows of every table, and the hash of the image that searches use. */
async function stateOf(): Promise<{ rows: Record<string, number>; active: string }> {
  const tables = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const counts = tables.rows.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name}`);
  const found = await owner.query<{ name: string; n: number }>(counts.join(' UNION ALL '));
  const active = await owner.query<{ hash: string }>(
    'SELECT image_hash AS hash FROM networks WHERE is_active',
  );
  return {
    rows: Object.fromEntries(found.rows.map(({ name, n }) => [name, n])),
    active: active.rows.map(({ hash }) => hash).join(),
  };
}

const isHeavy = (made: object): made is HeavyFeed =>
  !Buffer.isBuffer(made) && typeof (made as Partial<HeavyFeed>).write === 'function';

let peakHere = 0;

async function importHere(made: Buffer | FeedFiles): Promise<ImportOutcome> {
  const feed: TemporaryFeed = await (Buffer.isBuffer(made) ? fileFeed(made) : folderFeed(made));
  const peak = followMemory(true);
  try {
    const { id } = await importNetwork(database.service, { sources: [feed.location], activate: true, now });
    return { id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message, facts: error.facts };
  } finally {
    peakHere = Math.max(peakHere, peak() ?? 0);
    await feed.remove();
  }
}

/** In a process of its own, whose memory can be told from this one's. */
async function importThere(made: HeavyFeed): Promise<ImportOutcome> {
  const file = path.join(feedsAt, 'feed.zip');
  const order = path.join(feedsAt, 'order.json');
  await made.write(file);
  const { memoryMb } = made;
  await writeFile(order, JSON.stringify({ url: database.ownerUrl, file, now, memoryMb }));
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'importFeed.ts'), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = '';
  for await (const part of child.stdout.setEncoding('utf8')) written += part;
  rmSync(file);
  return JSON.parse(written) as ImportOutcome;
}

function assertRefused({ code, place }: Mutation, outcome: ImportOutcome): void {
  assert.ok('code' in outcome, `it was imported instead of refused as ${code}`);
  assert.match(outcome.code, /^FEED_(UNREADABLE|REJECTED)$/, outcome.message);
  assert.match(outcome.message, /^[^\p{Cc}]{10,}\.$/u);
  if (code === 'TOO_BIG') {
    assert.match(outcome.message, /too big for an import of \d+ MB; raise IMPORT_MEMORY_MB/);
    return;
  }
  const { fault, file, row, column } = outcome.facts;
  assert.equal(`${String(fault)} ${placeOf(file, row, column)}`, `${code} ${place}`, outcome.message);
}

/** `file:row:column`, cut where nothing more is known. */
const placeOf = (...parts: unknown[]): string =>
  parts
    .map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : ''))
    .join(':')
    .replace(/:+$/, '');

async function assertImported(
  { code, place, also, verdict }: Mutation,
  outcome: ImportOutcome,
): Promise<void> {
  assert.ok('id' in outcome, `refused: ${JSON.stringify(outcome)}`);
  const notices = await networkNotices(database.service, outcome.id, {});
  const found = notices.map((notice) => `${notice.code} ${placeOf(notice.file, notice.row, notice.column)}`);
  const wanted = `${code} ${place}`;
  if (verdict === 'accept') assert.deepEqual(found, []);
  else {
    assert.ok(found.includes(wanted), `${wanted} is not among ${found.join(', ').slice(0, 2000)}`);
    assert.deepEqual(notices.map((notice) => notice.code).toSorted(), [code, ...also].toSorted());
    for (const { message } of notices) assert.match(message, /^[^\p{Cc}\p{Zl}\p{Zp}]+\.$/u);
  }
  await activateNetwork(database.service, base, { today, force: true });
  await removeNetwork(database.service, outcome.id);
}

test('the list has its 68 mutations and sixteen more, none twice', () => {
  assert.deepEqual([listed.length, mutations.length], [68, 84]);
  assert.equal(new Set(mutations.map(({ name }) => name)).size, 84);
});

test('the large feed is the same for the same seed, and another for another', async () => {
  const bytesOf = async (seed: number): Promise<Buffer> => {
    const file = path.join(feedsAt, `${seed}.zip`);
    await writeLargeFeed(file, { stopTimes: 3000, seed });
    return readFile(file);
  };
  const first = await bytesOf(1);
  assert.ok(first.equals(await bytesOf(1)));
  assert.ok(!first.equals(await bytesOf(2)));
});

for (const mutation of mutations)
  test(`${mutation.verdict}: ${mutation.name}`, async (t) => {
    const earlier = await stateOf();
    const made = mutation.make();
    const started = performance.now();
    const outcome = isHeavy(made) ? await importThere(made) : await importHere(made);
    const seconds = outcome.seconds ?? (performance.now() - started) / 1000;
    if (mutation.verdict === 'reject') assertRefused(mutation, outcome);
    else await assertImported(mutation, outcome);
    const later = await stateOf();
    if (mutation.verdict === 'reject') assert.deepEqual(later, earlier);
    else assert.equal(later.active, earlier.active);
    assert.deepEqual(readdirSync(process.env['TMPDIR']!), [], 'files are left behind');
    assert.ok(seconds <= MOST_SECONDS, `it took ${seconds} s`);
    if (made === manyStopTimes) assert.ok((outcome.steps ?? 0) > 5, 'the bar moved');
    if (outcome.peakMb === undefined) return;
    t.diagnostic(`${seconds.toFixed(1)} s, ${outcome.peakMb} MB`);
    assert.ok(outcome.peakMb <= MOST_MB, `the process took ${outcome.peakMb} MB`);
  });

test(`the imports from this process took at most ${MOST_MB} MB`, (t) => {
  t.diagnostic(`${peakHere} MB`);
  assert.ok(peakHere <= MOST_MB, `${peakHere} MB`);
});
