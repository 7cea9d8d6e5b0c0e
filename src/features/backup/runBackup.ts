import { fork } from 'node:child_process';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { BackupPlace } from './createBackup.ts';
import type { Pruned } from './pruneBackups.ts';

export interface BackupRun {
  readonly id: string;
  /** As it lies on the disk. */
  readonly bytes: number;
  readonly seconds: number;
  readonly encrypted: boolean;
  readonly removed: Pruned['removed'];
}

/** What the process of a backup answers. */
export type BackupMessage =
  | { kind: 'done'; run: BackupRun }
  | { kind: 'failed'; code: ErrorCode; message: string };

/**
 * The nightly job: makes a backup and removes those of more than seven days, in a process of its own, because sums and
 * encryption take the processor for as long as the database is large. Throws what `createBackup` throws; nothing is
 * removed then. `signal` ends it, and a backup half made is none.
 */
export async function runBackup(
  { dataDir, backup }: BackupPlace,
  { signal }: { signal?: AbortSignal } = {},
): Promise<BackupRun> {
  // `.ts` in the checkout, `.js` in the package.
  const child = fork(new URL(`backupProcess${import.meta.url.slice(-3)}`, import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    ...(signal ? { signal } : {}),
  });
  try {
    return await new Promise<BackupRun>((resolve, reject) => {
      child.on('message', (message: BackupMessage) => {
        if (message.kind === 'done') resolve(message.run);
        else reject(new AppError(message.code, message.message));
      });
      child.on('error', reject);
      child.on('close', (code, died) =>
        reject(new AppError('INTERNAL', `The backup ended without a result (${died ?? code})`)),
      );
      child.send({ dataDir, backup } satisfies BackupPlace, () => undefined);
    });
  } finally {
    child.kill();
  }
}
