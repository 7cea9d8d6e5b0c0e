/** `routestitch serve` as a process of its own, as a supervisor runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ServeProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** What it has logged, parsed. */
  readonly log: readonly Record<string, unknown>[];
  /** Resolves when it has ended: its exit code or the signal that killed it, and when. */
  readonly ended: Promise<{ readonly code: number | string; readonly at: number }>;
  /** Ends it if it runs, and removes its folder. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 120_000;

export interface ServeOptions {
  readonly databaseUrl: string;
  /** More of the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** A checkout; default: this one. */
  readonly root?: string;
  /** For Node, before the program. */
  readonly flags?: readonly string[];
}

/** Starts a server and waits until it answers. Every request may come from another address (X-Forwarded-For). */
export async function startServe(options: ServeOptions): Promise<ServeProcess> {
  const { databaseUrl, env = {}, root = path.resolve(import.meta.dirname, '../..'), flags = [] } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'routestitch-serve-'));
  const child = spawn(process.execPath, [...flags, 'src/main.ts', 'serve', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AUTH_SECRET: 'a secret of at least thirty-two characters',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: '',
      SEARCH_WORKERS: '1',
      TRUSTED_PROXIES: '1',
      ...env,
    },
  });
  const log: Record<string, unknown>[] = [];
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4000)));
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const ended = exited.then(([code, signal]) => ({ code: code ?? signal ?? '', at: performance.now() }));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  const url = new Promise<URL>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      if (!line.endsWith('}')) return; // cut off by a kill
      const entry = JSON.parse(line) as Record<string, unknown>;
      if (typeof entry['url'] === 'string' && !('level' in entry)) resolve(new URL(entry['url']));
      else log.push(entry);
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), START_LIMIT_MS)));
  const started = await Promise.race([url, late, ended]);
  clearTimeout(timer);
  if (started instanceof URL) return { child, port: Number(started.port), log, ended, stop };
  await stop();
  throw new Error(
    `The server did not start:\n${said}\n${log.map((entry) => JSON.stringify(entry)).join('\n')}`,
  );
}
