import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { ImageError } from '../../engine/timetable/layout.ts';
import { AppError } from '../../errors.ts';
import type { StoredImage } from './store.ts';

/**
 * Indian Railways, 5.7 MB: level 3 makes 1.80 MB in 50 ms, level 6 1.64 MB in 120 ms, level 12 1.59 MB in
 * 470 ms; inflating takes 10–20 ms at every level.
 */
const LEVEL = 6;
const compress = promisify(zstdCompress);
const inflate = promisify(zstdDecompress);

export interface PackedImage {
  readonly image: Buffer;
  readonly imageHash: string;
  readonly imageSize: number;
}

export async function packImage(network: NetworkImage): Promise<PackedImage> {
  const bytes = Buffer.from(network.buffer as unknown as ArrayBuffer);
  const image = await compress(Buffer.from(bytes), {
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  });
  return { image, imageHash: hashOf(bytes), imageSize: bytes.byteLength };
}

/** Inflates into shared memory, so that worker threads use the same bytes. Throws when the bytes are damaged. */
export async function inflateImage({ image, imageHash, imageSize }: PackedImage): Promise<SharedArrayBuffer> {
  const bytes = await inflate(image, { maxOutputLength: imageSize });
  if (bytes.byteLength !== imageSize || hashOf(bytes) !== imageHash)
    throw new ImageError('its checksum is wrong');
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}

/** Throws `NO_ACTIVE_NETWORK`. */
export async function unpackImage(stored: StoredImage): Promise<SharedArrayBuffer> {
  try {
    return await inflateImage(stored);
  } catch (cause) {
    throw damaged(stored, cause);
  }
}

export function damaged({ id, name }: StoredImage, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'NO_ACTIVE_NETWORK',
    `The stored timetable "${name}" (${id}) cannot be opened: ${reason.replace(/\.$/, '')}. Import it again.`,
    { cause },
  );
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
