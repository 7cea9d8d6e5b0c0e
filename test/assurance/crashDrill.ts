/** A server with its own PostgreSQL that is killed while it is written to. */
import { readFileSync, existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openServer, type Server } from '../../src/database/server.ts';
import { type ServeProcess, startServe } from '../support/serveProcess.ts';

export type Victim = 'server' | 'postmaster' | 'backend';

export class KilledServer {
  readonly dataDir: string;
  #serve: ServeProcess | undefined;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async start(): Promise<KilledServer> {
    const dataDir = await mkdtemp(path.join(tmpdir(), `routestitch-test-${process.pid}-`));
    await chmod(dataDir, 0o755); // under root the database's account must enter it
    const server = new KilledServer(dataDir);
    await server.#begin();
    return server;
  }

  async #begin(): Promise<void> {
    const env = { DATA_DIR: this.dataDir, BACKUP_NIGHTLY: 'off', LOG_LEVEL: 'fatal' };
    this.#serve = await startServe({ databaseUrl: '', env });
  }

  readonly base = (): string => `http://127.0.0.1:${this.#serve!.port}`;

  /**
   * Kills with SIGKILL at the moment that `moment` waits for, which is asked when everything for the kill is ready, and
   * waits until writes are taken again.
   */
  async kill(victim: Victim, moment: () => Promise<void>): Promise<void> {
    if (victim === 'server') {
      await moment();
      this.#serve!.child.kill('SIGKILL');
      await this.#serve!.stop();
      await this.#begin();
    } else if (victim === 'postmaster') {
      const postmaster = this.#postmaster();
      await moment();
      process.kill(postmaster, 'SIGKILL');
    } else {
      await this.withSuperuser(async (client) => {
        await moment();
        process.kill(await this.#backend(client), 'SIGKILL');
      });
    }
    await this.#ready();
  }

  #postmaster(): number {
    return Number(readFileSync(path.join(this.#data(), 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  #data(): string {
    const pointer = path.join(this.dataDir, 'postgres.json');
    const home = existsSync(pointer)
      ? (JSON.parse(readFileSync(pointer, 'utf8')) as { home: string }).home
      : path.join(this.dataDir, 'postgres');
    return path.join(home, 'data');
  }

  /** One that serves rs_app, at work if any is. */
  async #backend(client: pg.ClientBase): Promise<number> {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = 'rs_app' ORDER BY state = 'active' DESC, random() LIMIT 1`,
    );
    return rows[0]?.pid ?? this.#postmaster();
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const answer = await fetch(`${this.base()}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > deadline) throw new Error(`not ready a minute after a kill: ${answer?.status}`);
      await sleep(50);
    }
  }

  /** A connection of the owner, who is a superuser here, beside the server. */
  async withSuperuser<T>(work: (client: pg.Client, server: Server) => Promise<T>): Promise<T> {
    const server = await openServer({ dataDir: this.dataDir });
    const client = new pg.Client({ connectionString: server.ownerUrl });
    client.on('error', () => {});
    try {
      await client.connect();
      return await work(client, server);
    } finally {
      await client.end().catch(() => {});
      await server.release();
    }
  }

  async stop(): Promise<void> {
    await this.#serve?.stop();
    await this.withSuperuser(() => Promise.resolve()).catch(() => {}); // the last one out stops the database
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** One line per setting with which a commit that was answered could be lost. */
export async function durabilityFaults(client: pg.ClientBase): Promise<string[]> {
  const needed = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', data_checksums: 'on' };
  const faults: string[] = [];
  for (const [name, value] of Object.entries(needed)) {
    const { rows } = await client.query<{ is: string }>(`SELECT current_setting($1) AS is`, [name]);
    if (rows[0]?.is !== value) faults.push(`${name} is ${rows[0]?.is}`);
  }
  const { rows } = await client.query<{ fault: string }>(
    `SELECT setconfig::text AS fault FROM pg_db_role_setting WHERE setconfig::text ~ 'synchronous_commit'`,
  );
  return [...faults, ...rows.map(({ fault }) => `a role or database sets ${fault}`)];
}

/** As pg_amcheck does it: every heap and every B-tree of the database, each row of a table in its indexes. */
export async function corruption(client: pg.ClientBase): Promise<string[]> {
  await client.query('CREATE EXTENSION IF NOT EXISTS amcheck');
  const { rows: heaps } = await client.query<{ fault: string }>(`
    SELECT c.oid::regclass || ': ' || v.msg AS fault
    FROM pg_class c, LATERAL verify_heapam(c.oid, check_toast => true) v
    WHERE c.relkind IN ('r', 't', 'm') AND c.relpersistence = 'p'`);
  const faults = heaps.map(({ fault }) => fault);
  const { rows: indexes } = await client.query<{ id: number; name: string }>(`
    SELECT c.oid::int AS id, c.oid::regclass::text AS name FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid = c.oid
    WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p' AND i.indisvalid`);
  for (const { id, name } of indexes)
    await client
      .query('SELECT bt_index_parent_check($1::oid::regclass, true)', [id])
      .catch((error: Error) => faults.push(`${name}: ${error.message}`));
  return faults;
}
