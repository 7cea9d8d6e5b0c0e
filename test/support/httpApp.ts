/** The HTTP application as `serve` wires it, on a test database and the real sample network. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { readConfig } from '../../src/config.ts';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { openSignIn } from '../../src/http/session/openSignIn.ts';
import { createMetrics } from '../../src/http/metrics/metrics.ts';
import { type Application, httpServices, openApplication } from '../../src/main.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export interface TestApp {
  readonly db: TestDatabase;
  readonly application: Application;
  readonly services: HttpServices;
  readonly app: OpenAPIHono;
  /** Failures that `serve` would log, the latest last. */
  readonly logged: Logged[];
  /** Where erasures are noted. */
  readonly backupDir: string;
  close(): Promise<void>;
}

interface Logged {
  readonly code?: unknown;
  readonly err?: unknown;
}

/** Given, so that no test makes one in DATA_DIR. */
export const AUTH_SECRET = 'a secret of at least thirty-two characters';

/** The services with sign-in, links told to nobody. */
export async function withSignIn({ services, db }: TestApp): Promise<HttpServices> {
  const { services: signIn } = await openSignIn(readConfig({ AUTH_SECRET }), {
    service: db.service,
    callers: services.callers,
    print: () => {},
    onError: (error) => assert.fail(String(error)),
  });
  return { ...services, signIn };
}

/** `settings`: as the environment has them. */
export async function openTestApp(
  settings: NodeJS.ProcessEnv = {},
  { searchWorkers = 0 }: { searchWorkers?: number } = {},
): Promise<TestApp> {
  const db = await testDatabase();
  const application = await openApplication(db, (error) => assert.fail(String(error)), { searchWorkers });
  const logged: Logged[] = [];
  const note = (entry: unknown): void => void logged.push(entry as Logged);
  const backupDir = await mkdtemp(path.join(tmpdir(), 'routestitch-backups-'));
  const config = readConfig({ AUTH_SECRET, BACKUP_DIR: backupDir, ...settings });
  const metrics = createMetrics({
    version: '0.0.0',
    network: () => application.network(),
    pools: { users: () => db.app.pool.counts, service: () => application.service.pool.counts },
    reads: () => application.reads.counts,
    ...application.counts,
    underWay: () => 0,
    jobs: async () => ({ jobs: [], queue: { waiting: 0 } }),
  });
  const services = {
    ...httpServices(application, db.app, config, { error: note, debug: note, info: () => undefined }),
    metrics: { metrics },
  };
  return {
    db,
    application,
    services,
    app: createApp(services),
    logged,
    backupDir,
    close: async () => {
      await application.close();
      await db.drop();
      await rm(backupDir, { recursive: true, force: true });
    },
  };
}
