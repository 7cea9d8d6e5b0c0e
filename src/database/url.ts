/** Database URLs: the document's `connection_limit` and `pool_timeout`, which the driver itself ignores. */
import type pg from 'pg';
import { AppError } from '../errors.ts';

export interface Connection {
  /** For one client or a pool; without timeouts. */
  readonly client: pg.ClientConfig;
  /** `connection_limit`: connections in the pool. */
  readonly connectionLimit: number | undefined;
  /** `pool_timeout` in the URL is in seconds; 0 waits for ever. */
  readonly poolTimeoutMs: number | undefined;
  /** `prepare=false`: poolers without named prepared statements (PgBouncer before 1.21). */
  readonly prepare: boolean;
  /** `pgbouncer=true`: no startup parameters that a pooler would refuse. */
  readonly pooled: boolean;
}

const own = ['connection_limit', 'pool_timeout', 'prepare', 'pgbouncer', 'schema'];

/** Takes a `postgresql://` URL apart. Throws `CONFIGURATION`; the message never shows the password. */
export function readConnection(url: string): Connection {
  if (!URL.canParse(url))
    throw new AppError(
      'CONFIGURATION',
      'DATABASE_URL is not a URL: postgresql://user:password@host:5432/database',
    );
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? 'public';
  if (schema !== 'public')
    throw new AppError(
      'CONFIGURATION',
      `DATABASE_URL names schema ${schema}: RouteStitch uses schema public only`,
    );
  const limit = wholeNumber(parsed, 'connection_limit');
  const timeout = wholeNumber(parsed, 'pool_timeout');
  const prepare = parsed.searchParams.get('prepare') !== 'false';
  const pooled = parsed.searchParams.get('pgbouncer') === 'true';
  for (const name of own) parsed.searchParams.delete(name);
  return {
    client: { connectionString: parsed.href },
    connectionLimit: limit,
    poolTimeoutMs: timeout === undefined ? undefined : timeout * 1000,
    prepare,
    pooled,
  };
}

function wholeNumber(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,6}$/.test(text))
    throw new AppError('CONFIGURATION', `DATABASE_URL: ${name} must be a whole number, not "${text}"`);
  return Number(text);
}

/** The same database as another role. */
export function withRole(url: string, user: string, password: string): string {
  const parsed = new URL(url);
  parsed.username = encodeURIComponent(user);
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** For messages and logs. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  if (parsed.password) parsed.password = '***';
  return parsed.href;
}
