import { stat } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { AppError } from '../errors.ts';
import { type FaultPlace, type FeedFault, refusal } from './refusal.ts';
import {
  type FeedLimits,
  type FeedSource,
  isTableName,
  type TableFile,
  type TableName,
  UNUSED_TABLES,
} from './source.ts';

const STORED = 0;
const DEFLATED = 8;
const UNIX_TYPE_MASK = 0o170000;
const UNIX_SYMLINK = 0o120000;
/** Below this a high inflation ratio harms nobody: a table of equal rows may compress well. */
const HARMLESS_BYTES = 32 * 1024 ** 2;

/**
 * Opens a zip archive. Only the names of tables are looked for; nothing is ever unpacked to disk. yauzl refuses
 * unsafe names and wrong sizes; entry count, overlaps, duplicates, inflated bytes, inflation ratio and CRC are
 * checked here.
 */
export async function openZip(file: string, limits: FeedLimits): Promise<FeedSource> {
  const label = path.basename(file);
  const { size } = await stat(file);
  if (size > limits.archiveBytes)
    throw unusable(
      'TOO_LARGE',
      label,
      null,
      `is larger than ${megabytes(limits.archiveBytes)}; split the feed.`,
    );
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(file, {
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw unusable(
      'NOT_A_ZIP',
      label,
      null,
      `is not a readable zip file (${reason(error)}); download it again.`,
      error,
    );
  }
  try {
    const entries = await listEntries(zip, label, limits);
    refuseOverlaps(entries, label);
    const { tables, subfolder } = chooseTables(entries, label);
    const ignored = ignoredTables(entries, subfolder);
    const budget = { left: limits.inflatedBytes };
    return {
      name: label.replace(/\.zip$/i, ''),
      subfolder,
      ignored,
      tables: new Map(
        [...tables].map(([name, entry]): [TableName, TableFile] => [
          name,
          {
            size: entry.uncompressedSize,
            read: () => inflate(zip, entry, label, name, budget, limits),
          },
        ]),
      ),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: yauzl.ZipFile, label: string, limits: FeedLimits): Promise<yauzl.Entry[]> {
  const tooMany = `holds more than ${limits.entries} files; give only the GTFS tables.`;
  if (zip.entryCount > limits.entries) throw unusable('TOO_MANY_ENTRIES', label, null, tooMany);
  const entries: yauzl.Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > limits.entries) throw unusable('TOO_MANY_ENTRIES', label, null, tooMany);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unusable(
      'UNSOUND_ZIP',
      label,
      null,
      `is not a sound zip file (${reason(error)}); make it again.`,
      error,
    );
  }
  return entries;
}

/** Two entries over the same bytes are the mark of a bomb (and of nothing else). */
function refuseOverlaps(entries: readonly yauzl.Entry[], label: string): void {
  const ranges = entries
    .map((entry) => ({
      from: entry.relativeOffsetOfLocalHeader,
      to: entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize,
    }))
    .toSorted((a, b) => a.from - b.from);
  ranges.forEach((range, index) => {
    const before = ranges[index - 1];
    if (before && range.from < before.to)
      throw unusable(
        'OVERLAPPING_ENTRIES',
        label,
        null,
        'holds entries that overlap, as zip bombs do; make it again.',
      );
  });
}

interface Choice {
  readonly tables: ReadonlyMap<TableName, yauzl.Entry>;
  readonly subfolder: string | null;
}

/** Tables at the top of the archive, else in the one folder that holds them all. */
function chooseTables(entries: readonly yauzl.Entry[], label: string): Choice {
  const byFolder = new Map<string, Map<TableName, yauzl.Entry>>();
  for (const entry of entries) {
    const folder = path.posix.dirname(entry.fileName);
    const name = path.posix.basename(entry.fileName);
    if (entry.fileName.endsWith('/') || !isTableName(name) || folder.startsWith('__MACOSX')) continue;
    const tables = byFolder.get(folder) ?? new Map<TableName, yauzl.Entry>();
    if (tables.has(name)) throw unusable('DUPLICATE_TABLE', label, name, 'is there twice; keep one.');
    refuseUnreadable(entry, label, name);
    byFolder.set(folder, tables.set(name, entry));
  }
  const top = byFolder.get('.');
  if (top) return { tables: top, subfolder: null };
  if (byFolder.size > 1)
    throw unusable(
      'SEVERAL_FEEDS',
      label,
      null,
      `holds tables in ${byFolder.size} folders; give one feed per archive.`,
    );
  const [only] = byFolder;
  if (!only && entries.some(({ fileName }) => /\.zip$/i.test(fileName)))
    throw unusable('NO_TABLES', label, null, 'holds a zip file instead of tables; give the one inside.');
  return only ? { tables: only[1], subfolder: only[0] } : { tables: new Map(), subfolder: null };
}

/** Tables of GTFS beside the chosen ones that nothing here can use. */
const ignoredTables = (entries: readonly yauzl.Entry[], subfolder: string | null): string[] =>
  UNUSED_TABLES.filter((name) =>
    entries.some(({ fileName }) => fileName === (subfolder === null ? name : `${subfolder}/${name}`)),
  );

function refuseUnreadable(entry: yauzl.Entry, label: string, name: TableName): void {
  if (entry.isEncrypted())
    throw unusable('ENCRYPTED', label, name, 'is encrypted; give the feed without a password.');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw unusable(
      'UNKNOWN_COMPRESSION',
      label,
      name,
      `uses compression method ${entry.compressionMethod}; zip it again with deflate.`,
    );
  const unixMode = (entry.externalFileAttributes >>> 16) & UNIX_TYPE_MASK;
  if (unixMode === UNIX_SYMLINK)
    throw unusable('SYMBOLIC_LINK', label, name, 'is a symbolic link; put the table itself in.');
}

async function* inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  label: string,
  name: TableName,
  budget: { left: number },
  limits: FeedLimits,
): AsyncGenerator<Buffer, void, void> {
  let checksum = 0;
  let size = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      budget.left -= chunk.length;
      if (budget.left < 0)
        throw unusable(
          'INFLATES_TOO_FAR',
          label,
          name,
          `inflates beyond ${megabytes(limits.inflatedBytes)}; split the feed.`,
        );
      if (size > HARMLESS_BYTES && size > entry.compressedSize * limits.inflationRatio)
        throw unusable(
          'INFLATES_TOO_FAR',
          label,
          name,
          `inflates more than ${limits.inflationRatio}-fold, as zip bombs do.`,
        );
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unusable(
      'CANNOT_BE_UNPACKED',
      label,
      name,
      `cannot be unpacked (${reason(error)}); download the feed again.`,
      error,
    );
  }
  if (checksum !== entry.crc32)
    throw unusable(
      'WRONG_CHECKSUM',
      label,
      name,
      'is damaged (its checksum is wrong); download the feed again.',
    );
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `table`: the one that is at fault, or `null` when the archive is. */
function unusable(
  fault: FeedFault,
  label: string,
  table: TableName | null,
  said: string,
  cause?: unknown,
): AppError {
  const place: FaultPlace = table === null ? {} : { file: table };
  const subject = table === null ? label : `${label}: ${table}`;
  return refusal(fault, place, `${subject} ${said}`, cause === undefined ? {} : { cause });
}
