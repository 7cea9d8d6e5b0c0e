/** F7: backup → verify → restore, of the built-in server and of Debian's PostgreSQL 15 with an owner who is no superuser. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { roleUrl } from '../../src/database/roles.ts';
import { openServer, type Server } from '../../src/database/server.ts';
import { withDatabase } from '../../src/database/url.ts';
import {
  createBackup,
  findBackup,
  readBackups,
  restoreBackup,
  verifyBackup,
} from '../../src/features/backup/index.ts';
import { findPrograms, startProgram } from '../../src/features/backup/programs.ts';
import { restoreDump } from '../../src/features/backup/restoreDump.ts';
import { openPayload } from '../../src/features/backup/verifyBackup.ts';
import { bareDatabase } from '../support/database.ts';
import { type DebianServer, startDebian15, withoutDebian15 } from '../support/debianServer.ts';
import { templateName } from '../support/testServer.ts';
import {
  type BackupSource,
  backUpUnderWrites,
  type DrilledBackup,
  refuseDamage,
  refuseTwoAtOnce,
  restoreWithErasure,
  verifyAll,
} from './backupDrill.ts';
import { drill, sized } from './sizes.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `routestitch-test-${process.pid}-`));
  await chmod(folder, 0o755); // under root the server's account must enter it
  return folder;
}

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

suite('F7 the built-in server', () => {
  let source: BackupSource;
  let server: Server;
  let drilled: DrilledBackup;
  before(async () => {
    const folder = await temporaryFolder();
    server = await openServer({ dataDir: folder, durable: drill });
    await migrate(server.ownerUrl);
    const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service' });
    const { ownerUrl } = server;
    source = { folder, databaseUrl: undefined, ownerUrl, superuserUrl: ownerUrl, service };
  });
  after(async () => {
    await source.service.close().catch(() => undefined);
    await server.release();
    await rm(source.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  test('a copy under writes is recovered and compared before it counts', { timeout: 600_000 }, async (t) => {
    drilled = await backUpUnderWrites(t, source);
    assert.equal(drilled.created.manifest.kind, 'physical');
    assert.deepEqual(drilled.created.verification?.problems, []);
  });

  test('another at the same time is refused', () => refuseTwoAtOnce(source, drilled));

  test('every table, policy and grant is restored, and F1 holds', { timeout: 600_000 }, (t) =>
    verifyAll(t, source, drilled),
  );

  test('one flipped bit and other keys are refused', { timeout: 600_000 }, () =>
    refuseDamage(source, drilled),
  );

  test('a folder in use, an occupied one and a database’s URL are refused', async () => {
    const backup = await findBackup(drilled.dir, drilled.created.manifest.id);
    const to = (target: string, replace: boolean) =>
      restoreBackup(backup, { to: target, replace, identities: drilled.identities, backupDir: drilled.dir });
    await assert.rejects(to(source.folder, false), { code: 'CONFLICT', message: /--yes/ });
    await assert.rejects(to(source.folder, true), { code: 'CONFLICT', message: /in use/ });
    await assert.rejects(to('postgresql://u:p@localhost/x', true), /restored to a folder/);
  });

  test('a backup that is killed is none, and leaves nothing behind', { timeout: 600_000 }, async (t) => {
    const main = path.resolve(import.meta.dirname, '../../src/main.ts');
    const dir = path.join(source.folder, 'killed');
    const env = { ...process.env, DATABASE_URL: '', DATA_DIR: source.folder, BACKUP_DIR: dir };
    let [killed, longest] = [0, 4000];
    for (let kill = 0; kill < sized(2, 12); kill++) {
      const started = performance.now();
      const child = spawn(process.execPath, [main, 'backup', 'create'], { stdio: 'ignore', env });
      const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
      const timer = setTimeout(() => child.kill('SIGKILL'), 800 + Math.random() * longest);
      const [, signal] = await ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed++;
      else longest = performance.now() - started - 800;
    }
    t.diagnostic(`${killed} backups killed`);
    const listed = await readBackups(dir);
    assert.deepEqual(
      listed.filter((backup) => 'fault' in backup),
      [],
    );
    const place = { dataDir: source.folder, backup: { dir, recipients: [], databaseUrl: undefined } };
    const { manifest } = await createBackup(place);
    const names = (await readBackups(dir)).map(({ id }) => id).toSorted();
    assert.ok(names.includes(manifest.id));
    assert.deepEqual((await readdir(dir)).filter((name) => name !== 'erasures').toSorted(), names);
    assert.deepEqual(
      (await readdir(source.folder)).filter((name) => name.startsWith('scratch-')),
      [],
    );
  });

  test('restored over itself: a user erased since is erased again, and held', { timeout: 600_000 }, (t) =>
    restoreWithErasure(t, source, drilled, {
      to: source.folder,
      replace: true,
      stop: async () => {
        await source.service.close();
        await server.release();
      },
      open: async () => {
        server = await openServer({ dataDir: source.folder, durable: drill });
        const kept = (await readdir(path.join(source.folder, 'postgres')).catch(() => [])).filter((name) =>
          name.startsWith('before-'),
        );
        assert.ok(kept.length === 1 || !existsSync(path.join(source.folder, 'postgres')), 'the old files');
        return server.ownerUrl;
      },
    }),
  );
});

const dumpSettings = { skip: withoutDebian15 };
suite('F7 a server of PostgreSQL 15', dumpSettings, () => {
  let debian: DebianServer;
  let source: BackupSource;
  let drilled: DrilledBackup;
  const superuser = (database: string) => withDatabase(debian.superuserUrl, database);
  before(async () => {
    const folder = await temporaryFolder();
    debian = await startDebian15();
    const { ownerUrl } = debian;
    await migrate(ownerUrl);
    const service = await connect({ ownerUrl, role: 'rs_service' });
    source = { folder, databaseUrl: ownerUrl, ownerUrl, superuserUrl: superuser('app'), service };
  });
  after(async () => {
    await source.service.close().catch(() => undefined);
    await debian.stop();
    await rm(source.folder, { recursive: true, force: true });
  });

  test('a dump under writes is of one moment', { timeout: 600_000 }, async (t) => {
    drilled = await backUpUnderWrites(t, source);
    const { manifest } = drilled.created;
    assert.equal(manifest.kind, 'dump');
    assert.match(manifest.versions.tool ?? '', /^pg_dump \(PostgreSQL\) 15/);
    assert.deepEqual(manifest.inventory.roles, ['rs_app', 'rs_backup', 'rs_service']);
  });

  test('another at the same time is refused', () => refuseTwoAtOnce(source, drilled));

  test('every table, policy and grant is restored to 18, and F1 holds', { timeout: 600_000 }, (t) =>
    verifyAll(t, source, drilled),
  );

  test('and into a new database of its own server', { timeout: 600_000 }, async () => {
    const backup = await findBackup(drilled.dir, drilled.created.manifest.id);
    const { identities } = drilled;
    const found = await verifyBackup(backup, { dataDir: source.folder, identities, on: source.ownerUrl });
    assert.deepEqual(found.problems, []);
    const left = await query(debian.superuserUrl, `SELECT FROM pg_database WHERE datname LIKE '%scratch%'`);
    assert.equal(left.rowCount, 0);
  });

  test('one flipped bit and other keys are refused', { timeout: 600_000 }, () =>
    refuseDamage(source, drilled),
  );

  test('who does not see all rows gets no dump: rs_app, the owner, and rs_backup without a policy', async () => {
    const programs = await findPrograms(15);
    const dump = async (url: string, ...options: string[]) => {
      const { child, done } = startProgram(programs, 'pg_dump', ['--format=custom', ...options], url);
      child.stdout.resume();
      await done;
    };
    const app = roleUrl(source.ownerUrl, 'rs_app');
    await assert.rejects(dump(app), /permission denied/);
    const refused = /query would be affected by row-level security policy for table "trips"/;
    await assert.rejects(dump(app, '--table=public.trips'), refused);
    await assert.rejects(dump(source.ownerUrl, '--table=public.trips'), refused);
    await query(
      superuser('app'),
      'ALTER POLICY backup ON trips RENAME TO gone; ALTER POLICY gone ON trips TO rs_app',
    );
    const place = {
      dataDir: source.folder,
      backup: { dir: drilled.dir, recipients: [], databaseUrl: source.ownerUrl },
    };
    try {
      await assert.rejects(createBackup(place), /rs_backup does not see all rows of public.trips/);
    } finally {
      await query(
        superuser('app'),
        'ALTER POLICY gone ON trips TO rs_backup; ALTER POLICY gone ON trips RENAME TO backup',
      );
    }
    assert.deepEqual((await readdir(drilled.dir)).toSorted(), [
      drilled.created.manifest.id,
      'last-failure.json',
    ]);
  });

  test('a restore that fails leaves what was there; an occupied or used database is refused', async () => {
    const { dir, identities, created } = drilled;
    const { manifest, folder } = created;
    const backup = await findBackup(dir, manifest.id);
    const to = (replace: boolean) =>
      restoreBackup(backup, { to: source.ownerUrl, replace, identities, backupDir: dir });
    await assert.rejects(to(false), { code: 'CONFLICT', message: /not empty: --yes/ });
    const other = new pg.Client({ connectionString: source.ownerUrl });
    await other.connect();
    try {
      await assert.rejects(to(true), { code: 'CONFLICT', message: /1 connections use the database/ });
    } finally {
      await other.end();
    }
    const whole = await buffer(await openPayload(folder, manifest, identities));
    const programs = await findPrograms(15);
    const trips = async () => (await query(superuser('app'), 'SELECT FROM trips')).rowCount;
    const before = await trips();
    for (const part of [0.2, 0.6, 0.98]) {
      const torn = Readable.from([whole.subarray(0, Math.floor(whole.length * part))]);
      await assert.rejects(
        restoreDump(programs, source.ownerUrl, torn, manifest, { replace: true }),
        (error: Error) => /pg_restore: |psql: /.test(error.message),
      );
      assert.equal(await trips(), before, `torn at ${part}`);
    }
  });

  test(
    'restored elsewhere after a loss: a user erased since is erased again',
    { timeout: 600_000 },
    async (t) => {
      await query(debian.superuserUrl, 'CREATE DATABASE restored OWNER owner');
      await restoreWithErasure(t, source, drilled, {
        to: withDatabase(source.ownerUrl, 'restored'),
        replace: false,
        stop: () => source.service.close(),
        open: async () => superuser('restored'),
      });
    },
  );

  test('and over what is there, when nobody uses it', { timeout: 600_000 }, async () => {
    const backup = await findBackup(drilled.dir, drilled.created.manifest.id);
    await query(superuser('app'), `DELETE FROM users; CREATE TABLE public.planted (id int)`);
    const { dir: backupDir, identities } = drilled;
    await restoreBackup(backup, { to: source.ownerUrl, replace: true, identities, backupDir });
    const { rows } = await query(
      superuser('app'),
      `SELECT to_regclass('planted') AS planted, (SELECT count(*) > 2 FROM users) AS users`,
    );
    assert.deepEqual(rows, [{ planted: null, users: true }]);
  });
});

test('a server newer than every pg_dump here is named with what to install', async () => {
  const newer = await bareDatabase(templateName);
  const folder = await temporaryFolder();
  try {
    const backup = { dir: path.join(folder, 'backups'), recipients: [], databaseUrl: newer.ownerUrl };
    await assert.rejects(createBackup({ dataDir: folder, backup }), {
      code: 'CONFIGURATION',
      message: /PostgreSQL 18 or newer \(found: .*\): apt-get install postgresql-client-18/,
    });
  } finally {
    await newer.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
