import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import { feedLimits } from '../../gtfs/source.ts';

export const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

const PATIENCE_MS = 10 * 60_000;

/** Fetches a feed into a temporary folder for `work`, and removes it in every case. */
export async function withDownload<T>(
  address: string,
  onProgress: (done: number, total: number) => void,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-feed-'));
  try {
    const name = path.posix.basename(new URL(address).pathname).replaceAll(/[^\w.-]/g, '_') || 'feed.zip';
    const file = path.join(folder, name.startsWith('.') ? `feed${name}` : name);
    await download(address, file, onProgress);
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(
  address: string,
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok || response.body === null)
      throw new AppError('FEED_UNREADABLE', `${address} answers ${response.status}; check the address.`);
    const total = Number(response.headers.get('content-length') ?? 0);
    await pipeline(limited(response.body, address, total, onProgress), createWriteStream(file));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason =
      cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : '';
    throw new AppError('FEED_UNREADABLE', `${address} cannot be fetched (${reason}); check the address.`, {
      cause,
    });
  }
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  address: string,
  total: number,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  let done = 0;
  for await (const chunk of body) {
    done += chunk.length;
    if (done > feedLimits.archiveBytes)
      throw new AppError(
        'FEED_UNREADABLE',
        `${address} is larger than a feed may be; download and split it.`,
      );
    onProgress(done, Math.max(done, total));
    yield chunk;
  }
}
