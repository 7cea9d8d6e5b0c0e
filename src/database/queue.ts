/**
 * The job queue's own tables (graphile-worker, schema `graphile_worker`). The package has its own migrations and their
 * history; the owner applies them, and rs_service, which runs the jobs, gets no more than their rows.
 */
import pg from 'pg';
import { AppError } from '../errors.ts';
import { processToken } from './processToken.ts';
import { readConnection } from './url.ts';

export const QUEUE_SCHEMA = 'graphile_worker';

/** The last migration of the pinned package; test: it is. Known here, the package is loaded only when it must migrate. */
export const QUEUE_REVISION = 20;

/** Brings the queue's tables up to date. `owner`: holds the lock of `migrate`. */
export async function ensureQueue(owner: pg.Client, ownerUrl: string): Promise<void> {
  const found = await revision(owner);
  if (found > QUEUE_REVISION)
    throw new AppError(
      'DATABASE',
      `The job queue is of a newer version (${found}, this one knows ${QUEUE_REVISION}): install the version of RouteStitch that made it`,
    );
  if (found < QUEUE_REVISION) await installQueue(ownerUrl);
  if (found < QUEUE_REVISION || !(await isOpenToService(owner))) await owner.query(RIGHTS);
}

/** 0 when there is none. */
async function revision(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ there: boolean }>(
    `SELECT to_regclass('${QUEUE_SCHEMA}.migrations') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) return 0;
  const { rows: last } = await owner.query<{ id: number | null }>(
    `SELECT max(id) AS id FROM ${QUEUE_SCHEMA}.migrations`,
  );
  return last[0]?.id ?? 0;
}

async function installQueue(ownerUrl: string): Promise<void> {
  const { Logger, runMigrations } = await import('graphile-worker');
  const pgPool = new pg.Pool({
    ...readConnection(ownerUrl).client,
    max: 1,
    application_name: `${processToken} queue`,
    connectionTimeoutMillis: 10_000,
  });
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool, schema: QUEUE_SCHEMA, logger: new Logger(() => () => {}) });
  } finally {
    await pgPool.end();
  }
}

/** The tables that row-level security shuts, each with a policy for rs_service. */
async function isOpenToService(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ open: boolean }>(`
    SELECT has_schema_privilege('rs_service', '${QUEUE_SCHEMA}', 'USAGE') AND NOT EXISTS (
      SELECT FROM pg_class c WHERE c.relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND c.relkind IN ('r', 'v')
        AND NOT (has_table_privilege('rs_service', c.oid, 'SELECT') AND (NOT c.relrowsecurity OR EXISTS (
          SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'service')))) AS open`);
  return rows[0]?.open ?? false;
}

// The package enables row-level security without a policy, so that only the owner of its tables gets at them; rs_service
// is to own nothing. Its view reads as whoever asks.
const RIGHTS = `
DO $$
DECLARE
  t regclass;
BEGIN
  GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO rs_service;
  GRANT SELECT ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO rs_service;
  FOR t IN SELECT oid FROM pg_class WHERE relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND relkind = 'r' AND relrowsecurity
  LOOP
    EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO rs_service', t);
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t AND polname = 'service') THEN
      EXECUTE format('CREATE POLICY service ON %s TO rs_service USING (true) WITH CHECK (true)', t);
    END IF;
  END LOOP;
  ALTER VIEW ${QUEUE_SCHEMA}.jobs SET (security_invoker = true);
END $$`;
