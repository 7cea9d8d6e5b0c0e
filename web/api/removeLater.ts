/**
 * Deleting with a way back: what goes is hidden at once and deleted when its message goes, ten seconds later or when
 * the page is left. Until then nothing has happened on the server, so that undoing restores it as it was, with its
 * links and its history.
 */
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { toast } from '../components/Toasts.tsx';
import { callApi } from './client.ts';
import { failureText } from './failureText.ts';

export interface Removal {
  readonly id: string;
  /** Under `/api/v1/`. */
  readonly path: string;
  /** Says that it is gone. */
  readonly text: string;
  /** First part of the keys of the lists that have it. */
  readonly list: 'trips' | 'saved-routes';
}

let going: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
function change(edit: (ids: Set<string>) => void): void {
  const next = new Set(going);
  edit(next);
  going = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ids that are hidden from lists. */
export const useGoing = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => going);

export function removeLater(client: QueryClient, { id, path, text, list }: Removal): void {
  change((ids) => ids.add(id));
  const leave = (): void => void commit();
  const show = (): void => {
    removeEventListener('pagehide', leave);
    change((ids) => ids.delete(id));
  };
  const commit = async (): Promise<void> => {
    removeEventListener('pagehide', leave);
    try {
      // Goes on while the page is left.
      await callApi(path, { method: 'DELETE', keepalive: true });
      await client.invalidateQueries({ queryKey: [list] });
    } catch (error) {
      toast({ text: failureText(error) });
    }
    show();
  };
  addEventListener('pagehide', leave);
  toast({ text, undo: show, gone: leave });
}
