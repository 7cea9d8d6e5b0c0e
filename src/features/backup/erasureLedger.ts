/**
 * Whose data was erased, beside the backups and not only in the database: what is lost with a database is erased again
 * when an older backup of it is restored. Hashes of random ids: they tell nobody who it was.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { replaceFile } from './folder.ts';

const ledgerIn = (dir: string): string => path.join(dir, 'erasures');

/** Notes an erasure at once, so that none is forgotten between two backups. */
export async function noteErasure(dir: string, userId: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const hash = createHash('sha256').update(userId).digest('hex');
  await appendFile(ledgerIn(dir), `${hash}\n`, { mode: 0o600, flush: true });
}

/** All hashes in the ledger; a line that was cut off counts as none. */
export async function readLedger(dir: string): Promise<string[]> {
  const text = await readFile(ledgerIn(dir), 'utf8').catch(() => '');
  return [...new Set(text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line)))];
}

/** Takes over what the database remembers. */
export async function rememberErasures(dir: string, client: pg.ClientBase): Promise<void> {
  const known = await readLedger(dir);
  const all = new Set([...known, ...(await erasuresIn(client))]);
  if (all.size > known.length) await replaceFile(ledgerIn(dir), `${[...all].join('\n')}\n`);
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
