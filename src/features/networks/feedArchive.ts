import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { AppError } from '../../errors.ts';
import { feedLimits, TABLES } from '../../gtfs/source.ts';

export interface ArchiveFacts {
  /** SHA-256, hex. */
  readonly hash: string;
  readonly bytes: number;
}

/**
 * The bytes under which a feed is kept: a zip file as it is, a folder's tables packed in the same way each time.
 * Throws `FEED_UNREADABLE` beyond the size that a feed may have.
 */
export async function* archiveOf(location: string): AsyncGenerator<Buffer, void, void> {
  const folder = (await stat(location)).isDirectory();
  let size = 0;
  for await (const chunk of folder ? packedFolder(location) : createReadStream(location)) {
    size += (chunk as Buffer).length;
    if (size > feedLimits.archiveBytes)
      throw new AppError(
        'FEED_UNREADABLE',
        `${path.basename(location)} is larger than a feed may be; split it.`,
      );
    yield chunk as Buffer;
  }
}

export async function archiveFacts(location: string): Promise<ArchiveFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of archiveOf(location)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { hash: hash.digest('hex'), bytes };
}

const ZIP_VERSION = 20;
/** Sizes and checksum follow the bytes, so that the archive can be written in one go. */
const SIZES_FOLLOW = 0x0008;
const DEFLATED = 8;
/** 1 January 1980: the same tables make the same archive on every day. */
const NO_DATE = 0x0021;

interface PackedEntry {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

async function* packedFolder(folder: string): AsyncGenerator<Buffer, void, void> {
  const entries: PackedEntry[] = [];
  let offset = 0;
  for (const table of TABLES) {
    const file = path.join(folder, table);
    if (!(await lstat(file).catch(() => null))?.isFile()) continue;
    const name = Buffer.from(table);
    const state = { crc: 0, packed: 0, size: 0 };
    const head = localHeader(name);
    yield head;
    for await (const chunk of deflated(file, state)) yield chunk;
    const after = Buffer.alloc(16);
    after.write('PK\x07\x08', 'latin1');
    writeSizes(after, 4, state);
    yield after;
    entries.push({ name, offset, ...state });
    offset += head.length + state.packed + after.length;
  }
  const directory = Buffer.concat(entries.map(directoryEntry));
  yield directory;
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}

async function* deflated(
  file: string,
  state: { crc: number; packed: number; size: number },
): AsyncGenerator<Buffer, void, void> {
  const deflate = createDeflateRaw();
  const fed = pipeline(
    createReadStream(file),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        state.crc = crc32(chunk, state.crc);
        state.size += chunk.length;
        yield chunk;
      }
    },
    deflate,
  );
  fed.catch(() => undefined); // the loop below throws the same
  for await (const chunk of deflate as AsyncIterable<Buffer>) {
    state.packed += chunk.length;
    yield chunk;
  }
  await fed;
}

function writeSizes(
  buffer: Buffer,
  at: number,
  { crc, packed, size }: Omit<PackedEntry, 'name' | 'offset'>,
): void {
  buffer.writeUInt32LE(crc, at);
  buffer.writeUInt32LE(packed, at + 4);
  buffer.writeUInt32LE(size, at + 8);
}

/** Version, flags, method and date: what local header and directory share. */
function writeKind(buffer: Buffer, at: number): void {
  for (const [index, value] of [ZIP_VERSION, SIZES_FOLLOW, DEFLATED, 0, NO_DATE].entries())
    buffer.writeUInt16LE(value, at + 2 * index);
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  writeKind(header, 4);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryEntry(entry: PackedEntry): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\x01\x02', 'latin1');
  header.writeUInt16LE(ZIP_VERSION, 4);
  writeKind(header, 6);
  writeSizes(header, 16, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
}
