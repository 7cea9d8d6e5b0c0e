import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../errors.ts';

/** For what else is written meanwhile. */
const RESERVE = 64 * 1024 ** 2;

/** Throws `UNAVAILABLE` when a folder (or the nearest one above it that exists) has not this much room left. */
export async function needRoom(folder: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await nearest(folder);
  const free = bavail * bsize;
  const needed = bytes + RESERVE;
  if (free >= needed) return;
  throw new AppError(
    'UNAVAILABLE',
    `Not enough room in ${folder} for ${what}: ${gigabytes(needed)} needed, ${gigabytes(free)} free. Make room, or use another folder (BACKUP_DIR, DATA_DIR)`,
  );
}

async function nearest(folder: string): Promise<{ bavail: number; bsize: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (parent === folder) throw error;
    return nearest(parent);
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
