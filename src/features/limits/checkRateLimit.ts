import { AppError } from '../../errors.ts';
import { type Queryable, takeFromWindow } from './store.ts';

export interface RateLimitAnswer {
  readonly allowed: boolean;
  /** Requests still free in this window. */
  readonly remaining: number;
  /** End of the window, on the database's clock. */
  readonly resetTime: Date;
}

/** The clean-up removes windows that started longer ago; a longer one would be forgotten before its end. */
export const LONGEST_WINDOW_MS = 24 * 3_600_000;

/**
 * Counts one request of `identifier` against `maxRequests` in a fixed window of `windowMs` that begins with the
 * first request. Exact however many processes ask at once; a refusal writes nothing.
 * Throws the driver's error when the database cannot answer: what then is the caller's policy (`limitRequest`).
 */
export async function checkRateLimit(
  db: Queryable,
  identifier: string,
  maxRequests: number,
  windowMs: number,
): Promise<RateLimitAnswer> {
  if (!Number.isInteger(maxRequests) || maxRequests < 1 || maxRequests > 2_000_000_000)
    throw new AppError('INTERNAL', `A limit of ${maxRequests} requests: use a whole number from 1`);
  if (!Number.isInteger(windowMs) || windowMs < 1 || windowMs > LONGEST_WINDOW_MS)
    throw new AppError('INTERNAL', `A window of ${windowMs} ms: use a whole number from 1 to 24 hours`);
  const row = await takeFromWindow(db, identifier, maxRequests, windowMs);
  const count = row?.request_count ?? null;
  const start = row?.window_start.getTime() ?? Date.now(); // a window of a moment ago
  return {
    allowed: count !== null,
    remaining: count === null ? 0 : maxRequests - count,
    resetTime: new Date(start + windowMs),
  };
}
