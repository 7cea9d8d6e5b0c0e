/** The real server as `npm start` runs it, in a process and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_LIMIT_MS = 180_000;

export interface Product {
  readonly port: number;
  /** DATA_DIR: its database can be joined there. */
  readonly folder: string;
  /** With a channel to what `flags` load. */
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** `flags`: of Node. The server believes one proxy's X-Forwarded-For, so that one program can ask as many clients. */
export async function startProduct(flags: readonly string[] = []): Promise<Product> {
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-bench-'));
  await chmod(folder, 0o755); // under root the database's account must enter it
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, 'src/main.ts', 'serve'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      PORT: `${port}`,
      PUBLIC_URL: '',
      TRUSTED_PROXIES: '1',
    },
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    const limit = performance.now() + START_LIMIT_MS;
    while (!(await isReady(port))) {
      if (child.exitCode !== null || performance.now() > limit) throw new Error('The server did not start');
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, child, stop };
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address !== 'object') throw new Error('No port');
  return address.port;
}
