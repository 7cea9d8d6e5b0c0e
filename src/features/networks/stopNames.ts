import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { ReadFeed } from '../../gtfs/buildTimetable.ts';

/** Names of stops in other languages, by the stop's id in the network. */
export type StopNames = ReadonlyMap<string, readonly string[]>;

/** Indian stations are signed in two or three languages; more than these nobody types. */
const MOST_NAMES = 12;

const compress = promisify(zstdCompress);
const inflate = promisify(zstdDecompress);

/** The names of `translations.txt` that differ from the stop's own. */
export function stopNamesOf(
  feeds: readonly { readonly prefix: string }[],
  read: readonly ReadFeed[],
): StopNames {
  const names = new Map<string, string[]>();
  for (const [index, { feed }] of read.entries())
    for (const { table, field, index: stop, text } of feed.extras?.translations ?? []) {
      if (table !== 'stops' || field !== 'stop_name') continue;
      const { id, name } = feed.stops[stop]!;
      const key = feeds[index]!.prefix + id;
      const known = names.get(key) ?? [];
      if (text === name || known.includes(text) || known.length === MOST_NAMES) continue;
      names.set(key, [...known, text]);
    }
  return names;
}

/** Kept beside the image: only the index of places reads names, and threads that search need not hold them. */
export const packStopNames = async (names: StopNames): Promise<Buffer | null> =>
  names.size === 0 ? null : compress(JSON.stringify([...names]));

export async function unpackStopNames(packed: Buffer | null): Promise<StopNames> {
  if (packed === null) return new Map();
  return new Map(JSON.parse((await inflate(packed)).toString('utf8')) as [string, string[]][]);
}
