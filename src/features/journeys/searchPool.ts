import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Whom the running mean of searches would keep waiting longer is refused too. */
  readonly mostWaitMs?: number;
  /** From asking to answering; what has been found by then is the answer. */
  readonly deadlineMs?: number;
  /** A thread that has no answer so long after the deadline is replaced. */
  readonly hungMs?: number;
  /** So long `close` waits for what was asked. */
  readonly closeMs?: number;
  /** A thread died and was replaced. */
  readonly onError: (error: unknown) => void;
  /** An answer, with the time before and in its thread. */
  readonly onAnswered?: (waitedMs: number, computedMs: number) => void;
}

/** At 50 ms a search, a question that waits behind so many is answered within the deadline. */
const WAITING_PER_WORKER = 32;
/** So many may wait whatever the mean says. */
const SHORT_QUEUE = 8;
const MOST_WAIT_MS = 1000;
/** Weight of the latest search in the running mean. */
const LATEST = 0.1;
/** A thread that starts on a busy machine takes seconds; one that is so late has hung. */
const HUNG_MS = 15_000;
/** As long as a search takes at most. */
const CLOSE_MS = 2000;

export interface SearchPoolCounts {
  readonly threads: number;
  /** In a thread or waiting for one. */
  readonly asked: number;
  readonly waiting: number;
  /** What a search takes in its thread, running mean. */
  readonly meanMs: number;
  /** Since the start: too many waited. */
  readonly refused: number;
}

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
  #meanMs = 0;
  #refused = 0;

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

  /** Throws `OVERLOADED` when too many wait, `UNAVAILABLE` when the thread died and after `close`. */
  async compute(planner: Planner, question: Question): Promise<ComputedRoutes> {
    if (this.#closed)
      throw new AppError('UNAVAILABLE', 'The service is stopping; ask again in a few seconds.');
    if (this.#isLong()) {
      this.#refused++;
      throw new AppError('OVERLOADED', 'Too many searches wait for an answer; ask again in a few seconds.');
    }
    const asked = performance.now();
    const reply = await this.#run(planner, question);
    if (reply.kind !== 'answer') throw errorOf(reply);
    const waited = Math.max(0, performance.now() - asked - reply.ms);
    this.#options.onAnswered?.(waited, reply.ms);
    this.#meanMs += LATEST * (reply.ms - this.#meanMs);
    return reply.answer;
  }

  get counts(): SearchPoolCounts {
    return {
      threads: this.#options.workers,
      asked: this.#asked.size,
      waiting: this.#pool.queueSize,
      meanMs: this.#meanMs,
      refused: this.#refused,
    };
  }

  #isLong(): boolean {
    const { workers, mostWaiting = workers * WAITING_PER_WORKER, mostWaitMs = MOST_WAIT_MS } = this.#options;
    const waiting = this.#pool.queueSize;
    if (waiting >= mostWaiting) return true;
    return waiting >= SHORT_QUEUE * workers && (waiting * this.#meanMs) / workers > mostWaitMs;
  }

  /** Refuses new questions, lets those asked finish (`closeMs`, two seconds) and ends the threads. */
  async close(): Promise<void> {
    this.#closed = true;
    const late = new AbortController();
    const patience = sleep(this.#options.closeMs ?? CLOSE_MS, undefined, { signal: late.signal }).catch(
      () => undefined,
    );
    await Promise.race([Promise.allSettled(this.#asked), patience]);
    late.abort();
    await this.#pool.destroy();
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
