/** The commands as a person runs them: child processes on a real database. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { searchResponseSchema } from '../features/journeys/contract.ts';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'bin/routestitch');
let db: TestDatabase;
let folder: string;

before(async () => {
  db = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-cli-'));
});
after(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  DATABASE_URL: db.ownerUrl,
  DATA_DIR: path.join(folder, 'data'),
  PORT: '0',
});

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = (
  args: readonly string[],
  options: { file?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Result> =>
  new Promise((resolve) => {
    const settings = {
      cwd: options.cwd ?? root,
      env: { ...environment(), ...options.env },
      maxBuffer: 1 << 24,
    };
    execFile(options.file ?? program, args, settings, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });

const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
const noida = ['search', '--from', 'Noida', '--to', 'Bangalore', '--date', inTenDays];

test('search --json answers by the contract: five options, three main modes, fastest by air, cheapest not', async () => {
  const { code, out, err } = await run([...noida, '--json']);
  assert.deepEqual([code, err], [0, '']);
  const answer = searchResponseSchema.parse(JSON.parse(out));
  assert.ok(answer.routes.length >= 5);
  assert.ok(new Set(answer.routes.map((route) => route.mainMode)).size >= 3);
  const pick = (id: string | null) => answer.routes.find((route) => route.id === id)?.mainMode;
  assert.equal(pick(answer.picks.FASTEST), 'flight');
  assert.notEqual(pick(answer.picks.CHEAPEST), 'flight');
  const { rows } = await db.service.query({
    text: 'SELECT routes_found FROM search_queries WHERE id = $1',
    values: [answer.searchId],
  });
  assert.deepEqual(
    rows,
    [{ routes_found: answer.routes.length }],
    'it is written down before the command ends',
  );
});

test('search for people is a table of options and legs, from any folder and through a symbolic link', async () => {
  const link = path.join(folder, 'rs');
  await symlink(program, link);
  const { code, out } = await run(noida, { file: link, cwd: '/' });
  assert.equal(code, 0);
  assert.match(out, /^Noida, Uttar Pradesh → Bengaluru, Karnataka, \w{3} \d{1,2} \w{3} \d{4}/);
  assert.match(out, /# +Leaves +Arrives +Takes +Changes +By +About/);
  assert.match(out, /Fastest: \d+ · cheapest/);
  assert.match(out, /Hazrat Nizamuddin \(NZM\)/);
  assert.match(out, /Sample timetable/);
});

test('search fails with one line and exit 1, bad usage with exit 2', async () => {
  const unknown = await run(['search', '--from', 'Xyzzyx', '--to', 'Delhi']);
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /^routestitch search: No place is known as "Xyzzyx"[^\n]*\n$/);
  assert.equal((await run(['search', '--from', 'Noida'])).code, 2);
});

test('db: status, drift and seed agree with the schema', async () => {
  const status = await run(['db', 'status', '--json']);
  assert.equal(status.code, 0);
  assert.equal((JSON.parse(status.out) as { upToDate: boolean }).upToDate, true);
  assert.match((await run(['db', 'migrate'])).out, /up to date/);
  const drift = await run(['db', 'drift']);
  assert.deepEqual([drift.code, /No drift/.test(drift.out)], [0, true], drift.out + drift.err);
  const first = await run(['db', 'seed', '--json']);
  const second = await run(['db', 'seed', '--json']);
  assert.equal(first.code, 0);
  assert.equal(first.out, second.out);
});

test('db drift sees a planted column, with exit 1', async () => {
  await db.service.pool.query('SELECT 1');
  const owner = new (await import('pg')).default.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  try {
    await owner.query('ALTER TABLE trips ADD COLUMN planted int');
    const { code, out } = await run(['db', 'drift']);
    assert.equal(code, 1);
    assert.match(out, /planted/);
  } finally {
    await owner.query('ALTER TABLE trips DROP COLUMN planted');
    await owner.end();
  }
});

test('db reset needs --yes', async () => {
  const { code, err } = await run(['db', 'reset']);
  assert.equal(code, 2);
  assert.match(err, /--yes/);
});

test('doctor finds a healthy installation healthy, and a planted fault with advice', async () => {
  await run(noida);
  const healthy = await run(['doctor', '--json']);
  const report = JSON.parse(healthy.out) as {
    healthy: boolean;
    findings: { check: string; state: string }[];
  };
  assert.deepEqual(
    report.findings.filter((finding) => finding.state === 'failed'),
    [],
  );
  assert.equal(healthy.code, 0);
  assert.deepEqual(
    report.findings.map((finding) => finding.check),
    [
      'runtime',
      'disk',
      'page',
      'mail',
      'backups',
      'database',
      'clock',
      'migrations',
      'roles',
      'row security',
      'timetable',
      'jobs',
      'reminders',
    ],
  );
  const owner = new (await import('pg')).default.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  try {
    await owner.query('ALTER TABLE trips NO FORCE ROW LEVEL SECURITY');
    const sick = await run(['doctor']);
    assert.equal(sick.code, 1);
    assert.match(sick.out, /row security +failed +missing on trips/);
  } finally {
    await owner.query('ALTER TABLE trips FORCE ROW LEVEL SECURITY');
    await owner.end();
  }
  const away = await run(['doctor'], { env: { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' } });
  assert.equal(away.code, 1);
  assert.match(away.out, /database +failed/);
});

test('a bad setting is named', async () => {
  const { code, err } = await run(['db', 'status'], { env: { PORT: 'abc' } });
  assert.equal(code, 1);
  assert.match(err, /PORT/);
});

test('serve starts, says where, answers, and stops cleanly on SIGTERM', async () => {
  const server = spawn(program, ['serve', '--json'], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(server, 'exit');
  try {
    const firstLine = once(createInterface({ input: server.stdout }), 'line').then(([line]) => String(line));
    const line = await Promise.race([
      firstLine,
      closed.then(([code]) => `it ended with code ${String(code)}`),
    ]);
    const { url, network } = JSON.parse(line) as { url: string; network: string };
    assert.match(network, /sample/i);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    const answer = await fetch(`${url}/api/v1/search?origin=Noida&destination=Bangalore&date=${inTenDays}`);
    const { routes, searchId } = searchResponseSchema.parse(await answer.json());
    assert.ok(routes.length >= 5);
    server.kill('SIGTERM');
    assert.deepEqual(await closed, [0, null]);
    const { rows } = await db.service.query({
      text: 'SELECT 1 AS n FROM search_queries WHERE id = $1',
      values: [searchId],
    });
    assert.equal(rows.length, 1, 'what waited was written before the end');
  } finally {
    server.kill('SIGKILL');
  }
});

test('serve on a taken port says so', async () => {
  const { createServer } = await import('node:net');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { code, err } = await run(['serve'], { env: { PORT: String(port) } });
  taken.close();
  assert.equal(code, 1);
  assert.match(err, new RegExp(`Port ${port} .* is taken`));
});
