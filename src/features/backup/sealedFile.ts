/** Files of a backup: hashed as they lie on the disk, encrypted where there is a recipient. Nothing is held whole. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { AppError } from '../../errors.ts';
import type { BackupFile } from './contract.ts';
import { decrypterFor, encrypterFor } from './keys.ts';

type Bytes = ReadableStream<Uint8Array>;
/** The same at run time; the library's types are the browser's. */
const forAge = (stream: Readable) =>
  Readable.toWeb(stream) as unknown as globalThis.ReadableStream<Uint8Array>;
const fromAge = (stream: globalThis.ReadableStream<Uint8Array>) =>
  Readable.fromWeb(stream as unknown as Bytes);

/** Writes `source` to a new file and waits until it is on the disk. `plain` = bytes before encryption so far. */
export async function writeSealed(
  source: Readable,
  file: string,
  recipients: readonly string[],
  onBytes: (plain: number) => void = () => undefined,
): Promise<BackupFile> {
  const hash = createHash('sha256');
  let [plain, bytes] = [0, 0];
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      onBytes((plain += chunk.length));
      done(null, chunk);
    },
  });
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const encrypter = encrypterFor(recipients);
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  if (encrypter) {
    const sealed = fromAge(await encrypter.encrypt(forAge(counted)));
    await Promise.all([pipeline(source, counted), pipeline(sealed, hashed, target)]);
  } else await pipeline(source, counted, hashed, target);
  return { name: path.basename(file), bytes, sha256: hash.digest('hex') };
}

/** Throws `UNPROCESSABLE` unless the file is to the bit what was written. */
export async function checkFile(
  folder: string,
  { name, bytes, sha256 }: BackupFile,
  onBytes: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(path.join(folder, name)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    onBytes((done += chunk.length), bytes);
  }
  if (done !== bytes || hash.digest('hex') !== sha256)
    throw new AppError(
      'UNPROCESSABLE',
      `${path.join(folder, name)} is damaged: its SHA-256 is not the manifest's. Use another copy of this backup, or another backup`,
    );
}

/** What was sealed into the file. Throws `UNPROCESSABLE` when none of the keys opens it. */
export async function openSealed(
  folder: string,
  file: BackupFile,
  recipients: readonly string[],
  identities: readonly string[],
): Promise<Readable> {
  const stream = createReadStream(path.join(folder, file.name));
  if (recipients.length === 0) return stream;
  const to = `the backup is encrypted to ${recipients.join(', ')}`;
  if (identities.length === 0) {
    stream.destroy();
    throw new AppError(
      'UNPROCESSABLE',
      `No key was given, and ${to}: give its private key by --identity FILE or BACKUP_IDENTITY_FILE`,
    );
  }
  try {
    return fromAge(await decrypterFor(identities).decrypt(forAge(stream)));
  } catch (cause) {
    stream.destroy();
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNPROCESSABLE', `The key does not open it: ${to}`, { cause });
  }
}
