import { type BackupFailure, failureSchema } from './contract.ts';
import { readBackups, readSmall } from './folder.ts';
import { isGood } from './pruneBackups.ts';

/** For the metrics and the doctor. */
export interface BackupStatus {
  readonly count: number;
  /** Of which something bad is known. */
  readonly bad: number;
  readonly lastGood: {
    readonly id: string;
    readonly finishedAt: string;
    readonly ageSeconds: number;
    /** As it lies on the disk. */
    readonly bytes: number;
    readonly seconds: number;
    readonly encrypted: boolean;
    readonly verifiedAt: string | null;
  } | null;
  /** Unless a backup was made since. */
  readonly lastFailure: BackupFailure | null;
}

export async function backupStatus(dir: string, now: Date = new Date()): Promise<BackupStatus> {
  const backups = await readBackups(dir);
  const good = backups.filter(isGood);
  const last = good[0];
  const failure = await readSmall(dir, 'last-failure.json', failureSchema);
  const finished = Date.parse(last?.manifest.finishedAt ?? '');
  return {
    count: backups.length,
    bad: backups.length - good.length,
    lastGood: last
      ? {
          id: last.id,
          finishedAt: last.manifest.finishedAt,
          ageSeconds: Math.max(0, Math.round((now.getTime() - finished) / 1000)),
          bytes: last.manifest.payload.bytes,
          seconds: (finished - Date.parse(last.manifest.startedAt)) / 1000,
          encrypted: last.manifest.recipients.length > 0,
          verifiedAt: last.verification?.at ?? null,
        }
      : null,
    lastFailure: failure && last && Date.parse(failure.at) < finished ? null : failure,
  };
}
