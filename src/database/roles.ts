/** rs_app, rs_service and rs_backup as real LOGIN roles that own nothing and cannot bypass row-level security. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { processToken } from './processToken.ts';
import { sqlStateOf } from './sqlstate.ts';
import { readConnection, withRole } from './url.ts';

const roles = ['rs_app', 'rs_service', 'rs_backup'] as const;
export type Role = (typeof roles)[number];

const minimal = 'NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION';

/**
 * The role's password: HMAC-SHA256 of its name with the owner's password (or AUTH_SECRET where the owner has none).
 * The same in every process that knows the owner's URL, and stored nowhere.
 */
function rolePassword(ownerUrl: string, role: Role): string | undefined {
  const secret = decodeURIComponent(new URL(ownerUrl).password) || process.env['AUTH_SECRET'];
  return secret
    ? createHmac('sha256', secret).update(`routestitch role ${role}`).digest('base64url')
    : undefined;
}

/** The URL of the same database as `role`. Without any secret: no password, for servers that ask for none. */
export const roleUrl = (ownerUrl: string, role: Role): string =>
  withRole(ownerUrl, role, rolePassword(ownerUrl, role) ?? '');

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({
    ...readConnection(url).client,
    application_name: `${processToken} roles`,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01 wrong password, 28000 may not log in. Anything else is no question of roles.
    if (sqlStateOf(error)?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The SCRAM-SHA-256 verifier (RFC 5803): the password itself never reaches the server's log. */
function scramVerifier(password: string, salt: Buffer): string {
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/**
 * After migrating: lets the roles log in, only when they cannot yet.
 * Throws `CONFIGURATION` with the statements for a DBA when the owner may not alter roles.
 */
export async function ensureRoles(ownerUrl: string): Promise<void> {
  for (const role of roles) {
    if (await canConnect(roleUrl(ownerUrl, role))) continue;
    const password = rolePassword(ownerUrl, role);
    if (password === undefined)
      throw new AppError(
        'CONFIGURATION',
        `The server asks ${role} for a password, and DATABASE_URL has none to derive it from: set AUTH_SECRET to 32 or more random characters`,
      );
    const verifier = scramVerifier(password, Buffer.from(crypto.getRandomValues(new Uint8Array(16))));
    await alterRole(ownerUrl, `ALTER ROLE ${role} LOGIN PASSWORD '${verifier}'`);
    if (!(await canConnect(roleUrl(ownerUrl, role))))
      throw new AppError(
        'CONFIGURATION',
        `${role} has a password now and still cannot log in: allow it in pg_hba.conf (or the pooler's user list) as the owner is`,
      );
  }
}

/** Before a dump is restored, which names them: makes those that the server does not have. */
export async function createMissingRoles(ownerUrl: string): Promise<void> {
  const missing = roles.map(
    (role) =>
      `IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN NOBYPASSRLS NOINHERIT; END IF;`,
  );
  await alterRole(ownerUrl, `DO $$ BEGIN ${missing.join(' ')} END $$`);
}

async function alterRole(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({
    ...readConnection(ownerUrl).client,
    application_name: `${processToken} roles`,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(statement);
  } catch (cause) {
    if (sqlStateOf(cause) === '42501') throw rolesRefused(ownerUrl, cause);
    throw cause;
  } finally {
    await client.end().catch(() => {});
  }
}

/** What to tell a DBA when the owner lacks CREATEROLE (42501 in a migration or in {@link ensureRoles}). */
export function rolesRefused(ownerUrl: string, cause: unknown): AppError {
  const owner = decodeURIComponent(new URL(ownerUrl).username);
  const statements = roles.map((role) => {
    const password = rolePassword(ownerUrl, role);
    // The salt follows from the password, so that the advice is the same at every run.
    const salt = createHash('sha256')
      .update(`salt ${password ?? ''}`)
      .digest()
      .subarray(0, 16);
    return `CREATE ROLE ${role} LOGIN ${minimal}${password ? ` PASSWORD '${scramVerifier(password, salt)}'` : ''};`;
  });
  return new AppError(
    'CONFIGURATION',
    `${owner} may not create roles. Let an administrator run once, then try again (ALTER instead of CREATE for a role that exists):\n${statements.join('\n')}\nor: ALTER ROLE "${owner}" CREATEROLE;`,
    { cause },
  );
}
