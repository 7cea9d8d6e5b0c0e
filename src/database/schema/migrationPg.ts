/** The schema engine's way to PostgreSQL: Prisma's own adapter with three defects of 7.10.0 put right. */
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { readConnection } from '../url.ts';
import { concurrentIndex } from './concurrentIndex.ts';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** What the adapter keeps private, as it is in 7.10.0 (every Prisma package is pinned to that version). */
interface AdapterInside {
  readonly client: pg.Pool;
  performIO(query: SqlQuery): Promise<pg.QueryArrayResult>;
  queryRaw(query: SqlQuery): Promise<SqlResultSet>;
  executeScript(script: string): Promise<void>;
  onError(error: unknown): never;
}

const CHAR_OID = 18; // type "char": contype, confdeltype, relkind …
const TEXT_OID = 25;

/**
 * The migration that runs is recorded as finished by what it changes with: a process that is killed between its last
 * statement and the engine's own record would leave a schema that nobody knows of.
 */
const RECORD = `
DO $record$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = clock_timestamp()
    WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $record$`;

function repair(adapter: Adapter): Adapter {
  const inside = adapter as unknown as AdapterInside;
  // Splits at `;`: that breaks function bodies and loses atomicity. One simple query is one transaction.
  inside.executeScript = async (script) => {
    try {
      // What builds an index beside the traffic refuses a transaction, so it is alone in its file.
      await inside.client.query(concurrentIndex(script) ? script : `${script}\n;${RECORD}`);
    } catch (error) {
      inside.onError(error);
    }
  };
  // Does not know "char", which the engine's describer wants as ColumnType Character.
  const performIO = inside.performIO.bind(inside);
  const queryRaw = inside.queryRaw.bind(inside);
  const charColumns = new WeakMap<SqlQuery, boolean[]>();
  inside.performIO = async (query) => {
    const result = await performIO(query);
    charColumns.set(
      query,
      result.fields.map((field) => field.dataTypeID === CHAR_OID),
    );
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return result;
  };
  inside.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const chars = charColumns.get(query);
    const columnTypes = result.columnTypes.map((type, i) => (chars?.[i] ? ColumnTypeEnum.Character : type));
    return { ...result, columnTypes };
  };
  return adapter;
}

export class MigrationPg extends PrismaPg {
  readonly #url: string;
  readonly #open: (() => Promise<void>)[] = [];

  /** `lockTimeoutMs`: how long a statement may wait for a lock, with everybody behind it; 0: for ever. */
  constructor(url: string, lockTimeoutMs = 0) {
    const { client, pooled } = readConnection(url);
    const lock_timeout = lockTimeoutMs > 0 ? { lock_timeout: lockTimeoutMs } : {};
    super({ ...client, max: 1, ...(pooled ? {} : lock_timeout) });
    this.#url = url;
  }

  override async connect(): Promise<Adapter> {
    return this.#track(await super.connect());
  }

  /** The adapter's own keeps the connection string, so its "shadow" is the real database. */
  override async connectToShadowDb(): Promise<Adapter> {
    const shadow = await createScratchDatabase(this.#url);
    const adapter = await new PrismaPg({ ...readConnection(shadow.url).client, max: 1 }).connect();
    return this.#track(adapter, () => shadow.drop());
  }

  /** Closes every connection the engine opened (it frees its memory, not its connections). */
  async end(): Promise<void> {
    for (const close of this.#open.splice(0)) await close();
  }

  #track(adapter: Adapter, afterwards?: () => Promise<void>): Adapter {
    const dispose = adapter.dispose.bind(adapter);
    const close = async () => {
      await dispose();
      await afterwards?.();
    };
    let closing: Promise<void> | undefined;
    const once = () => (closing ??= close());
    adapter.dispose = once;
    this.#open.push(once);
    return repair(adapter);
  }
}

/** A new empty database beside the one of `url`, for comparisons. Needs CREATEDB. */
export async function createScratchDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `routestitch_scratch_${crypto.randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string) => {
    const client = new pg.Client(readConnection(url).client);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name} TEMPLATE template0`);
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  return { url: scratch.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
