import { AppError } from '../../errors.ts';

/** Who finds so many waiting is sent away. */
const MOST_WAITING = 8;

/**
 * Runs at most `count` works at a time, the others after them in turn: figures of many rows must leave the connections
 * and the cores to those who search. Throws `OVERLOADED` when too many wait.
 */
export function atMost(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= count) {
      if (waiting.length >= MOST_WAITING)
        throw new AppError(
          'OVERLOADED',
          'Too many figures are asked for at once: try again in a few seconds',
        );
      // Its predecessor hands its place on, so that nobody comes in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
