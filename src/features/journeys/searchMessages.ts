import type { ErrorCode } from '../../errors.ts';
import type { ComputedRoutes, Question } from './computeAnswer.ts';
import type { NetworkNote } from './contract.ts';

/** Nothing large is copied with a question; the rules come along so that every thread answers by the same tables. */
export interface NetworkForThread {
  /** Unlike for every image a pool has seen. */
  readonly version: number;
  readonly image: SharedArrayBuffer;
  readonly note: NetworkNote;
  /** `JourneyRules`, serialised. */
  readonly rules: SharedArrayBuffer;
}

export interface SearchTask {
  readonly network: NetworkForThread;
  /** Null: only get ready for questions on this network. */
  readonly question: Question | null;
  /** Milliseconds since 1970. */
  readonly asked: number;
  /** From asking to answering. */
  readonly deadlineMs: number;
}

/** An `AppError` loses its class on the way between threads: it goes as its parts. */
export type SearchReply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'answer';
      readonly answer: ComputedRoutes;
      /** What it took in the thread. */
      readonly ms: number;
    }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly message: string;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'failed'; readonly error: unknown };
