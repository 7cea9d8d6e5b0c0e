import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { readConnection } from '../../database/url.ts';
import { withinBudget } from '../../database/waitBudget.ts';
import { AppError } from '../../errors.ts';
import type { NetworkFeed } from './contract.ts';
import { ACTIVATED_CHANNEL, type Database, selectActiveId, selectActiveImage } from './store.ts';
import { openStored, type RecompileOptions } from './openStored.ts';
import type { StopNames } from './stopNames.ts';

export interface ActiveNetwork {
  readonly id: string;
  readonly name: string;
  /** Number of its activation. */
  readonly version: number | null;
  readonly sample: boolean;
  readonly rolled: boolean;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly image: NetworkImage;
  readonly feeds: readonly NetworkFeed[];
  /** Names of stops in other languages, by id. */
  readonly stopNames: StopNames;
}

/**
 * The active network, in shared memory. One that another version of RouteStitch compiled is compiled again from its
 * feeds. Throws `NO_ACTIVE_NETWORK`.
 */
export async function loadActiveNetwork(
  db: Database,
  options: RecompileOptions = {},
): Promise<ActiveNetwork> {
  const stored = await selectActiveImage(db);
  if (stored === null)
    throw new AppError(
      'NO_ACTIVE_NETWORK',
      'No timetable is active; import one with `routestitch network import FEED.zip --activate`.',
    );
  const { id, name, version, sample } = stored;
  const { image, rolled, validFrom, validTo, feeds, stopNames } = await openStored(db, stored, options);
  return { id, name, version, sample, rolled, validFrom, validTo, image, feeds, stopNames };
}

export interface NetworkWatch {
  close(): Promise<void>;
}

export interface WatchOptions extends RecompileOptions {
  /** Id of the network in use; the first other one is reported. */
  readonly current: string | null;
  onChange(network: ActiveNetwork): void | Promise<void>;
  /** A change could not be seen or loaded; watching goes on. */
  onError(error: unknown): void;
  /** How often to look without being told: poolers such as PgBouncer do not pass notifications on. */
  readonly pollMs?: number;
  /** Where notifications are heard, when the database is behind such a pooler. */
  readonly listenUrl?: string | undefined;
}

const POLL_MS = 60_000;
const LOOK_MS = 5000;
const END_MS = 1000;
/** A connection that hears nothing may be dead: it is asked so often, and given up when it does not answer. */
const PING_MS = 15_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;

/**
 * Tells of each newly active network, by NOTIFY on a connection of its own and by a slow poll. A broken
 * connection is made again, and what was missed meanwhile is looked up.
 */
export function watchActiveNetwork(db: Database, options: WatchOptions): NetworkWatch {
  const stopped = new AbortController();
  let current = options.current;
  let pending: Promise<void> | null = null;
  let again = false;

  async function checkOnce(): Promise<void> {
    const id = await withinBudget(LOOK_MS, () => selectActiveId(db));
    if (id === null || id === current || stopped.signal.aborted) return;
    const network = await loadActiveNetwork(db, options);
    current = network.id;
    await options.onChange(network);
  }
  /** One check at a time; a call during a check makes one more afterwards. */
  function check(): Promise<void> {
    again = true;
    pending ??= (async () => {
      try {
        while (again) {
          again = false;
          await checkOnce();
        }
      } catch (error) {
        if (!stopped.signal.aborted) options.onError(error);
      } finally {
        pending = null;
      }
    })();
    return pending;
  }

  const timer = setInterval(() => void check(), options.pollMs ?? POLL_MS);
  timer.unref();
  const listening = listen(
    () => new pg.Client(clientOptions(db, options.listenUrl)),
    check,
    stopped.signal,
    (error) => options.onError(error),
  );
  return {
    async close() {
      stopped.abort();
      clearInterval(timer);
      await listening;
      await pending;
    },
  };
}

const clientOptions = (db: Database, listenUrl?: string): pg.ClientConfig => ({
  ...db.pool.options,
  ...(listenUrl === undefined ? {} : readConnection(listenUrl).client),
  keepAlive: true,
  query_timeout: LOOK_MS,
});

async function listen(
  open: () => pg.Client,
  check: () => Promise<void>,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  let retry = FIRST_RETRY_MS;
  while (!signal.aborted) {
    try {
      await listenOnce(open(), signal, async () => {
        retry = FIRST_RETRY_MS;
        await check();
      });
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    await sleep(retry, undefined, { signal, ref: false }).catch(() => undefined);
    retry = Math.min(retry * 2, LONGEST_RETRY_MS);
  }
}

/** Listens until the connection ends or `signal` stops it; throws when the connection breaks. */
async function listenOnce(
  client: pg.Client,
  signal: AbortSignal,
  onSign: () => Promise<void>,
): Promise<void> {
  const left = new AbortController();
  const ended = new Promise<void>((resolve, reject) => {
    client.once('error', reject);
    client.once('end', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  ended.catch(() => undefined);
  client.on('notification', () => void onSign());
  try {
    await client.connect();
    await client.query(`LISTEN ${ACTIVATED_CHANNEL}`);
    await onSign();
    await Promise.race([ended, pinging(client, left.signal)]);
  } finally {
    left.abort();
    await Promise.race([client.end().catch(() => undefined), sleep(END_MS, undefined, { ref: false })]);
  }
}

/** Rejects when the connection does not answer. */
async function pinging(client: pg.Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(PING_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) await client.query('SELECT 1');
  }
}
