import { AppError } from '../../errors.ts';
import { open } from './reader.ts';

const LOCK = [0x526f7574, 0x42616b75] as const; // "RoutBaku"

/** One backup of a database at a time, over all machines; the lock ends with this process. Throws `CONFLICT`. */
export async function withBackupLock<T>(ownerUrl: string, work: () => Promise<T>): Promise<T> {
  const holder = await open(ownerUrl);
  try {
    await holder.query('SET idle_session_timeout = 0');
    const { rows } = await holder.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS got', [
      ...LOCK,
    ]);
    if (!rows[0]?.got)
      throw new AppError('CONFLICT', 'Another backup of this database is being made: wait for it');
    return await work();
  } finally {
    await holder.end().catch(() => undefined);
  }
}
