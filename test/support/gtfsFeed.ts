/** Small GTFS feeds as inline text, written as folders or zip archives (sound or damaged). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** File name → text or bytes. */
export type FeedFiles = Readonly<Record<string, string | Buffer>>;

/** Two trains a day from A over B to C, every day of 2026. */
export const smallFeed = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\nIR,Indian Railways,https://x.in,Asia/Kolkata\n',
  'stops.txt':
    'stop_id,stop_code,stop_name,stop_lat,stop_lon\nA,AA,Alpha,20,75\nB,BB,Beta,20.5,75\nC,CC,Gamma,21,75\n',
  'routes.txt':
    'route_id,agency_id,route_short_name,route_long_name,route_type,route_color\nR1,IR,12001,Alpha Express,2,FF8800\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nD,1,1,1,1,1,1,1,20260101,20261231\n',
  'trips.txt': 'route_id,service_id,trip_id,trip_headsign\nR1,D,T1,Gamma\nR1,D,T2,Gamma\n',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    'T1,08:00:00,08:00:00,A,1',
    'T1,09:00:00,09:05:00,B,2',
    'T1,10:00:00,10:00:00,C,3',
    'T2,23:00:00,23:00:00,A,1',
    'T2,24:10:59,24:12:00,B,2',
    'T2,25:10:00,25:10:00,C,3',
    '',
  ].join('\n'),
} as const satisfies FeedFiles;

/** Lines of a table as text. */
export const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

export interface TemporaryFeed {
  readonly location: string;
  remove(): Promise<void>;
}

async function temporary(write: (folder: string) => Promise<string>): Promise<TemporaryFeed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-test-feed-'));
  const location = await write(folder);
  return { location, remove: () => rm(folder, { recursive: true, force: true }) };
}

export const folderFeed = (files: FeedFiles): Promise<TemporaryFeed> =>
  temporary(async (folder) => {
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
    return folder;
  });

export const fileFeed = (bytes: Buffer, name = 'feed.zip'): Promise<TemporaryFeed> =>
  temporary(async (folder) => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    return file;
  });

/** Uses a folder feed for the time of `work`. */
export async function withFeed<T>(files: FeedFiles, work: (location: string) => Promise<T>): Promise<T> {
  const feed = await folderFeed(files);
  try {
    return await work(feed.location);
  } finally {
    await feed.remove();
  }
}

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the archive claims, when it lies. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  readonly encrypted?: boolean;
  readonly symlink?: boolean;
  /** Number of a compression method other than deflate. */
  readonly method?: number;
  /** Size that a ZIP64 field of the directory claims. */
  readonly zip64Size?: number;
  /** Points into the bytes of entry 0, as overlapping bombs do. */
  readonly overlapsFirst?: boolean;
}

/** Nothing, deflated: of 100,000 empty entries zlib would keep 16 KB each. */
const NOTHING = deflateRawSync('');

/** A zip archive of these entries, all deflated. */
export function zipOf(entries: readonly ZipEntry[] | FeedFiles): Buffer {
  const list: readonly ZipEntry[] = Array.isArray(entries)
    ? (entries as readonly ZipEntry[])
    : Object.entries(entries as FeedFiles).map(([name, content]) => ({ name, content }));
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of list) {
    const content = Buffer.from(entry.content);
    const packed = content.length === 0 ? NOTHING : deflateRawSync(content, { level: 9 });
    const header = entryHeader(entry, content, packed.length);
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), header, name, packed]);
    directory.push(directoryEntry(entry, header, name, entry.overlapsFirst ? 0 : offset));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...bodies, central, ...endRecords(list.length, central.length, offset)]);
}

const MOST_ENTRIES = 0xffff;

/** The end of the directory; of more entries than 16 bits can count, with the records of ZIP64 before it. */
function endRecords(count: number, size: number, offset: number): Buffer[] {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 8);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  if (count < MOST_ENTRIES) return [end];
  const long = Buffer.alloc(56);
  long.write('PK\x06\x06', 'latin1');
  long.writeBigUInt64LE(44n, 4);
  for (const [at, value] of [
    [24, count],
    [32, count],
    [40, size],
    [48, offset],
  ] as const)
    long.writeBigUInt64LE(BigInt(value), at);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [long, locator, end];
}

/** The 26 bytes that local header and directory share. */
function entryHeader(entry: ZipEntry, content: Buffer, packedLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(entry.encrypted ? 1 : 0, 2);
  header.writeUInt16LE(entry.method ?? 8, 4);
  header.writeUInt32LE(entry.claimedCrc ?? crc32(content), 10);
  header.writeUInt32LE(packedLength, 14);
  header.writeUInt32LE(entry.claimedSize ?? content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return header;
}

function directoryEntry(entry: ZipEntry, header: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.symlink ? (0o120777 << 16) >>> 0 : 0, 6);
  rest.writeUInt32LE(offset, 10);
  const madeByUnix = Buffer.from([20, 3]);
  const parts = [Buffer.from('PK\x01\x02'), madeByUnix];
  if (entry.zip64Size === undefined) return Buffer.concat([...parts, header, rest, name]);
  const own = Buffer.from(header);
  own.writeUInt32LE(0xffffffff, 18);
  own.writeUInt16LE(12, 24);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(entry.zip64Size), 4);
  return Buffer.concat([...parts, own, rest, name, extra]);
}
