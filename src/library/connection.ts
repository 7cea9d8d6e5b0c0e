/** The one connection of a process, however often a bundler instantiates this module. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect as openPool, type Database } from '../database/connect.ts';
import { migrate as bringUpToDate, migrationStatus } from '../database/migrate.ts';
import { AppError } from '../errors.ts';
import { AnalyticsWriter } from '../features/analytics/index.ts';
import { functionsOver } from './functions.ts';
import type { Library } from './types.ts';

export interface ConnectOptions {
  /**
   * `postgresql://` URL of the owner of a database that RouteStitch has for itself. `connection_limit` and
   * `pool_timeout` (seconds) in it size the pools: one for users, one for jobs.
   */
  readonly databaseUrl: string;
  /** Brings the schema up to date first; several processes may do so at once. Default: refuses one that is not. */
  readonly migrate?: boolean;
  /** Hears of analytics that could not be written. Default: a warning of the process. */
  readonly onError?: (error: unknown) => void;
}

interface Connection {
  readonly functions: Library;
  close(): Promise<void>;
}

interface Slot {
  readonly databaseUrl: string;
  readonly opened: Promise<Connection>;
  /** Once `opened` has resolved. */
  connection?: Connection;
}

const { version } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string };

/**
 * Next.js instantiates a module once for each of its bundles. The slot keeps the functions too: whose work it is
 * (`asUser`) is known only to the instance that runs it.
 */
const key = Symbol.for(`routestitch/data ${version}`);
const shared = globalThis as { [key]?: Slot };

/**
 * Opens the connection of this process; call it before anything else, and as often as you like: later calls join the
 * first. Throws `CONFIGURATION` for a URL that is none, `CONFLICT` when connected to another database, and `DATABASE`
 * when the server cannot be reached or its schema is not up to date.
 */
export async function connect(options: ConnectOptions): Promise<void> {
  const { databaseUrl } = options;
  if (typeof databaseUrl !== 'string' || !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new AppError(
      'CONFIGURATION',
      'connect({ databaseUrl }) needs a URL: postgresql://user:password@host:5432/database',
    );
  const present = shared[key];
  if (present && present.databaseUrl !== databaseUrl)
    throw new AppError('CONFLICT', 'Already connected to another database: close() that connection first');
  const slot = present ?? (shared[key] = { databaseUrl, opened: open(options) });
  try {
    slot.connection = await slot.opened;
  } catch (error) {
    if (shared[key] === slot) delete shared[key];
    throw error;
  }
}

/** Writes what waits to be written and closes the connection; a script ends only after it. Nothing when there is none. */
export async function close(): Promise<void> {
  const slot = shared[key];
  if (!slot) return;
  delete shared[key];
  await (await slot.opened).close();
}

/** The functions over the open connection. Throws `CONFIGURATION` when there is none. */
export function connected(): Library {
  const functions = shared[key]?.connection?.functions;
  if (!functions)
    throw new AppError('CONFIGURATION', 'Not connected: await connect({ databaseUrl }) before the first use');
  return functions;
}

async function open(options: ConnectOptions): Promise<Connection> {
  const { databaseUrl: ownerUrl, onError = warn } = options;
  await prepare(ownerUrl, options.migrate ?? false);
  const [app, service] = await Promise.all([
    openPool({ ownerUrl, role: 'rs_app' }),
    openPool({ ownerUrl, role: 'rs_service' }),
  ]);
  const analytics = new AnalyticsWriter(service, { onError });
  try {
    await reach(app);
  } catch (error) {
    await Promise.all([app.close(), service.close()]);
    throw error;
  }
  return {
    functions: functionsOver({ app, service, analytics }),
    close: async () => {
      await analytics.close();
      await Promise.all([app.close(), service.close()]);
    },
  };
}

const warn = (error: unknown): void =>
  process.emitWarning(error instanceof Error ? error : String(error), 'RouteStitchWarning');

async function prepare(ownerUrl: string, mayMigrate: boolean): Promise<void> {
  try {
    if (mayMigrate) return void (await bringUpToDate(ownerUrl));
    const { upToDate, unknown, pending, failed } = await migrationStatus(ownerUrl);
    if (upToDate) return;
    if (unknown.length > 0)
      throw new AppError(
        'DATABASE',
        `The database is of a newer RouteStitch than ${version}: update the package`,
      );
    const missing = pending.length + failed.length;
    throw new AppError(
      'DATABASE',
      `The database is not of RouteStitch ${version} (migrations to apply: ${missing}): run \`npx routestitch db migrate\` with its DATABASE_URL, or connect({ databaseUrl, migrate: true })`,
    );
  } catch (cause) {
    throw unreachable(cause);
  }
}

async function reach(database: Database): Promise<void> {
  try {
    await database.query({ text: 'SELECT 1' });
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** The driver's error says neither what was tried nor what to do. */
const unreachable = (cause: unknown): unknown =>
  cause instanceof AppError
    ? cause
    : new AppError(
        'DATABASE',
        `The database cannot be used: ${describe(cause)}. Check databaseUrl and that the server runs`,
        { cause },
      );

/** A refused connection is an AggregateError with an empty message. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
