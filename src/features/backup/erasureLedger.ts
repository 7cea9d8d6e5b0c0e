/**
 * Whose data was erased, beside the backups and not only in the database: what is lost with a database is erased again
 * when an older backup of it is restored. Hashes of random ids: they tell nobody who it was.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Database } from '../../database/connect.ts';
import { reapplyErasures } from '../accounts/index.ts';

const ledgerIn = (dir: string): string => path.join(dir, 'erasures');

/** Notes an erasure at once, so that none is forgotten between two backups. */
export const noteErasure = (dir: string, userId: string): Promise<void> =>
  note(dir, [createHash('sha256').update(userId).digest('hex')]);

/** Only ever added to, so that processes that note at the same time lose nothing. */
async function note(dir: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await appendFile(ledgerIn(dir), `${hashes.join('\n')}\n`, { mode: 0o600, flush: true });
}

/** All hashes in the ledger; a line that was cut off counts as none. */
export async function readLedger(dir: string): Promise<string[]> {
  const text = await readFile(ledgerIn(dir), 'utf8').catch(() => '');
  return [...new Set(text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line)))];
}

/** Takes over what the database remembers. */
export async function rememberErasures(dir: string, client: pg.ClientBase): Promise<void> {
  const known = new Set(await readLedger(dir));
  await note(
    dir,
    (await erasuresIn(client)).filter((hash) => !known.has(hash)),
  );
}

/** Of a database from before there were erasures: none. */
export async function erasuresIn(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public.erasures') IS NOT NULL AS there`,
  );
  if (!found[0]?.there) return [];
  const { rows } = await client.query<{ hash: string }>('SELECT user_hash AS hash FROM public.erasures');
  return rows.map(({ hash }) => hash);
}

/**
 * Erases again whoever was erased before, also when this database has never heard of it: it may be an older state of
 * itself, brought back by whatever means. `more`: hashes known from elsewhere. Answers how many users came back.
 * @param service a database as rs_service.
 */
export async function reapplyNotedErasures(
  service: Database,
  dir: string,
  more: readonly string[] = [],
): Promise<number> {
  await service.query({
    text: 'INSERT INTO erasures (user_hash) SELECT DISTINCT unnest($1::text[]) ON CONFLICT DO NOTHING',
    values: [[...(await readLedger(dir)), ...more]],
  });
  return reapplyErasures(service);
}
