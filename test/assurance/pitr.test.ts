/** The documented configuration of pgBackRest, run: archive, back up, lose the data, restore to the moment before. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Cluster, readPassword } from '../../src/database/embedded/cluster.ts';
import { startPostmaster, stopPostmaster } from '../../src/database/embedded/postmaster.ts';
import { migrate } from '../../src/database/migrate.ts';
import { seed } from '../../src/database/seed.ts';
import { withDatabase } from '../../src/database/url.ts';
import { type DebianServer, startDebian15, withoutDebian15 } from '../support/debianServer.ts';
import { drill } from './sizes.ts';

const program = '/usr/bin/pgbackrest';
const skip =
  withoutDebian15 ||
  (existsSync(program)
    ? !drill && 'a drill: npm run assurance -- pitr'
    : 'no pgBackRest: apt-get install pgbackrest');

const ops = path.resolve(import.meta.dirname, '../../ops/pgbackrest');

/** A file of `ops/` with what depends on the machine changed. */
function configured(name: string, changes: Readonly<Record<string, string>>): string {
  let text = readFileSync(path.join(ops, name), 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    assert.ok(text.includes(from), `${name} has ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

const configOf = (home: string): string => path.join(home, 'pgbackrest.conf');

/** `name = value` lines as settings of the server. */
const archiving = (home: string): Record<string, string> => ({
  ...Object.fromEntries(
    [
      ...configured('postgresql.conf', {
        "'pgbackrest ": `'pgbackrest --config=${configOf(home)} `,
      }).matchAll(/^(\w+) = '?(.*?)'?$/gm),
    ].map(([, name, value]) => [name!, value!]),
  ),
  unix_socket_directories: home,
});

class Repository {
  readonly #server: DebianServer;
  readonly #log: (line: string) => void;

  constructor(server: DebianServer, log: (line: string) => void) {
    this.#server = server;
    this.#log = log;
  }

  async configure(): Promise<void> {
    const { home, data, account } = this.#server.cluster;
    const place = async (name: string): Promise<string> => {
      const folder = path.join(home, name);
      await mkdir(folder);
      if (account.uid !== undefined) await chown(folder, account.uid, account.gid!);
      return folder;
    };
    const text = configured('pgbackrest.conf', {
      'repo1-path=/var/lib/pgbackrest': `repo1-path=${await place('repo')}\nlog-path=${await place('log')}\nlock-path=${await place('lock')}`,
      '<openssl rand -base64 48>': crypto.randomUUID(),
      'pg1-path=/var/lib/postgresql/15/main': `pg1-path=${data}\npg1-user=routestitch`,
      'pg1-port=5432': `pg1-port=${this.#server.port}`,
      'pg1-socket-path=/var/run/postgresql': `pg1-socket-path=${home}`,
    });
    await writeFile(configOf(home), text, { mode: 0o600 });
    if (account.uid !== undefined) await chown(configOf(home), account.uid, account.gid!);
  }

  /** As the account of the server. */
  async run(command: string, ...options: string[]): Promise<void> {
    const { home, account } = this.#server.cluster;
    const started = performance.now();
    await promisify(execFile)(
      program,
      [`--config=${configOf(home)}`, '--stanza=routestitch', ...options, command],
      {
        ...account,
        cwd: home,
        env: { PGPASSWORD: await readPassword(this.#server.cluster), PATH: '/usr/bin:/bin' },
      },
    );
    this.#log(`pgbackrest ${command}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('pgBackRest restores to a moment between two writes', { skip, timeout: 900_000 }, async (t) => {
  const server = await startDebian15(archiving);
  let restored: Cluster | undefined;
  // The restored one lies in the folder of the other, which is removed at its end.
  t.after(async () => {
    if (restored) await stopPostmaster(restored);
    await server.stop();
  });
  const repository = new Repository(server, (line) => t.diagnostic(line));
  await repository.configure();
  await repository.run('stanza-create');
  await repository.run('check'); // a log file reaches the archive
  await migrate(server.ownerUrl);
  await seed(server.ownerUrl);
  await repository.run('backup', '--type=full');

  const app = withDatabase(server.superuserUrl, 'app');
  await ask(app, `UPDATE users SET name = 'after the backup' WHERE email = 'student@test.com'`);
  await sleep(1100);
  const [{ moment } = { moment: '' }] = await ask<{ moment: string }>(app, 'SELECT now()::text AS moment');
  await sleep(1100);
  await ask(app, 'DELETE FROM users');
  await ask(app, 'SELECT pg_switch_wal()');
  await repository.run('backup', '--type=incr');
  await stopPostmaster(server.cluster);

  const { home } = server.cluster;
  const target: Cluster = { ...server.cluster, data: path.join(home, 'restored') };
  const started = performance.now();
  await repository.run(
    'restore',
    `--pg1-path=${target.data}`,
    '--type=time',
    `--target=${moment}`,
    '--target-action=promote',
    '--archive-mode=off',
  );
  const { port } = await startPostmaster(target, await readPassword(target));
  restored = target;
  const url = new URL(app);
  url.port = String(port);
  for (let waited = 0; waited < 600; waited++) {
    const [{ recovering } = { recovering: true }] = await ask<{ recovering: boolean }>(
      url.href,
      'SELECT pg_is_in_recovery() AS recovering',
    );
    if (!recovering) break;
    await sleep(100);
  }
  t.diagnostic(
    `restored to ${moment}, taking writes after ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  const rows = await ask(
    url.href,
    `SELECT name, pg_is_in_recovery() AS recovering FROM users WHERE email = 'student@test.com'`,
  );
  assert.deepEqual(
    rows,
    [{ name: 'after the backup', recovering: false }],
    'neither the backup nor the end: the moment',
  );
});
