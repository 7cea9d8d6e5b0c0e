/** PostgreSQL's own programs for dumps: where they are, and that they are new enough. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { readConnection } from '../../database/url.ts';
import { AppError } from '../../errors.ts';
import type { Manifest } from './contract.ts';

export interface Programs {
  /** Folder of pg_dump, pg_restore and psql of one version. */
  readonly folder: string;
  readonly major: number;
  /** As `pg_dump --version` says it. */
  readonly version: string;
}

const DEBIAN = '/usr/lib/postgresql';
const needed = ['pg_dump', 'pg_restore', 'psql'];
const named = (program: string) => (process.platform === 'win32' ? `${program}.exe` : program);

/**
 * The oldest that is new enough: a newer pg_dump writes what an older server may not understand. Looks on PATH and where
 * Debian puts them. Throws `CONFIGURATION` with what to install.
 */
export async function findPrograms(least: number, places?: readonly string[]): Promise<Programs> {
  const folders = places ?? [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...(await debianFolders()),
  ];
  const found = await Promise.all([...new Set(folders)].filter(complete).map(versionIn));
  const fit = found.filter((programs) => programs.major >= least).toSorted((a, b) => a.major - b.major);
  if (fit[0]) return fit[0];
  const there = found.map(({ folder, major }) => `${major} in ${folder}`).join(', ') || 'none';
  throw new AppError(
    'CONFIGURATION',
    `Dumps of this server need pg_dump, pg_restore and psql of PostgreSQL ${least} or newer (found: ${there}): apt-get install postgresql-client-${least}, or your system's package of the client programs`,
  );
}

/** The version of what made a dump: an older pg_restore cannot read it. */
export const toolMajor = ({ versions: { tool } }: Manifest): number => majorIn(tool ?? '');

const majorIn = (version: string): number => Number(/\) (\d+)/.exec(version)?.[1] ?? 0);

async function debianFolders(): Promise<string[]> {
  const majors = await readdir(DEBIAN).catch(() => []);
  return majors.map((major) => path.join(DEBIAN, major, 'bin'));
}

const complete = (folder: string): boolean =>
  folder !== '' && needed.every((program) => existsSync(path.join(folder, named(program))));

async function versionIn(folder: string): Promise<Programs> {
  const run = promisify(execFile)(path.join(folder, named('pg_dump')), ['--version']);
  const version = await run.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  return { folder, version, major: majorIn(version) };
}

export interface RunningProgram {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Rejects with its last words when it fails. */
  readonly done: Promise<void>;
}

/** Starts one of them on the database of `url`; the password goes by the environment, where `ps` does not show it. */
export function startProgram(
  { folder }: Programs,
  program: 'pg_dump' | 'pg_restore' | 'psql',
  options: readonly string[],
  url?: string,
): RunningProgram {
  const { PATH, LD_LIBRARY_PATH, HOME, SystemRoot, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY } = process.env;
  const child = spawn(path.join(folder, named(program)), [...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH,
      LD_LIBRARY_PATH,
      HOME,
      SystemRoot,
      PGSSLROOTCERT,
      PGSSLCERT,
      PGSSLKEY,
      LC_ALL: 'C',
      ...(url === undefined ? {} : connectionVariables(url)),
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  child.stdin.on('error', () => undefined); // it ended: `done` says why
  const done = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new AppError('DATABASE', `${program}: ${lastWords(said) || (signal ?? `exit ${code}`)}`));
    });
  });
  done.catch(() => undefined); // whoever waits for the streams first looks at it afterwards
  return { child, done };
}

/** Its first error: what follows is that it gave up. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => /error|fatal/i.test(line));
  const from = first < 0 ? Math.max(0, lines.length - 2) : first;
  return lines
    .slice(from, from + 3)
    .map((line) => line.replace(/^(pg_dump|pg_restore|psql(:<stdin>:\d+)?): /, ''))
    .join(' ');
}

/** Of URL parameters those that libpq has variables for; the driver's own mean nothing to it. */
const parameters: Readonly<Record<string, string>> = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  host: 'PGHOST',
};

function connectionVariables(url: string): NodeJS.ProcessEnv {
  const parsed = new URL(readConnection(url).client.connectionString!);
  const variables: NodeJS.ProcessEnv = {
    PGHOST: parsed.hostname.replaceAll(/^\[|\]$/g, ''),
    PGPORT: parsed.port || '5432',
    PGUSER: decodeURIComponent(parsed.username),
    PGPASSWORD: decodeURIComponent(parsed.password),
    PGDATABASE: decodeURIComponent(parsed.pathname.slice(1)),
    PGAPPNAME: 'routestitch backup',
    PGCONNECT_TIMEOUT: '10',
  };
  for (const [name, variable] of Object.entries(parameters)) {
    const value = parsed.searchParams.get(name);
    if (value !== null) variables[variable] = value === 'no-verify' ? 'require' : value;
  }
  return variables;
}
