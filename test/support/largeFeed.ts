/** An invented bus timetable of any size, the same for the same seed, streamed into a zip file row by row. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface LargeFeedOptions {
  readonly stopTimes: number;
  readonly seed?: number;
  /** First and last service day, `YYYYMMDD`. */
  readonly days?: readonly [first: string, last: string];
}

const CALLS_PER_TRIP = 25;
const TRIPS_PER_ROUTE = 40;
const STOPS = 20_000;
/** Stops stand on a grid, 0.05 degrees (5 km) apart; lines go from one to a neighbour. */
const ROW = 200;
const DEGREES_APART = 0.05;
/** Rows are handed on in texts of about this length: a write for each row takes ten times as long. */
const PART = 1 << 16;

/** Writes the feed to `file`. */
export async function writeLargeFeed(file: string, options: LargeFeedOptions): Promise<void> {
  const { stopTimes, seed = 1, days = ['20260101', '20261231'] } = options;
  const trips = Math.ceil(stopTimes / CALLS_PER_TRIP);
  const routes = Math.ceil(trips / TRIPS_PER_ROUTE);
  const zip = new StreamedZip(createWriteStream(file));
  const agency =
    'agency_id,agency_name,agency_url,agency_timezone\nL,Large,https://large.example,Asia/Kolkata\n';
  const calendar =
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n' +
    `D,1,1,1,1,1,1,1,${days.join(',')}\n`;
  await zip.add('agency.txt', [agency]);
  await zip.add('calendar.txt', [calendar]);
  await zip.add('stops.txt', stopRows(randomOf(seed)));
  await zip.add('routes.txt', routeRows(routes));
  await zip.add('trips.txt', tripRows(trips));
  await zip.add('stop_times.txt', stopTimeRows(stopTimes, randomOf(seed + 1)));
  await zip.end();
}

function* stopRows(random: () => number): Generator<string> {
  yield 'stop_id,stop_name,stop_lat,stop_lon\n';
  for (let stop = 0; stop < STOPS; stop++) {
    const lat = 10 + DEGREES_APART * Math.floor(stop / ROW) + 0.01 * random();
    const lng = 73 + DEGREES_APART * (stop % ROW) + 0.01 * random();
    yield `S${stop},Stop ${stop},${lat.toFixed(5)},${lng.toFixed(5)}\n`;
  }
}

function* routeRows(routes: number): Generator<string> {
  yield 'route_id,agency_id,route_short_name,route_type\n';
  for (let route = 0; route < routes; route++) yield `R${route},L,${route},3\n`;
}

function* tripRows(trips: number): Generator<string> {
  yield 'route_id,service_id,trip_id\n';
  for (let trip = 0; trip < trips; trip++) yield `R${Math.floor(trip / TRIPS_PER_ROUTE)},D,T${trip}\n`;
}

/** Runs of one route call at the same stops; stops and times of routes differ. */
function* stopTimeRows(rows: number, random: () => number): Generator<string> {
  yield 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n';
  let left = rows;
  let stops: number[] = [];
  for (let trip = 0; left > 0; trip++) {
    if (trip % TRIPS_PER_ROUTE === 0) stops = wayOf(random);
    let minute = 240 + Math.floor(random() * 1080);
    for (let call = 0; call < CALLS_PER_TRIP && left > 0; call++, left--) {
      const time = clock(minute);
      yield `T${trip},${time},${time},S${stops[call]},${call + 1}\n`;
      minute += 15 + Math.floor(random() * 90);
    }
  }
}

/** From a random stop on to the east or the north at each call. */
function wayOf(random: () => number): number[] {
  const stops = [Math.floor(random() * STOPS)];
  while (stops.length < CALLS_PER_TRIP) stops.push((stops.at(-1)! + (random() < 0.5 ? 1 : ROW)) % STOPS);
  return stops;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A zip written in one go: sizes and checksum of an entry follow its bytes (flag 8). */
export class StreamedZip {
  readonly #out: WriteStream;
  readonly #level: number;
  readonly #directory: Buffer[] = [];
  #offset = 0;

  /** `level` of deflate, 1 (fast) to 9 (small). */
  constructor(out: WriteStream, level = 1) {
    this.#out = out;
    this.#level = level;
  }

  async add(name: string, texts: Iterable<string | Buffer>): Promise<void> {
    const at = this.#offset;
    const label = Buffer.from(name);
    const sizes = { crc: 0, packed: 0, size: 0 };
    await this.#write(Buffer.concat([entryHead('PK\x03\x04', 30, 4, sizes, label), label]));
    const deflate = createDeflateRaw({ level: this.#level });
    await Promise.all([
      pipeline(measured(joined(texts), sizes), deflate),
      (async () => {
        for await (const chunk of deflate as AsyncIterable<Buffer>) {
          sizes.packed += chunk.length;
          await this.#write(chunk);
        }
      })(),
    ]);
    const after = Buffer.alloc(16);
    after.write('PK\x07\x08', 'latin1');
    writeSizes(after, 4, sizes);
    await this.#write(after);
    const entry = entryHead('PK\x01\x02', 46, 6, sizes, label);
    entry.writeUInt32LE(at, 42);
    this.#directory.push(entry, label);
  }

  async end(): Promise<void> {
    const entries = this.#directory.length / 2;
    const directory = Buffer.concat(this.#directory);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(entries, 8);
    end.writeUInt16LE(entries, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(this.#offset, 16);
    await this.#write(Buffer.concat([directory, end]));
    this.#out.end();
    await once(this.#out, 'close');
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#offset += bytes.length;
    if (!this.#out.write(bytes)) await once(this.#out, 'drain');
  }
}

interface EntrySizes {
  crc: number;
  packed: number;
  size: number;
}

function entryHead(mark: string, length: number, at: number, sizes: EntrySizes, label: Buffer): Buffer {
  const head = Buffer.alloc(length);
  head.write(mark, 'latin1');
  for (const [index, value] of [20, 0x0008, 8, 0, 0x0021].entries())
    head.writeUInt16LE(value, at + 2 * index);
  if (at === 6) writeSizes(head, 16, sizes);
  head.writeUInt16LE(label.length, at === 6 ? 28 : 26);
  return head;
}

function writeSizes(buffer: Buffer, at: number, { crc, packed, size }: EntrySizes): void {
  buffer.writeUInt32LE(crc, at);
  buffer.writeUInt32LE(packed, at + 4);
  buffer.writeUInt32LE(size, at + 8);
}

function* joined(texts: Iterable<string | Buffer>): Generator<Buffer> {
  let part = '';
  for (const text of texts) {
    if (typeof text === 'string') part += text;
    if (typeof text === 'string' && part.length < PART) continue;
    yield Buffer.from(part);
    part = '';
    if (typeof text !== 'string') yield text;
  }
  if (part !== '') yield Buffer.from(part);
}

function* measured(chunks: Iterable<Buffer>, sizes: EntrySizes): Generator<Buffer> {
  for (const chunk of chunks) {
    sizes.crc = crc32(chunk, sizes.crc);
    sizes.size += chunk.length;
    yield chunk;
  }
}
