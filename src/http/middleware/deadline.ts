import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../errors.ts';

/** Answers `TIMED_OUT` when the rest has not answered after `ms`: nobody waits longer for a page. */
export function deadline(ms: number): MiddlewareHandler {
  return async (_, next) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new AppError('TIMED_OUT', `There was no answer within ${ms / 1000} s: try again`)),
        ms,
      );
    });
    try {
      await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
