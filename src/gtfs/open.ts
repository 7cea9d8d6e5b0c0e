import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  feedLimits,
  type FeedLimits,
  type FeedSource,
  type TableFile,
  type TableName,
  TABLES,
  UNUSED_TABLES,
} from './source.ts';
import { refusal } from './refusal.ts';
import { openZip } from './zip.ts';

/** Opens a zip file or a folder. Throws `FEED_UNREADABLE` saying what to do. */
export async function openSource(location: string, limits: FeedLimits = feedLimits): Promise<FeedSource> {
  const info = await stat(location).catch(() => null);
  if (info === null)
    throw refusal('NOT_FOUND', {}, `There is no file or folder ${location}; check the path.`);
  const source = info.isDirectory() ? await openFolder(location) : await openZip(location, limits);
  if (source.tables.size === 0) {
    source.close();
    throw refusal(
      'NO_TABLES',
      {},
      `${location} holds no GTFS tables; give a zip or folder with stops.txt, routes.txt, trips.txt and stop_times.txt.`,
    );
  }
  return source;
}

async function openFolder(folder: string): Promise<FeedSource> {
  const root = await realpath(folder);
  const tables = new Map<TableName, TableFile>();
  for (const name of TABLES) {
    const file = path.join(root, name);
    const info = await lstat(file).catch(() => null);
    if (info === null) continue;
    // A feed unpacked from elsewhere may hold a link to any file; its lines would show up in notices.
    if (!info.isFile())
      throw refusal(
        'NOT_A_PLAIN_FILE',
        { file: name },
        `${file} is not a plain file; replace it by the table itself.`,
      );
    tables.set(name, { size: info.size, read: () => createReadStream(file, { highWaterMark: 1 << 18 }) });
  }
  const present = new Set(await readdir(root));
  const ignored = UNUSED_TABLES.filter((name) => present.has(name));
  return { name: path.basename(root), subfolder: null, tables, ignored, close: () => undefined };
}
