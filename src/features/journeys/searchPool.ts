import { serialize } from 'node:v8';
import { Piscina } from 'piscina';
import { AppError } from '../../errors.ts';
import { type ComputedRoutes, DEADLINE_MS, type Question } from './computeAnswer.ts';
import type { Planner } from './planner.ts';
import type { NetworkForThread, SearchReply, SearchTask } from './searchMessages.ts';

export interface SearchPoolOptions {
  readonly workers: number;
  /** Questions that may wait for a thread; one more is refused. Default: `WAITING_PER_WORKER` for each thread. */
  readonly mostWaiting?: number;
  /** From asking to answering; what has been found by then is the answer. */
  readonly deadlineMs?: number;
  /** A thread that has no answer so long after the deadline is replaced. */
  readonly hungMs?: number;
  /** A thread died and was replaced. */
  readonly onError: (error: unknown) => void;
}

/** At 50 ms a search, a question that waits behind so many is answered within the deadline. */
const WAITING_PER_WORKER = 32;
/** A thread that starts on a busy machine takes seconds; one that is so late has hung. */
const HUNG_MS = 15_000;

/**
 * Searches in worker threads, over one network image in shared memory, so that the event loop is free. A question
 * is answered on the network of the planner it was asked with, also when another has become active meanwhile.
 */
export class SearchPool {
  readonly #options: SearchPoolOptions;
  readonly #pool: Piscina<SearchTask, SearchReply>;
  readonly #networks = new WeakMap<Planner, NetworkForThread>();
  readonly #asked = new Set<Promise<unknown>>();
  #versions = 0;
  #closed = false;

  constructor(options: SearchPoolOptions) {
    this.#options = options;
    this.#pool = new Piscina({
      // `.ts` in the checkout, `.js` in the package.
      filename: new URL(`./searchWorker${import.meta.url.slice(-3)}`, import.meta.url).href,
      minThreads: options.workers,
      maxThreads: options.workers,
    });
    // A thread that dies without a question; with one, the question is refused and `onError` is told there.
    this.#pool.on('error', options.onError);
  }

  /** Lets the threads get ready for this planner's network, which otherwise their first questions wait for. */
  async prepare(planner: Planner): Promise<void> {
    if (this.#closed) return;
    const { workers } = this.#options;
    const replies = await Promise.all(Array.from({ length: workers }, () => this.#run(planner, null)));
    for (const reply of replies) if (reply.kind !== 'ready') throw errorOf(reply);
  }

  /** Throws `UNAVAILABLE` when too many wait, when the thread died, and after `close`. */
  async compute(planner: Planner, question: Question): Promise<ComputedRoutes> {
    const { workers, mostWaiting = workers * WAITING_PER_WORKER } = this.#options;
    if (this.#closed)
      throw new AppError('UNAVAILABLE', 'The service is stopping; ask again in a few seconds.');
    if (this.#pool.queueSize >= mostWaiting)
      throw new AppError('UNAVAILABLE', 'Too many searches wait for an answer; ask again in a few seconds.', {
        facts: { waiting: this.#pool.queueSize },
      });
    const reply = await this.#run(planner, question);
    if (reply.kind === 'answer') return reply.answer;
    throw errorOf(reply);
  }

  /** Refuses new questions, lets those asked finish and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#asked);
    await this.#pool.close();
  }

  async #run(planner: Planner, question: Question | null): Promise<SearchReply> {
    const { deadlineMs = DEADLINE_MS, hungMs = HUNG_MS, onError } = this.#options;
    const watch = new AbortController();
    const timer = question && setTimeout(() => watch.abort(), deadlineMs + hungMs);
    const task = { network: this.#networkOf(planner), question, asked: Date.now(), deadlineMs };
    const reply = this.#pool.run(task, { signal: watch.signal });
    this.#asked.add(reply);
    try {
      return await reply;
    } catch (cause) {
      // What a search throws comes as a reply: this is the end of its thread.
      onError(cause);
      throw new AppError('UNAVAILABLE', 'The search ended unexpectedly; ask again.', { cause });
    } finally {
      this.#asked.delete(reply);
      if (timer) clearTimeout(timer);
    }
  }

  #networkOf(planner: Planner): NetworkForThread {
    let network = this.#networks.get(planner);
    if (!network) {
      const { image, network: note, rules } = planner;
      const bytes = serialize(rules);
      const shared = new SharedArrayBuffer(bytes.byteLength);
      new Uint8Array(shared).set(bytes);
      network = { version: ++this.#versions, image: image.buffer, note, rules: shared };
      this.#networks.set(planner, network);
    }
    return network;
  }
}

function errorOf(reply: SearchReply): Error {
  if (reply.kind === 'refused') return new AppError(reply.code, reply.message, { facts: { ...reply.facts } });
  if (reply.kind === 'failed' && reply.error instanceof Error) return reply.error;
  return new Error(`A search thread replied with "${reply.kind}"`, { cause: reply });
}
