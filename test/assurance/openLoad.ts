/**
 * Requests that come when they come, whether or not the last one was answered: a load that waits for answers hides
 * every stall (https://www.scylladb.com/2021/04/22/on-coordinated-omission/). Times count from when a request was due.
 */
import { Agent, type ClientRequest, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Shot {
  /** What is measured together. */
  readonly kind: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Hit extends Pick<Shot, 'kind'> {
  /** Milliseconds since the load began. */
  readonly at: number;
  readonly ms: number;
  /** 0: there was no answer. */
  readonly status: number;
  /** Of the connection, as `ECONNREFUSED`. */
  readonly error?: string;
  /** Of a failure. */
  readonly body: string;
}

export interface Load {
  readonly port: number;
  readonly rps: number;
  readonly next: (index: number) => Shot;
  /** Ends the arrivals. */
  readonly until: AbortSignal;
  readonly agent?: Agent;
  /** Between arrivals: random as from many clients, or even. Default: random. */
  readonly even?: boolean;
  readonly onHit?: (hit: Hit) => void;
  /** No answer after this is none. */
  readonly patienceMs?: number;
}

/** Resolves when the last request that was sent has its answer or its failure. */
export async function openLoad(load: Load): Promise<Hit[]> {
  const agent = load.agent ?? new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const hits: Hit[] = [];
  const underWay: Promise<void>[] = [];
  const begun = performance.now();
  const hitAt = async (at: number, shot: Shot): Promise<void> => {
    const answer = await fire(load, agent, shot);
    const hit = { ...answer, at, ms: performance.now() - begun - at };
    hits.push(hit);
    load.onHit?.(hit);
  };
  const gap = () => (1000 / load.rps) * (load.even ? 1 : -Math.log(1 - Math.random()));
  for (let index = 0, due = gap(); !load.until.aborted; index++, due += gap()) {
    const wait = begun + due - performance.now();
    if (wait > 0) await sleep(wait, undefined, { signal: load.until }).catch(() => undefined);
    if (load.until.aborted) break;
    underWay.push(hitAt(due, load.next(index)));
  }
  await Promise.all(underWay);
  if (!load.agent) agent.destroy();
  return hits;
}

type Answer = Omit<Hit, 'at' | 'ms'>;

function fire({ port, patienceMs = 30_000 }: Load, agent: Agent, shot: Shot): Promise<Answer> {
  const { kind, method = 'GET', path, headers = {}, body } = shot;
  return new Promise((resolve) => {
    const sent: ClientRequest = request(
      { host: '127.0.0.1', port, agent, method, path, headers, timeout: patienceMs },
      (response) => {
        const status = response.statusCode ?? 0;
        const parts: Buffer[] = [];
        // What went well is not kept: a long load would fill the memory with it.
        response.on('data', (part: Buffer) => void (status >= 400 && parts.push(part)));
        response.on('error', (error: NodeJS.ErrnoException) => resolve(failure(kind, error)));
        response.on('end', () => resolve({ kind, status, body: Buffer.concat(parts).toString() }));
      },
    );
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'PATIENCE' })));
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(failure(kind, error)));
    sent.end(body);
  });
}

const failure = (kind: string, error: NodeJS.ErrnoException): Answer => ({
  kind,
  status: 0,
  error: error.code ?? error.message,
  body: '',
});

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** How many of each. */
export function tally(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
