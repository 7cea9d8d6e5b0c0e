/** The real server as its own process, on a database of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareDatabase } from '../support/database.ts';
import { templateName } from '../support/testServer.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** The first start imports and compiles the sample network. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 10_000;

export interface RunningServer {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  /** Of its database. */
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<RunningServer> {
  assert.ok(existsSync(path.join(root, 'web/dist/index.html')), 'the page is not built: npm run build:web');
  const [database, dataDir, port] = await Promise.all([
    bareDatabase(templateName),
    mkdtemp(path.join(tmpdir(), 'routestitch-e2e-')),
    freePort(),
  ]);
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database.ownerUrl,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: '',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(killer);
    }
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || Date.now() > limit) {
      await stop();
      throw new Error(`The server did not become ready:\n${output}`);
    }
    await sleep(100);
  }
  return { origin, ownerUrl: database.ownerUrl, stop };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
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
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}
