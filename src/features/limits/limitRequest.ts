import { setImmediate as afterInput } from 'node:timers/promises';
import { currentBudget } from '../../database/waitBudget.ts';
import { AppError } from '../../errors.ts';
import { checkRateLimit, type RateLimitAnswer } from './checkRateLimit.ts';
import type { LimitIdentifier } from './limitIdentifiers.ts';
import { RequestCounter } from './requestCounter.ts';
import type { Queryable } from './store.ts';

export interface LimitRule {
  /** Counted apart from other rules. */
  readonly name: string;
  readonly maxRequests: number;
  readonly windowMs: number;
  /** What happens to a request when its count cannot be known. */
  readonly whenUnavailable: 'allow' | 'refuse';
}

const MINUTE = 60_000;

/**
 * Reading fails open: the search itself needs no database, and a traveller on a platform matters more than a flood
 * for the seconds of an outage. Writing and signing in fail closed: without the database they could not succeed,
 * and an uncounted sign-in is an open door. Reading and writing share one count.
 */
export const limitRules = {
  search: { name: 'search', maxRequests: 60, windowMs: MINUTE, whenUnavailable: 'allow' },
  searchSignedIn: { name: 'search', maxRequests: 300, windowMs: MINUTE, whenUnavailable: 'allow' },
  read: { name: 'other', maxRequests: 600, windowMs: MINUTE, whenUnavailable: 'allow' },
  write: { name: 'other', maxRequests: 600, windowMs: MINUTE, whenUnavailable: 'refuse' },
  signIn: { name: 'sign-in', maxRequests: 10, windowMs: 15 * MINUTE, whenUnavailable: 'refuse' },
} as const satisfies Record<string, LimitRule>;

/** A limiter slower than this counts as unavailable. */
const PATIENCE_MS = 1000;
/** Turns of the event loop that an answer which is there already needs to be seen. */
const TURNS = 5;

/**
 * Counts a request, by a statement of its own or together with others, for each of its identifiers and answers the one with the fewest left.
 * Throws `RATE_LIMITED` (facts: limit, resetTime, retryAfterSeconds) and, when a rule that refuses cannot be
 * counted, `UNAVAILABLE`. Answers null when a rule that allows cannot be counted; `onUnavailable` hears why.
 */
export async function limitRequest(
  counter: Queryable | RequestCounter,
  rule: LimitRule,
  identifiers: readonly LimitIdentifier[],
  onUnavailable: (error: unknown) => void = () => {},
): Promise<RateLimitAnswer | null> {
  let fewest: RateLimitAnswer | null = null;
  for (const { identifier, factor } of identifiers) {
    const limit = rule.maxRequests * factor;
    let answer: RateLimitAnswer;
    try {
      const [name, ms] = [`${rule.name}:${identifier}`, rule.windowMs];
      answer = await inTime(
        counter instanceof RequestCounter
          ? counter.take(name, limit, ms)
          : checkRateLimit(counter, name, limit, ms),
      );
    } catch (cause) {
      onUnavailable(cause);
      if (rule.whenUnavailable === 'allow') return null;
      throw new AppError(
        'UNAVAILABLE',
        'The request cannot be accepted at the moment: try again in a minute',
        { cause },
      );
    }
    if (!answer.allowed) throw tooMany(limit, answer.resetTime);
    if (fewest === null || answer.remaining < fewest.remaining) fewest = answer;
  }
  return fewest;
}

/** A limiter that answers at once costs a timer here and nothing more: every request comes by. Its wait counts. */
function inTime<T>(work: Promise<T>): Promise<T> {
  const budget = currentBudget();
  const patience = Math.max(0, Math.min(PATIENCE_MS, budget?.leftMs ?? PATIENCE_MS));
  budget?.begin();
  return new Promise((resolve, reject) => {
    let waits = true;
    const end = (settle: () => void): void => {
      if (!waits) return; // too late to matter
      waits = false;
      clearTimeout(timer);
      budget?.end();
      settle();
    };
    const late = async (): Promise<void> => {
      // A process that was busy itself first reads what has come meanwhile.
      for (let turn = 0; turn < TURNS; turn++) await afterInput();
      end(() => reject(new AppError('UNAVAILABLE', `The limiter did not answer in ${PATIENCE_MS} ms`)));
    };
    const timer = setTimeout(() => void late(), patience);
    work.then(
      (answer) => end(() => resolve(answer)),
      (error: unknown) => end(() => reject(error)), // oxlint-disable-line typescript/prefer-promise-reject-errors -- as it came
    );
  });
}

function tooMany(limit: number, resetTime: Date): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil((resetTime.getTime() - Date.now()) / 1000));
  return new AppError('RATE_LIMITED', `More than ${limit} requests: try again in ${retryAfterSeconds} s`, {
    facts: { limit, resetTime: resetTime.toISOString(), retryAfterSeconds },
  });
}
