import { useEffect, useState, useSyncExternalStore } from 'react';
import { siteWords } from '../words/site.ts';
import { Icon } from './Icon.tsx';

/** Long enough to read, reach and press, as the design asks instead of "Are you sure?". */
const SHOWN_MS = 10_000;

export interface Toast {
  readonly text: string;
  /** Takes back what was done. */
  readonly undo?: () => void;
  /** Hears that the message is gone and nothing was taken back. */
  readonly gone?: () => void;
  /** A page to look at it. */
  readonly link?: { readonly href: string; readonly text: string };
}
interface Shown extends Toast {
  readonly id: number;
}

let shown: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();
function show(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export function toast(message: Toast): void {
  last += 1;
  // Two at most: on a phone a third would hide the page.
  const dropped = shown.slice(0, -1);
  show([...shown.slice(-1), { ...message, id: last }]);
  for (const one of dropped) one.gone?.();
}
function dismiss(id: number, undone = false): void {
  const one = shown.find((message) => message.id === id);
  show(shown.filter((message) => message.id !== id));
  if (!undone) one?.gone?.();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Messages at the foot of the page. They stay while the pointer or the focus is in them. */
export function Toasts() {
  const list = useSyncExternalStore(subscribe, () => shown);
  return (
    <output
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-18 z-40 grid justify-items-center gap-2 px-4 md:bottom-6"
    >
      {list.map((one) => (
        <OneToast key={one.id} {...one} />
      ))}
    </output>
  );
}

function OneToast({ id, text, undo, link }: Shown) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, id]);
  return (
    <span
      className="pointer-events-auto flex w-full max-w-lg items-center gap-3 bg-ink py-1 pr-1 pl-4 text-paper shadow-lg"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="min-w-0 flex-1 py-2">{text}</span>
      {link ? (
        <a className="toast-action" href={link.href} onClick={() => dismiss(id)}>
          {link.text}
        </a>
      ) : null}
      {undo ? (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            dismiss(id, true);
            undo();
          }}
        >
          {siteWords.toast.undo}
        </button>
      ) : null}
      <button
        type="button"
        className="toast-action"
        aria-label={siteWords.toast.close}
        onClick={() => dismiss(id)}
      >
        <Icon name="close" size={18} />
      </button>
    </span>
  );
}
