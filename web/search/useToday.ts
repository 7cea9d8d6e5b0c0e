import { useSyncExternalStore } from 'react';
import type { EpochDay } from '../../src/units/time.ts';
import { today } from '../words/say.ts';

/** India's date now; a page left open overnight notices when it is looked at again. */
export const useToday = (): EpochDay => useSyncExternalStore(subscribe, () => today(Date.now()));

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
