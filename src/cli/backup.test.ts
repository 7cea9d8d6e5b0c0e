/** `backup` as an operator runs it, on a server of PostgreSQL 15. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type DebianServer, startDebian15, withoutDebian15 } from '../../test/support/debianServer.ts';
import { connect } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { seed } from '../database/seed.ts';
import { withDatabase } from '../database/url.ts';
import { type BackupRun, type Manifest, runBackup } from '../features/backup/index.ts';
import { openJobs } from '../jobs/openJobs.ts';
import { commands } from './registry.ts';
import { runCommandLine } from './run.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), `routestitch-test-${process.pid}-`));
  await chmod(folder, 0o755); // under root the account of scratch servers must enter it
});
after(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
/** In this process: a program of its own takes a second to start. */
const backup = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> => {
  const said = { out: '', err: '' };
  const terminal = {
    stdout: { write: (text: string) => Boolean((said.out += text)) },
    stderr: { write: (text: string) => Boolean((said.err += text)) },
  };
  const settings = { DATA_DIR: path.join(folder, 'data'), ...env };
  const code = await runCommandLine(['backup', ...args], commands, { version: '0', terminal, env: settings });
  return { code, ...said };
};

test('every command explains itself', async () => {
  for (const name of ['create', 'list', 'verify', 'restore', 'prune', 'key']) {
    const { code, out } = await backup([name, '--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^.+\\n\\nusage: routestitch backup ${name}`), name);
    assert.match(out, /--json/);
  }
});

test('without backups: nothing listed, nothing pruned, unknown ids named', async () => {
  assert.match((await backup(['list'])).out, /^No backups in .*`routestitch backup create` makes one\.\n$/);
  assert.deepEqual(JSON.parse((await backup(['list', '--json'])).out), []);
  assert.equal((await backup(['prune'])).out, 'Removed 0 backups; 0 stay.\n');
  const { code, err } = await backup(['verify', '20260101-000000-0000']);
  assert.equal(code, 1);
  assert.match(err, /^routestitch backup verify: There is no backup 20260101-000000-0000 in [^\n]*\n$/);
  assert.equal((await backup(['verify'])).code, 2);
  assert.equal((await backup(['restore', '20260101-000000-0000'])).code, 2, 'without --to');
  const bad = await backup(['create'], { BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1' });
  assert.match(bad.err, /BACKUP_RECIPIENT: must be a public age key/);
  const pooled = await backup(['create'], { DATABASE_URL: 'postgresql://u:p@localhost/x?pgbouncer=true' });
  assert.match(pooled.err, /is a pooler’s.*set BACKUP_DATABASE_URL/);
});

suite('on a server', { skip: withoutDebian15 }, () => {
  let server: DebianServer;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    server = await startDebian15();
    await migrate(server.ownerUrl);
    await seed(server.ownerUrl);
    env = { DATABASE_URL: server.ownerUrl, BACKUP_DIR: path.join(folder, 'backups') };
  });
  after(() => server.stop());

  test('create, list, verify, restore, in words and in JSON', async () => {
    const open = await backup(['create'], env);
    assert.equal(open.code, 0, open.err);
    assert.match(open.err, /WARNING: this backup is NOT ENCRYPTED/);
    assert.match(open.out, /^Backup \S+ \(dump, 0\.\d MB, not encrypted\): \d+ tables with \d+ rows in/);

    const keyFile = path.join(folder, 'key');
    const made = await backup(['key', keyFile]);
    const [, recipient = ''] = /^BACKUP_RECIPIENT=(age1\S+)\n$/.exec(made.out) ?? [];
    assert.equal((await stat(keyFile)).mode & 0o777, 0o600);
    const sealed = await backup(['create', '--json'], { ...env, BACKUP_RECIPIENT: recipient });
    assert.deepEqual([sealed.code, sealed.err], [0, '']);
    const {
      id,
      folder: where,
      payload,
      recipients,
    } = JSON.parse(sealed.out) as Manifest & { folder: string };
    assert.deepEqual([recipients, payload.name], [[recipient], 'database.dump.age']);
    assert.ok(!(await readFile(path.join(where, payload.name))).includes('student@test.com'));

    const listed = JSON.parse((await backup(['list', '--json'], env)).out) as { id: string; good: boolean }[];
    assert.deepEqual([listed.length, listed[0]?.id, listed[0]?.good], [2, id, true]);
    assert.match(
      (await backup(['list'], env)).out,
      /Encrypted +State\n.*yes +not verified yet\n.*NO +not verified yet\n$/,
    );

    const noKey = await backup(['verify', id], env);
    assert.equal(noKey.code, 1);
    assert.match(noKey.err, /No key was given.*--identity FILE or BACKUP_IDENTITY_FILE\n$/);
    const good = await backup(['verify', id, '--identity', keyFile], env);
    assert.equal(good.code, 0, good.err);
    assert.match(good.out, /^Backup \S+ is good: \d+ tables, policies, grants and triggers are as saved/);
    assert.match((await backup(['list'], env)).out, /yes +verified \d{4}-/);

    const to = path.join(folder, 'restored');
    const restored = await backup(['restore', where, '--to', to], { ...env, BACKUP_IDENTITY_FILE: keyFile });
    assert.equal(restored.code, 0, restored.err);
    assert.match(restored.out, /^Restored backup \S+ to \S+restored in [\d.]+ s: \d+ tables are as saved\./);
    assert.match(restored.out, /Erased 0 users again/);
    assert.match(restored.out, /Next: Start RouteStitch with DATA_DIR=/);
    const again = await backup(['restore', where, '--to', to, '--identity', keyFile], env);
    assert.equal(again.code, 1);
    assert.match(again.err, /is not empty: --yes replaces all that is in it\n$/);
  });

  test('a damaged one fails with exit 1 and is listed as damaged', async () => {
    const { out } = await backup(['create', '--json'], env);
    const { id, folder: where, payload } = JSON.parse(out) as Manifest & { folder: string };
    const file = path.join(where, payload.name);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 4;
    await writeFile(file, bytes);
    const { code, err } = await backup(['verify', id], env);
    assert.equal(code, 1);
    assert.match(err, /database\.dump is damaged: its SHA-256 is not the manifest's/);
    assert.match((await backup(['list'], env)).out, new RegExp(`${id} .* DAMAGED: `));
  });

  test('the nightly job makes one and removes old ones, in a process of its own', async () => {
    const place = {
      dataDir: path.join(folder, 'data'),
      backup: { dir: path.join(folder, 'nightly'), recipients: [], databaseUrl: server.ownerUrl },
    };
    const { ownerUrl } = server;
    const service = await connect({ ownerUrl, role: 'rs_service', max: 2 });
    const log = { error: assert.fail, warn: () => undefined, debug: () => undefined };
    const { promise, resolve, reject } = Promise.withResolvers<BackupRun>();
    const work = ({ signal }: { signal: AbortSignal }) => runBackup(place, { signal }).then(resolve, reject);
    const jobs = await openJobs({ ownerUrl, service, log, backup: work });
    try {
      await jobs.runSoon('backup');
      const run = await promise;
      assert.ok(run.bytes > 1000 && !run.encrypted);
      assert.deepEqual(run.removed, []);
    } finally {
      await jobs.close();
      await service.close();
    }
    const databaseUrl = withDatabase(server.ownerUrl, 'absent');
    await assert.rejects(runBackup({ ...place, backup: { ...place.backup, databaseUrl } }), {
      code: 'DATABASE',
    });
    await assert.rejects(runBackup(place, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
