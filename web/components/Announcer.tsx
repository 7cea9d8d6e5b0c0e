import { useSyncExternalStore } from 'react';

/** The one polite live region of the page. */
let message = '';
const listeners = new Set<() => void>();

export function announce(text: string): void {
  // The same text twice in a row is read again only when the node changes.
  message = text === message ? `${text}\u00A0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => message);
  return (
    <output aria-live="polite" className="sr-only">
      {text}
    </output>
  );
}
