/** The database server of this process: the operator's, or the built-in one of the DATA_DIR, joined or started. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { isRoot } from './embedded/account.ts';
import { databaseName, ensureCluster, locateCluster, readPassword, superuser } from './embedded/cluster.ts';
import type { Cluster } from './embedded/cluster.ts';
import { withLock } from './embedded/lock.ts';
import { findPostmaster, startPostmaster, stopPostmaster, waitUntilReady } from './embedded/postmaster.ts';
import { processToken } from './processToken.ts';
import { readConnection, withDatabase, withoutPassword } from './url.ts';

export interface Server {
  /** URL of the owner, who may migrate. Holds the password: never log it. */
  readonly ownerUrl: string;
  readonly kind: 'embedded' | 'external';
  /** Gives the server up. The built-in one stops when no other process uses it. */
  release(): Promise<void>;
}

export interface ServerConfig {
  readonly databaseUrl?: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** Told when the built-in server died and was started again, or cannot be. */
  readonly onRestart?: (event: { error?: unknown }) => void;
  /** `false` trades safety for speed, for databases that are thrown away. Default true. */
  readonly durable?: boolean;
}

const OLDEST_SUPPORTED = 150_000; // server_version_num

/** Opens the server. Throws `DATABASE` when it cannot be reached or is older than PostgreSQL 15. */
export async function openServer(config: ServerConfig): Promise<Server> {
  if (config.databaseUrl !== undefined) return openExternal(config.databaseUrl);
  const embedded = new EmbeddedServer(config);
  await embedded.join();
  return {
    ownerUrl: embedded.ownerUrl,
    kind: 'embedded',
    release: () => embedded.release(),
  };
}

async function openExternal(url: string): Promise<Server> {
  const client = new pg.Client({ ...readConnection(url).client, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const version = Number(rows[0]?.server_version_num);
    if (version < OLDEST_SUPPORTED)
      throw new AppError(
        'DATABASE',
        `PostgreSQL ${Math.floor(version / 10_000)} is too old: RouteStitch needs 15 or later`,
      );
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'DATABASE',
      `Cannot use the database at ${withoutPassword(url)}: ${describe(cause)}. Check DATABASE_URL and that the server runs`,
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
  return { ownerUrl: url, kind: 'external', release: () => Promise.resolve() };
}

/** A refused connection is an AggregateError with an empty message. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/**
 * A share in the built-in server. As long as it is held, one connection (the keeper) is open: it shows other
 * processes that the server is in use, also while a pool idles, and it ends with this process however that dies.
 */
class EmbeddedServer {
  ownerUrl = '';
  readonly #config: ServerConfig;
  readonly #lockFile: string;
  #port: number | undefined;
  #keeper: pg.Client | undefined;
  #released = false;

  constructor(config: ServerConfig) {
    this.#config = config;
    this.#lockFile = path.join(config.dataDir, 'postgres.lock');
  }

  async join(): Promise<void> {
    const { dataDir } = this.#config;
    try {
      await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o755 : 0o700 });
      await withLock(this.#lockFile, () => this.#ensureRunning());
    } catch (cause) {
      const { code, path: where } = cause as NodeJS.ErrnoException;
      if (!code || !notOurs.has(code)) throw cause;
      throw new AppError(
        'CONFIGURATION',
        `${where ?? dataDir} cannot be used by this user (${code}): give it to the user, or set DATA_DIR to another folder`,
        { cause },
      );
    }
  }

  async #ensureRunning(): Promise<void> {
    const cluster = await locateCluster(this.#config.dataDir);
    await ensureCluster(cluster, this.#config.durable ?? true);
    const password = await readPassword(cluster);
    const port = await runningPort(cluster, password, this.#port);
    const url = `postgresql://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
    this.#port = port;
    this.ownerUrl = withDatabase(url, databaseName);
    await this.#keep(url);
  }

  async #keep(url: string): Promise<void> {
    const keeper = new pg.Client({ connectionString: url, application_name: keeperName, keepAlive: true });
    keeper.on('error', () => {}); // 'end' follows and is what counts
    await keeper.connect();
    const { rowCount } = await keeper.query('SELECT FROM pg_database WHERE datname = $1', [databaseName]);
    if (!rowCount) await keeper.query(`CREATE DATABASE ${databaseName}`);
    keeper.once('end', () => {
      if (!this.#released && this.#keeper === keeper) void this.#restart();
    });
    referenced(keeper).unref(); // pools and servers hold the process, not the keeper
    this.#keeper = keeper;
  }

  /** The server died under us (killed, out of memory): pools reconnect by themselves once it is back on its port. */
  async #restart(): Promise<void> {
    const port = this.#port;
    for (let attempt = 1; !this.#released && attempt <= 5; attempt++) {
      try {
        await withLock(this.#lockFile, () => (this.#released ? Promise.resolve() : this.#ensureRunning()));
        const error =
          this.#port === port
            ? undefined
            : new Error(`port ${port} was taken meanwhile: restart RouteStitch`);
        this.#config.onRestart?.(error ? { error } : {});
        return;
      } catch (error) {
        this.#config.onRestart?.({ error });
        await sleep(500 * attempt);
      }
    }
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await withLock(this.#lockFile, async () => {
      if (this.#keeper) referenced(this.#keeper).ref();
      await this.#keeper?.end().catch(() => {});
      const cluster = await locateCluster(this.#config.dataDir);
      if (!(await findPostmaster(cluster))) return;
      if (!(await this.#othersUseIt())) await stopPostmaster(cluster);
    });
  }

  /** Any client but this process's own left-over pool connections, psql included. */
  async #othersUseIt(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.ownerUrl,
      application_name: `${processToken} release`,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      const count = async () => {
        const { rows } = await client.query<{ n: number }>(others, [processToken, keeperName]);
        return rows[0]?.n ?? 0;
      };
      // Connections closed a moment ago, by us or by a process that just ended, are still listed for an instant.
      for (let i = 0; i < 10; i++) {
        if ((await count()) === 0) return false;
        await sleep(20);
      }
      return true;
    } catch {
      return true; // cannot tell: leave it running, the next command adopts it
    } finally {
      await client.end().catch(() => {});
    }
  }
}

const notOurs = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

const keeperName = `${processToken} keeper`;

/** Missing from the driver's types. */
const referenced = (client: pg.Client) => client as unknown as { ref(): void; unref(): void };

const others = `
SELECT count(*)::int AS n FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
  AND (NOT starts_with(application_name, $1) OR application_name = $2)`;

async function runningPort(cluster: Cluster, password: string, preferred?: number): Promise<number> {
  const running = await findPostmaster(cluster);
  if (!running) return (await startPostmaster(cluster, password, preferred)).port;
  await waitUntilReady(running.port, password);
  return running.port;
}
