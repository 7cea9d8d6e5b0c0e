/** The process of `runBackup.ts`. */
import { AppError } from '../../errors.ts';
import { type BackupPlace, createBackup } from './createBackup.ts';
import { pruneBackups } from './pruneBackups.ts';
import type { BackupMessage } from './runBackup.ts';

async function answer(place: BackupPlace): Promise<BackupMessage> {
  try {
    const { manifest } = await createBackup(place);
    const { removed } = await pruneBackups(place.backup.dir);
    const { id, payload, startedAt, finishedAt, recipients } = manifest;
    const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    return {
      kind: 'done',
      run: { id, bytes: payload.bytes, seconds, encrypted: recipients.length > 0, removed },
    };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
  }
}

process.once('message', (place: BackupPlace) => {
  void answer(place).then((message) => process.send!(message, () => process.disconnect()));
});
// Whoever asked is gone.
process.once('disconnect', () => process.exit());
