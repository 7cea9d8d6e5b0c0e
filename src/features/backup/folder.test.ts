/** What is listed, kept and removed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { backupStatus } from './backupStatus.ts';
import type { Manifest } from './contract.ts';
import {
  commitBackup,
  findBackup,
  newBackupId,
  noteVerification,
  openPartial,
  readBackups,
} from './folder.ts';
import { isGood, pruneBackups } from './pruneBackups.ts';
import { needRoom } from './space.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'routestitch-folder-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const DAY = 86_400_000;
const now = new Date('2026-12-10T03:07:00Z');
const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
const write = (folder: string, name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { name, bytes: text.length, sha256 };
};

async function make(finished: Date): Promise<string> {
  const id = newBackupId(new Date(finished.getTime() - 60_000));
  const partial = await openPartial(dir, id);
  const manifest: Manifest = {
    format: 1,
    id,
    kind: 'dump',
    startedAt: new Date(finished.getTime() - 60_000).toISOString(),
    finishedAt: finished.toISOString(),
    versions: { app: '0.1.0', server: '15.14', tool: null },
    databaseBytes: 10,
    inventory: { tables: [], sequences: [], extensions: [], roles: [], migrations: [] },
    schema: write(partial, 'schema.sql', 'CREATE'),
    payload: write(partial, 'database.dump', 'data of the dump'),
    recipients: [],
    restorePoint: null,
  };
  await commitBackup(dir, partial, manifest);
  return id;
}
const ids = async (): Promise<string[]> => (await readBackups(dir)).map(({ id }) => id);
const verified = (problems: string[]) => ({
  at: now.toISOString(),
  problems,
  tables: 1,
  restoreSeconds: 1,
});

test('a backup is listed when it is whole, and not before', async () => {
  await openPartial(dir, newBackupId(now));
  assert.deepEqual(await ids(), []);
  const id = await make(now);
  assert.deepEqual(await ids(), [id]);
  assert.equal((await findBackup(dir, id)).manifest.id, id);
  assert.equal((await findBackup(dir, path.join(dir, id))).id, id, 'by its folder');
  await assert.rejects(findBackup(dir, '20260101-000000-0000'), { code: 'NOT_FOUND' });
  await assert.rejects(findBackup(dir, '../etc'), { code: 'NOT_FOUND' });
});

test('a file that is missing, shorter, or a changed manifest makes it damaged', async () => {
  const id = await make(now);
  const file = (name: string) => path.join(dir, id, name);
  const whole = Object.fromEntries(
    readdirSync(path.join(dir, id)).map((name) => [name, readFileSync(file(name))]),
  );
  const expectFault = async (fault: RegExp) => {
    const [found] = await readBackups(dir);
    assert.ok(found && 'fault' in found && fault.test(found.fault), JSON.stringify(found));
    assert.ok(!isGood(found));
    await assert.rejects(findBackup(dir, id), { code: 'UNPROCESSABLE' });
    for (const [name, content] of Object.entries(whole)) writeFileSync(file(name), content);
  };
  const manifest = whole['manifest.json']!;
  for (let bit = 0; bit < manifest.length * 8; bit += 997) {
    const flipped = Buffer.from(manifest);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(file('manifest.json'), flipped);
    await expectFault(/not what was written/);
  }
  rmSync(file('manifest.json'));
  await expectFault(/missing/);
  rmSync(file('database.dump'));
  await expectFault(/database.dump is missing/);
  writeFileSync(file('database.dump'), 'data');
  await expectFault(/4 bytes instead of 16/);
  assert.ok(isGood((await readBackups(dir))[0]!));
});

test('seven days are kept, to the moment', async () => {
  const kept = await Promise.all([0, 1, 6.9, 7].map((days) => make(ago(days))));
  const gone = await Promise.all([7.0001, 8, 30].map((days) => make(ago(days))));
  const pruned = await pruneBackups(dir, now);
  assert.deepEqual(new Set(pruned.removed), new Set(gone));
  assert.deepEqual(new Set(pruned.kept), new Set(kept));
  assert.deepEqual(new Set(await ids()), new Set(kept));
  assert.deepEqual((await pruneBackups(dir, now)).removed, [], 'again changes nothing');
});

test('with a backup every night there are seven after the eighth', async () => {
  const nights: string[] = [];
  for (let night = 10; night >= 0; night--) {
    const at = ago(night + 0.0001 * (night % 2)); // some take longer
    nights.push(await make(at));
    await pruneBackups(dir, new Date(at.getTime() + 60_000));
  }
  assert.deepEqual(await ids(), nights.slice(-7).toReversed());
});

test('the last good one stays however old; damaged ones do not count as good', async () => {
  const last = await make(ago(40));
  const older = await make(ago(41));
  const damaged = await make(ago(1));
  await noteVerification(path.join(dir, damaged), verified(['table trips is missing']));
  const { removed } = await pruneBackups(dir, now);
  assert.deepEqual(removed, [older]);
  assert.deepEqual(await ids(), [damaged, last]);
  const truncated = await make(now);
  writeFileSync(path.join(dir, truncated, 'database.dump'), '');
  assert.deepEqual((await pruneBackups(dir, now)).removed, [], 'a broken new one is no reason');
  await noteVerification(path.join(dir, damaged), verified([]));
  assert.deepEqual((await pruneBackups(dir, now)).removed, [last], 'now there is a younger good one');
});

test('a clock that ran ahead loses nothing', async () => {
  const ahead = await make(ago(-400));
  const old = await make(ago(9));
  const today = await make(now);
  assert.deepEqual((await pruneBackups(dir, now)).removed, [old]);
  assert.deepEqual(await ids(), [ahead, today]);
});

test('an empty or absent folder has nothing to remove', async () => {
  assert.deepEqual(await pruneBackups(dir, now), { removed: [], kept: [] });
  rmSync(dir, { recursive: true });
  assert.deepEqual(await pruneBackups(dir, now), { removed: [], kept: [] });
  assert.deepEqual((await backupStatus(dir, now)).lastGood, null);
});

test('what killed processes left goes, what others work on stays', async () => {
  const alive = path.basename(await openPartial(dir, newBackupId(now)));
  const dead = alive.replace(`-${process.pid}.`, '-4194300.');
  const elsewhere = dead.replace(/[0-9a-f]{8}-4194300/, '00000000-4194300');
  for (const name of [dead, elsewhere, dead.replace('.partial', '.deleted')]) mkdirSync(path.join(dir, name));
  await pruneBackups(dir, new Date());
  assert.deepEqual(new Set(readdirSync(dir)), new Set([alive, elsewhere]));
  await pruneBackups(dir, new Date(Date.now() + 2 * DAY));
  assert.deepEqual(readdirSync(dir), [alive], 'after a day nobody works on it any more');
});

test('the status tells age, size, and a failure that no backup followed', async () => {
  const id = await make(ago(2));
  const failure = { at: ago(1).toISOString(), code: 'UNAVAILABLE', message: 'no room' };
  writeFileSync(path.join(dir, 'last-failure.json'), JSON.stringify(failure));
  const { lastGood, lastFailure, count, bad } = await backupStatus(dir, now);
  assert.deepEqual(
    [lastGood?.id, lastGood?.ageSeconds, lastGood?.bytes, lastGood?.seconds, lastGood?.encrypted],
    [id, (2 * DAY) / 1000, 16, 60, false],
  );
  assert.deepEqual([lastFailure, count, bad], [failure, 1, 0]);
  await make(now);
  assert.equal((await backupStatus(dir, now)).lastFailure, null);
});

test('a disk without room is refused before the work, with both figures', async () => {
  await needRoom(path.join(dir, 'not/made/yet'), 1, 'a test');
  await assert.rejects(needRoom(path.join(dir, 'not/made/yet'), 1e17, 'a test'), {
    code: 'UNAVAILABLE',
    message: /Not enough room .* 100000000\.07 GB needed, [\d.]+ GB free/,
  });
});

test('backups of one second are listed in their order too', () => {
  const second = now.getTime();
  const ids = Array.from({ length: 1000 }, (_, ms) => newBackupId(new Date(second + ms)));
  assert.deepEqual(ids.toSorted(), ids);
  assert.match(ids[999]!, /^20261210-030700-3e7[0-9a-f]$/);
});
