/**
 * A trip that was to be kept before its traveller had signed in. It waits in the browser, survives the way over a mail
 * and back, and is saved once: the key makes a second try the same write.
 */
import type { TripInput } from '../../src/features/trips/contract.ts';

/** Where a draft is saved after signing in. */
export const SAVE_PATH = '/trips/new';
const KEY = 'trip-draft';
/** A day later prices and seats are others. */
const KEPT_MS = 86_400_000;

export interface TripDraft {
  readonly trip: TripInput;
  /** Of the write. */
  readonly key: string;
}

type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** False where the browser keeps nothing (storage is off or full). */
export function keepDraft(draft: TripDraft, nowMs: number, storage: Keeper = localStorage): boolean {
  try {
    storage.setItem(KEY, JSON.stringify({ ...draft, until: nowMs + KEPT_MS }));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft(nowMs: number, storage: Keeper = localStorage): TripDraft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('until' in kept)) return null;
    const { trip, key, until } = kept as Partial<TripDraft & { until: number }>;
    return trip && key && until !== undefined && until > nowMs ? { trip, key } : null;
  } catch {
    return null;
  }
}

export function dropDraft(storage: Keeper = localStorage): void {
  try {
    storage.removeItem(KEY);
  } catch {
    // It ends by itself.
  }
}
