/** The processes of this bench: the product, the bare servers, the generator. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ended, type Product, startProduct } from '../productServer.ts';
import type { BareOrder } from './bare.ts';
import type { Load, Order } from './generator.ts';
import type { Watched } from './watch.ts';

const here = (name: string): string => path.join(import.meta.dirname, name);
const WATCH = ['--import', here('watch.ts')];

/** A server, with what its process says of itself. */
export interface WatchedServer {
  readonly port: number;
  /** What `work` cost it. */
  watching<T>(work: () => Promise<T>): Promise<[T, Watched]>;
  stop(): Promise<void>;
}

export async function startWatchedProduct(flags: readonly string[] = []): Promise<WatchedServer & Product> {
  const product = await startProduct([...WATCH, ...flags]);
  return { ...product, watching: watching(product.child) };
}

export async function startBare(order: BareOrder): Promise<WatchedServer> {
  const child = fork(here('bare.ts'), [JSON.stringify(order)], { execArgv: WATCH });
  const { port } = await answer<{ port: number }>(child);
  return { port, watching: watching(child), stop: () => ended(child) };
}

const watching =
  (child: ChildProcess): WatchedServer['watching'] =>
  async (work) => {
    await ask(child, 'begin');
    const result = await work();
    const { seen } = await ask<{ seen: Watched }>(child, 'end');
    return [result, seen];
  };

export interface Generator {
  load(order: Order): Promise<Load>;
  stop(): Promise<void>;
}

export function startGenerator(): Generator {
  const child = fork(here('generator.ts'));
  return {
    load: async (order) => {
      const { seen, failure } = await ask<{ seen?: Load; failure?: string }>(child, order);
      if (!seen) throw new Error(failure);
      return seen;
    },
    stop: () => ended(child),
  };
}

async function ask<Answer>(child: ChildProcess, what: string | object): Promise<Answer> {
  const answered = answer<Answer>(child);
  child.send(what);
  return answered;
}

async function answer<Answer>(child: ChildProcess): Promise<Answer> {
  const stop = new AbortController();
  const died = once(child, 'exit', stop).then(([code]) => {
    throw new Error(`A process of the bench ended with ${code}`);
  });
  died.catch(() => {}); // aborted
  try {
    const [message] = (await Promise.race([once(child, 'message', stop), died])) as [Answer];
    return message;
  } finally {
    stop.abort();
  }
}
