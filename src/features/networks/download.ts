import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { isIP } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import { feedLimits } from '../../gtfs/source.ts';
import { guardedLookup, isPublicAddress } from './publicAddress.ts';

/** What a feed may be fetched from, and how much of it. */
export interface DownloadRules {
  /** `gtfs.example.org`, or with another port than 443 `gtfs.example.org:8443`. */
  readonly hosts: readonly string[];
  /** Default: addresses of the public Internet. */
  readonly allowsAddress?: (address: string) => boolean;
  /** Certificate authority, when it is not one that Node knows. */
  readonly ca?: string;
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
  const url = checkedUrl(address, rules);
  const signal = AbortSignal.timeout(rules.patienceMs ?? PATIENCE_MS);
  try {
    const response = await open(url, rules, signal);
    refuseAnswer(response, address);
    const total = Number(response.headers['content-length'] ?? 0);
    const body = limited(response, address, total, rules.maxBytes ?? feedLimits.archiveBytes, onProgress);
    await pipeline(body, createWriteStream(file), { signal });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = signal.aborted ? 'it took too long' : cause instanceof Error ? cause.message : '';
    throw new AppError('FEED_UNREADABLE', `${address} cannot be fetched (${reason}); check the address.`, {
      cause,
    });
  }
}

function checkedUrl(address: string, rules: DownloadRules): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const refusal = (fault: string): AppError => new AppError('FEED_UNREADABLE', `${address} ${fault}`);
  if (url === null) throw refusal('is not an address.');
  if (url.protocol !== 'https:')
    throw refusal('is not fetched: only https:// addresses are. Download the feed and give the file.');
  if (url.username || url.password) throw refusal('holds a name or password; give the address without.');
  if (!rules.hosts.some((host) => host.toLowerCase() === url.host))
    throw refusal(`is not fetched: add ${url.host} to FEED_HOSTS, or download the feed and give the file.`);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  // Names are checked when they are resolved; an address in figures never is.
  if (isIP(bare) !== 0 && !(rules.allowsAddress ?? isPublicAddress)(bare))
    throw refusal('is not fetched: the address is not public.');
  return url;
}

function open(url: URL, rules: DownloadRules, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      {
        // An agent of its own: a connection that is kept open by another would not be checked.
        agent: new Agent({ keepAlive: false }),
        lookup: guardedLookup(rules.allowsAddress ?? isPublicAddress),
        signal,
        headers: { accept: 'application/zip, application/octet-stream, */*' },
        ...(rules.ca === undefined ? {} : { ca: rules.ca }),
      },
      resolve,
    );
    request.setTimeout(rules.pauseMs ?? PAUSE_MS, () =>
      request.destroy(new Error('the other side stopped sending')),
    );
    request.on('error', reject);
  });
}

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
