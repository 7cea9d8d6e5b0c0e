import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../errors.ts';
import type { LoadGate } from '../loadGate.ts';

/** Refuses what would make everybody wait, before anything is done for it. Throws `OVERLOADED`. */
export function shedLoad(gate: LoadGate, onShed: (reason: string) => void): MiddlewareHandler {
  return async (_, next) => {
    const reason = gate.enter();
    if (reason !== null) {
      onShed(reason);
      throw new AppError('OVERLOADED', 'More is asked than can be answered: try again in a few seconds');
    }
    try {
      await next();
    } finally {
      gate.left();
    }
  };
}
