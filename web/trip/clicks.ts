/** Hand-offs whose outcome is not known yet: when the traveller is back, the page asks "did you book?". */
export interface PendingClick {
  readonly clickId: string;
  /** Name of the platform. */
  readonly platform: string;
}
type Kept = Record<string, PendingClick & { readonly at: number }>;
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export const CLICKS_KEY = 'clicks';
/** So long an outcome may be told. */
const ASKED_MS = 90 * 86_400_000;
const MOST = 50;
const nameOf = (tripId: string, legIndex: number): string => `${tripId} ${legIndex}`;

function read(nowMs: number, storage: Keeper): Kept {
  try {
    const kept: unknown = JSON.parse(storage.getItem(CLICKS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const entries = Object.entries(kept as Kept).filter(
      ([, click]) => typeof click?.at === 'number' && nowMs - click.at < ASKED_MS,
    );
    return Object.fromEntries(entries.toSorted(([, a], [, b]) => b.at - a.at).slice(0, MOST));
  } catch {
    return {};
  }
}

function write(kept: Kept, storage: Keeper): void {
  try {
    storage.setItem(CLICKS_KEY, JSON.stringify(kept));
  } catch {
    // Then it is not asked for; the outcome can still be recorded as a booking.
  }
}

export function keepClick(
  tripId: string,
  legIndex: number,
  click: PendingClick,
  nowMs: number,
  storage: Keeper = localStorage,
): void {
  write({ ...read(nowMs, storage), [nameOf(tripId, legIndex)]: { ...click, at: nowMs } }, storage);
}

export function pendingClick(
  tripId: string,
  legIndex: number,
  nowMs: number,
  storage: Keeper = localStorage,
): PendingClick | null {
  const click = read(nowMs, storage)[nameOf(tripId, legIndex)];
  return click && typeof click.clickId === 'string' && typeof click.platform === 'string'
    ? { clickId: click.clickId, platform: click.platform }
    : null;
}

export function dropClick(
  tripId: string,
  legIndex: number,
  nowMs: number,
  storage: Keeper = localStorage,
): void {
  const { [nameOf(tripId, legIndex)]: _, ...rest } = read(nowMs, storage);
  write(rest, storage);
}
