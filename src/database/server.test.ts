import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, suite } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connect } from './connect.ts';
import { canEnter, isRoot } from './embedded/account.ts';
import { isAlive } from './embedded/processes.ts';
import { migrate } from './migrate.ts';
import { openServer } from './server.ts';
import type { Server, ServerConfig } from './server.ts';

const serverModule = path.join(import.meta.dirname, 'server.ts');

/** The server that runs on a DATA_DIR, read from its pid file. */
function postmasterOf(dataDir: string): { pid: number; port: number } {
  const lines = readFileSync(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await condition()) return;
    await sleep(25);
  }
  assert.fail(`never happened: ${what}`);
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Opens it for one test; released also when the test fails. */
async function open(t: TestContext, dataDir: string, more: Partial<ServerConfig> = {}): Promise<Server> {
  const server = await openServer({ dataDir, durable: false, ...more });
  t.after(() => server.release());
  return server;
}

/** Another process that opens the server, says its URL, and releases it when its input ends. */
function otherProcess(dataDir: string, account: { uid?: number; gid?: number } = {}): ChildProcess {
  const script = `
    const { openServer } = await import(${JSON.stringify(serverModule)});
    const server = await openServer({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    console.log(server.ownerUrl);
    process.stdin.resume();
    await new Promise((resolve) => process.stdin.once('end', resolve));
    await server.release();`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...account,
  });
}

/** Its URL; rejects with what it said on stderr when it ends instead. */
async function firstLine(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const failed = once(child, 'close').then(() => Promise.reject(new Error(complaint)));
  const spoke = once(child.stdout ?? child, 'data') as Promise<[Buffer]>;
  return (await Promise.race([spoke, failed]))[0].toString().trim();
}

async function leave(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null) await once(child, 'exit');
}

suite('built-in server', () => {
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'routestitch-server-'));
    await chmod(dataDir, 0o755);
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  test('four processes starting at once on an empty folder share one server; the last stops it', async () => {
    const children = [1, 2, 3, 4].map(() => otherProcess(dataDir));
    const urls = await Promise.all(children.map(firstLine));
    assert.equal(new Set(urls).size, 1);
    const { pid } = postmasterOf(dataDir);
    for (const child of children.slice(0, 3)) await leave(child);
    assert.ok(isAlive(pid), 'in use by the fourth');
    assert.equal((await query(urls[0] ?? '', 'SELECT 1 AS one')).rows[0].one, 1);
    await leave(children[3] as ChildProcess);
    assert.ok(!isAlive(pid), 'stopped with the last');
  });

  test('is private: 127.0.0.1 only, SCRAM, random password in a file for its account', async (t) => {
    const server = await open(t, dataDir);
    const { rows } = await query(
      server.ownerUrl,
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('listen_addresses', 'unix_socket_directories', 'data_checksums', 'password_encryption') ORDER BY name`,
    );
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    assert.deepEqual(settings, {
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      unix_socket_directories: '',
    });
    const { rows: hba } = await query(server.ownerUrl, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules');
    assert.deepEqual(hba, [{ auth_method: 'scram-sha-256' }]);
    const { rows: locale } = await query(
      server.ownerUrl,
      `SELECT lower('ÀÉ') AS low, 'É' ~ '[[:alpha:]]' AS letter`,
    );
    assert.deepEqual(locale, [{ low: 'àé', letter: true }]);
    const passwordFile = await stat(path.join(dataDir, 'postgres/password'));
    assert.equal(passwordFile.mode & 0o777, 0o600);
    const wrong = new URL(server.ownerUrl);
    wrong.password = 'guess';
    await assert.rejects(query(wrong.href, 'SELECT 1'), { code: '28P01' });
    await server.release();
  });

  test('a durable server keeps fsync', async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-durable-'));
    await chmod(folder, 0o755);
    const server = await open(t, folder, { durable: true });
    const { rows } = await query(
      server.ownerUrl,
      `SELECT current_setting('fsync') f, current_setting('full_page_writes') w, current_setting('synchronous_commit') s`,
    );
    assert.deepEqual(rows, [{ f: 'on', w: 'on', s: 'on' }]);
    await server.release();
    await rm(folder, { recursive: true });
  });

  test('kill -9 of a process leaves the server; the next adopts it and loses nothing', async (t) => {
    const child = otherProcess(dataDir);
    const url = await firstLine(child);
    await query(url, 'CREATE TABLE survives AS SELECT 42 AS answer');
    const { pid } = postmasterOf(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.ok(isAlive(pid));
    const server = await open(t, dataDir);
    assert.equal(postmasterOf(dataDir).pid, pid, 'adopted');
    assert.deepEqual((await query(server.ownerUrl, 'SELECT * FROM survives')).rows, [{ answer: 42 }]);
    await query(server.ownerUrl, 'DROP TABLE survives');
    await server.release();
    assert.ok(!isAlive(pid), 'the killed process no longer counts as a user');
  });

  test('kill -9 of the server: it comes back on its port, pools go on, committed rows stay', async (t) => {
    const restarts: unknown[] = [];
    const server = await open(t, dataDir, { onRestart: (event) => restarts.push(event) });
    await migrate(server.ownerUrl);
    const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service' });
    t.after(() => service.close());
    await service.prisma.user.create({ data: { email: 'kept@example.org' } });
    await service.query({ text: `INSERT INTO rate_limits (identifier) VALUES ('gone')` });
    await query(server.ownerUrl, 'CHECKPOINT');
    const { pid, port } = postmasterOf(dataDir);
    process.kill(pid, 'SIGKILL');
    await until(() => restarts.length > 0, 'restart');
    assert.deepEqual(restarts, [{}]);
    assert.notEqual(postmasterOf(dataDir).pid, pid);
    assert.equal(postmasterOf(dataDir).port, port);
    assert.equal(await service.prisma.user.count(), 1);
    const { rows } = await service.query({ text: 'SELECT FROM rate_limits' });
    assert.equal(rows.length, 0, 'unlogged tables are emptied by a crash');
  });

  test('a left-over pid file that names a foreign process is not believed', async (t) => {
    const foreign = spawn('sleep', ['60'], { stdio: 'ignore' });
    t.after(() => foreign.kill());
    const taken = net.createServer().listen(0, '127.0.0.1');
    t.after(() => taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as net.AddressInfo;
    const data = path.join(dataDir, 'postgres/data');
    await writeFile(
      path.join(data, 'postmaster.pid'),
      `${foreign.pid}\n${data}\n1\n${port}\n\n127.0.0.1\n1 1\nready   \n`,
    );
    if (isRoot()) {
      const { uid, gid } = await stat(data);
      await chown(path.join(data, 'postmaster.pid'), uid, gid);
    }
    await open(t, dataDir);
    assert.notEqual(postmasterOf(dataDir).pid, foreign.pid);
    assert.notEqual(postmasterOf(dataDir).port, port);
  });

  test('a killed initdb leaves nothing that is taken for a database', async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-half-'));
    await chmod(folder, 0o755);
    const child = otherProcess(folder);
    await until(
      () => spawnSync('sh', ['-c', `ls ${folder}/postgres/data.*/base`]).status === 0,
      'initdb running',
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await open(t, folder);
    assert.equal((await query(server.ownerUrl, 'SELECT 1 AS one')).rows[0].one, 1);
    await server.release();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  test('a psql session keeps the server', async (t) => {
    const server = await open(t, dataDir);
    const session = new pg.Client({ connectionString: server.ownerUrl, application_name: 'psql' });
    session.on('error', () => {});
    await session.connect();
    const { pid } = postmasterOf(dataDir);
    await server.release();
    assert.ok(isAlive(pid));
    await session.end();
    const again = await open(t, dataDir);
    await again.release();
    assert.ok(!isAlive(pid));
  });

  test('data of another major version is refused with advice', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-old-'));
    await chmod(folder, 0o755);
    await cp(path.join(dataDir, 'postgres'), path.join(folder, 'postgres'), { recursive: true });
    await writeFile(path.join(folder, 'postgres/data/PG_VERSION'), '17\n');
    await assert.rejects(openServer({ dataDir: folder }), /made by PostgreSQL 17.*restore a backup/);
    await rm(folder, { recursive: true });
  });
});

suite(
  'built-in server under root, in a folder its account cannot enter',
  { skip: isRoot() ? false : 'needs root' },
  () => {
    test('keeps its cluster elsewhere, found again by a pointer; a copied folder gets its own', async (t) => {
      const closed = await mkdtemp(path.join(tmpdir(), 'routestitch-closed-')); // mkdtemp makes it 0700
      const dataDir = path.join(closed, 'data');
      const server = await open(t, dataDir);
      const { home } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8')) as {
        home: string;
      };
      await query(server.ownerUrl, 'CREATE TABLE here ()');
      await server.release();
      const again = await open(t, dataDir);
      await query(again.ownerUrl, 'SELECT FROM here');
      const copy = path.join(closed, 'copy');
      await cp(dataDir, copy, { recursive: true });
      const other = await open(t, copy);
      await assert.rejects(query(other.ownerUrl, 'SELECT FROM here'), { code: '42P01' });
      const { home: otherHome } = JSON.parse(await readFile(path.join(copy, 'postgres.json'), 'utf8')) as {
        home: string;
      };
      assert.notEqual(otherHome, home);
      await Promise.all([again.release(), other.release()]);
      for (const folder of [home, otherHome, closed]) await rm(folder, { recursive: true });
    });

    test('the same folder by another name, or moved, keeps its cluster', async (t) => {
      const closed = await mkdtemp(path.join(tmpdir(), 'routestitch-closed-'));
      const dataDir = path.join(closed, 'data');
      const server = await open(t, dataDir);
      await query(server.ownerUrl, 'CREATE TABLE here ()');
      await server.release();
      await symlink(dataDir, path.join(closed, 'link'));
      const byLink = await open(t, path.join(closed, 'link'));
      await query(byLink.ownerUrl, 'SELECT FROM here');
      await byLink.release();
      await rename(dataDir, path.join(closed, 'moved'));
      const moved = await open(t, path.join(closed, 'moved'));
      await query(moved.ownerUrl, 'SELECT FROM here');
      const pointer = await readFile(path.join(closed, 'moved/postgres.json'), 'utf8');
      await moved.release();
      await rm((JSON.parse(pointer) as { home: string }).home, { recursive: true });
      await rm(closed, { recursive: true });
    });
  },
);

const nobody = { uid: 65534, gid: 65534 };
const withoutNobody =
  isRoot() && canEnter(nobody, import.meta.dirname)
    ? false
    : 'needs root, and a checkout that others can read';

suite('built-in server for a normal user', { skip: withoutNobody }, () => {
  test('runs as that user; root joins it; root’s own folder is refused to the user with advice', async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-user-'));
    await chown(folder, nobody.uid, nobody.gid);
    const child = otherProcess(folder, nobody);
    await firstLine(child);
    const { pid } = postmasterOf(folder);
    assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Uid:\s65534\s65534/m);
    await open(t, folder);
    assert.equal(postmasterOf(folder).pid, pid);
    await leave(child);
    assert.ok(isAlive(pid), 'root still uses it');

    const ofRoot = await mkdtemp(path.join(tmpdir(), 'routestitch-root-'));
    await chmod(ofRoot, 0o755);
    const server = await open(t, ofRoot);
    await server.release();
    await assert.rejects(
      firstLine(otherProcess(ofRoot, nobody)),
      /cannot be used by this user \(EACCES\).*DATA_DIR/,
    );
    t.after(() => Promise.all([folder, ofRoot].map((each) => rm(each, { recursive: true }))));
  });
});

test('an external server: too old, away and wrong are told apart, and never show the password', async () => {
  await assert.rejects(
    openServer({ databaseUrl: 'postgresql://me:secret@127.0.0.1:1/x', dataDir: '/nowhere' }),
    (error: Error) => {
      assert.match(
        error.message,
        /Cannot use the database at postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/x: .*ECONNREFUSED/,
      );
      return true;
    },
  );
  await assert.rejects(
    openServer({ databaseUrl: 'not a url', dataDir: '/nowhere' }),
    /DATABASE_URL is not a URL/,
  );
});

test('a folder that cannot be made is said', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'routestitch-file-')), 'file');
  await writeFile(file, '');
  await assert.rejects(
    openServer({ dataDir: path.join(file, 'sub') }),
    /cannot be used by this user \(ENOTDIR\).*DATA_DIR/,
  );
  await rm(path.dirname(file), { recursive: true });
});
