import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import type { NetworkId } from '../../units/ids.ts';
import { type ArchiveFacts, archiveOf } from './feedArchive.ts';
import {
  insertArchive,
  insertArchivePart,
  insertKeptFeeds,
  type Queryable,
  selectArchivePart,
} from './store.ts';

/** As large as the database takes a part (CHECK); what a process holds of a feed at a time. */
const PART_BYTES = 4 * 1024 ** 2;

/** A feed as it was read, and where it still lies. */
export interface ReadArchive extends ArchiveFacts {
  readonly location: string;
}

/** Keeps the feeds of a network, in order, each archive once. Throws `CONFLICT` when a file is no longer what was read. */
export async function keepFeeds(tx: Queryable, id: NetworkId, feeds: readonly ReadArchive[]): Promise<void> {
  for (const feed of feeds) if (await insertArchive(tx, feed.hash, feed.bytes)) await keepBytes(tx, feed);
  await insertKeptFeeds(
    tx,
    id,
    feeds.map(({ hash }) => hash),
  );
}

async function keepBytes(tx: Queryable, feed: ReadArchive): Promise<void> {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let position = 0;
  const write = async (): Promise<void> => {
    if (size > 0) await insertArchivePart(tx, feed.hash, position++, Buffer.concat(waiting));
    [waiting, size] = [[], 0];
  };
  for await (const chunk of archiveOf(feed.location)) {
    hash.update(chunk);
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + PART_BYTES - size);
      waiting.push(piece);
      size += piece.length;
      from += piece.length;
      if (size === PART_BYTES) await write();
    }
  }
  await write();
  if (hash.digest('hex') !== feed.hash)
    throw new AppError('CONFLICT', 'A feed was changed while it was being imported; import it again.');
}

/** Writes a kept feed to a file. Throws `DATABASE` when it is gone or damaged. */
export async function unpackFeed(db: Queryable, hash: string, file: string): Promise<void> {
  const found = createHash('sha256');
  await pipeline(async function* () {
    for (let position = 0; ; position++) {
      const part = await selectArchivePart(db, hash, position);
      if (part === null) return;
      found.update(part);
      yield part;
    }
  }, createWriteStream(file));
  if (found.digest('hex') !== hash)
    throw new AppError(
      'DATABASE',
      'A kept feed is gone or damaged; import the network again from its files.',
    );
}
