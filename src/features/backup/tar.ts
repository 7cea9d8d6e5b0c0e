/** Folders as one stream of the ustar format, so that `tar` itself can open a backup where RouteStitch is not at hand. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';

const BLOCK = 512;
/** Eleven octal digits. Files of PostgreSQL end at 1 GiB. */
const MOST_BYTES = 8 ** 11 - 1;
const NAME_BYTES = 100;
const [FILE, FOLDER] = ['0', '5'];

function header(name: string, bytes: number, type: string): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES || bytes > MOST_BYTES)
    throw new AppError('INTERNAL', `${name} (${bytes} bytes) does not fit into the archive`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  block.write(name, 0);
  octal(type === FOLDER ? 0o700 : 0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(0, 136, 12);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** Everything in a folder that nobody else changes meanwhile; links are an error. `onBytes`: packed so far. */
export const packFolder = (folder: string, onBytes: (done: number) => void = () => undefined): Readable =>
  Readable.from(packed(folder, onBytes), { objectMode: false });

async function* packed(root: string, onBytes: (done: number) => void): AsyncGenerator<Buffer> {
  let done = 0;
  for await (const part of packedIn(root, '')) {
    yield part;
    onBytes((done += part.length));
  }
  yield Buffer.alloc(2 * BLOCK);
}

async function* packedIn(root: string, folder: string): AsyncGenerator<Buffer> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      yield header(`${name}/`, 0, FOLDER);
      yield* packedIn(root, name);
    } else if (entry.isFile()) yield* packedFile(root, name);
    else throw new AppError('INTERNAL', `${name} is neither a file nor a folder`);
  }
}

async function* packedFile(root: string, name: string): AsyncGenerator<Buffer> {
  const file = path.join(root, name);
  const { size } = await stat(file);
  yield header(name, size, FILE);
  let sent = 0;
  if (size > 0)
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      sent += chunk.length;
      yield chunk;
    }
  if (sent !== size) throw new AppError('INTERNAL', `${name} changed while it was packed`);
  yield Buffer.alloc(padding(size));
}

const padding = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;

/** Writes the files of the stream below `folder`. Throws `UNPROCESSABLE` for what `packFolder` does not write. */
export async function unpackTo(folder: string, stream: AsyncIterable<Buffer>): Promise<void> {
  const source = new Blocks(stream);
  for (;;) {
    const block = await source.exactly(BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const { name, bytes, type } = readHeader(block);
    const target = path.join(folder, name);
    if (type === FOLDER) await mkdir(target, { recursive: true, mode: 0o700 });
    else {
      const file = createWriteStream(target, { flags: 'wx', mode: 0o600 });
      await pipeline(Readable.from(source.chunks(bytes), { objectMode: false }), file);
      await source.exactly(padding(bytes));
    }
  }
  await source.drain(); // the last bytes authenticate the whole
}

function readHeader(block: Buffer): { name: string; bytes: number; type: string } {
  const text = (at: number, length: number) => block.toString('utf8', at, at + length).split('\0')[0]!;
  const name = text(0, NAME_BYTES);
  const bytes = Number.parseInt(text(124, 12), 8);
  const type = text(156, 1);
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  const inside = /^[\w.-]+(\/[\w.-]+)*\/?$/.test(name) && !name.split('/').includes('..');
  if (sum !== Number.parseInt(text(148, 8), 8) || !inside || !(bytes >= 0) || ![FILE, FOLDER].includes(type))
    throw new AppError('UNPROCESSABLE', 'The backup does not hold what RouteStitch packs');
  return { name, bytes, type };
}

/** A stream of chunks of any size, read by counts of bytes. */
class Blocks {
  readonly #iterator: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#iterator = stream[Symbol.asyncIterator]();
  }

  async exactly(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.chunks(bytes)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *chunks(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0;) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#iterator.next();
    if (done) throw new AppError('UNPROCESSABLE', 'The backup ends before its end');
    return value;
  }

  async drain(): Promise<void> {
    while (!(await this.#iterator.next()).done);
  }
}
