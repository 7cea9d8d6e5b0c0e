import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import { feedLimits } from '../../gtfs/source.ts';
import { guardedGet, type OutboundRules, type Refusal, RefusedAddress } from '../../outbound/guardedGet.ts';

/** What a feed may be fetched from, and how much of it. */
export interface DownloadRules extends OutboundRules {
  readonly maxBytes?: number;
  /** The whole download, and the longest pause in it. */
  readonly patienceMs?: number;
  readonly pauseMs?: number;
}

const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = 30_000;

export const isAddress = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source);

/** File name for a feed from an address: its last part, in letters that every file system takes. */
export function fileNameOf(address: string): string {
  const last = URL.canParse(address) ? path.posix.basename(new URL(address).pathname) : '';
  const name = last.replaceAll(/[^\w.-]/g, '_') || 'feed.zip';
  return name.startsWith('.') ? `feed${name}` : name;
}

/**
 * Fetches a feed into `file`: by https, from the hosts of the rules, from an address that is checked when it is
 * connected to, without following redirects, bounded in size and time. Throws `FEED_UNREADABLE`.
 */
export async function download(
  address: string,
  file: string,
  rules: DownloadRules,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const signal = AbortSignal.timeout(rules.patienceMs ?? PATIENCE_MS);
  try {
    const response = await guardedGet(address, rules, {
      signal,
      pauseMs: rules.pauseMs ?? PAUSE_MS,
      accept: 'application/zip, application/octet-stream, */*',
    });
    refuseAnswer(response, address);
    const total = Number(response.headers['content-length'] ?? 0);
    const body = limited(response, address, total, rules.maxBytes ?? feedLimits.archiveBytes, onProgress);
    await pipeline(body, createWriteStream(file), { signal });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof RefusedAddress)
      throw new AppError('FEED_UNREADABLE', `${address} ${refusals[cause.reason](cause.host)}`, { cause });
    const reason = signal.aborted ? 'it took too long' : cause instanceof Error ? cause.message : '';
    throw new AppError('FEED_UNREADABLE', `${address} cannot be fetched (${reason}); check the address.`, {
      cause,
    });
  }
}

const refusals: Readonly<Record<Refusal, (host: string) => string>> = {
  NOT_AN_ADDRESS: () => 'is not an address.',
  NOT_HTTPS: () => 'is not fetched: only https:// addresses are. Download the feed and give the file.',
  CREDENTIALS: () => 'holds a name or password; give the address without.',
  HOST_NOT_LISTED: (host) =>
    `is not fetched: add ${host} to FEED_HOSTS, or download the feed and give the file.`,
  NOT_PUBLIC: () => 'is not fetched: the address is not public.',
};

function refuseAnswer(response: IncomingMessage, address: string): void {
  const status = response.statusCode ?? 0;
  if (status === 200) return;
  response.destroy();
  const { location } = response.headers;
  throw new AppError(
    'FEED_UNREADABLE',
    status >= 300 && status < 400 && location !== undefined
      ? `${address} sends on to ${location.slice(0, 200)}, and that is not followed; give that address if you trust it.`
      : `${address} answers ${status}; check the address.`,
  );
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  address: string,
  total: number,
  most: number,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const tooLarge = new AppError(
    'FEED_UNREADABLE',
    `${address} is larger than a feed may be; download and split it.`,
  );
  if (total > most) throw tooLarge;
  let done = 0;
  for await (const chunk of body) {
    done += chunk.length;
    if (done > most) throw tooLarge;
    onProgress(done, Math.max(done, total));
    yield chunk;
  }
  if (done < total) throw new Error('the answer broke off');
}
