/** Where the page is: the browser's own history, told to React. */
import { useSyncExternalStore } from 'react';

export interface Address {
  readonly pathname: string;
  /** With its `?`; empty without one. */
  readonly search: string;
  /** With its `#`; empty without one. */
  readonly hash: string;
}

const listeners = new Set<() => void>();
const read = (): Address => ({
  pathname: location.pathname,
  search: location.search,
  hash: location.hash,
});
let address: Address = typeof location === 'undefined' ? { pathname: '/', search: '', hash: '' } : read();
let moves = 0;

/** How often another page was gone to: 0 means this one came with the document. */
export const pageMoves = (): number => moves;

function changed(): void {
  const before = address.pathname;
  address = read();
  if (address.pathname !== before) moves += 1;
  for (const listener of listeners) listener();
}

interface NavigateOptions {
  /** Takes the place of the present entry of the history. */
  readonly replace?: boolean;
  /** Stays where it is scrolled to, as for a filter or an opened detail. */
  readonly keepScroll?: boolean;
}

/** Goes to a path of this page, with query and fragment. */
export function navigate(to: string, { replace = false, keepScroll = false }: NavigateOptions = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  changed();
  if (!keepScroll) scrollTo(0, 0);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('popstate', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('popstate', changed);
  };
}

export const useAddress = (): Address => useSyncExternalStore(subscribe, () => address);
