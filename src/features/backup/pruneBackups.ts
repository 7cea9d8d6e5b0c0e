import type { BrokenBackup, StoredBackup } from './folder.ts';
import { readBackups, removeBackup, sweepPartials } from './folder.ts';

/** The document's §9: retention 7 days. */
export const RETENTION_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Pruned {
  /** Ids, the latest first. */
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

/** A backup of which nothing bad is known: whole, and right when it was last verified. */
export const isGood = (backup: StoredBackup | BrokenBackup): backup is StoredBackup =>
  'manifest' in backup && (backup.verification?.problems.length ?? 0) === 0;

/** When a backup was finished; of a broken one when it was begun, as its id says. */
const timeOf = (backup: StoredBackup | BrokenBackup): number =>
  'manifest' in backup
    ? Date.parse(backup.manifest.finishedAt)
    : Date.parse(backup.id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * Removes backups that are older than seven days. The last good one stays however old it is: when backups have been
 * failing for a week, it is all there is.
 */
export async function pruneBackups(dir: string, now: Date = new Date()): Promise<Pruned> {
  const backups = await readBackups(dir);
  const oldest = now.getTime() - RETENTION_DAYS * DAY_MS;
  const good = backups.filter(isGood).toSorted((a, b) => timeOf(b) - timeOf(a));
  const [removed, kept]: [string[], string[]] = [[], []];
  for (const backup of backups)
    (timeOf(backup) < oldest && backup !== good[0] ? removed : kept).push(backup.id);
  for (const id of removed) await removeBackup(dir, id);
  await sweepPartials(dir, now);
  return { removed, kept };
}
