import { useState } from 'react';
import { failureText } from '../api/failureText.ts';
import { toast } from './Toasts.tsx';

interface Write {
  readonly busy: boolean;
  /** Does it once at a time, says a failure in a toast; true: done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useWrite(): Write {
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      return true;
    } catch (error) {
      toast({ text: failureText(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
