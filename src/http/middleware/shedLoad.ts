import { AppError } from '../../errors.ts';
import type { LoadGate } from '../loadGate.ts';
import type { Layer } from './around.ts';

/** Refuses what would make everybody wait, before anything is done for it. Throws `OVERLOADED`. */
export function shedLoad(gate: LoadGate, onShed: (reason: string) => void): Layer {
  return {
    before: () => {
      const reason = gate.enter();
      if (reason === null) return;
      onShed(reason);
      throw new AppError('OVERLOADED', 'More is asked than can be answered: try again in a few seconds');
    },
    after: () => gate.left(),
  };
}
