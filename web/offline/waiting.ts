/** The edits that wait in this browser, for their user alone; every tab of it shows the same. */
import { useSyncExternalStore } from 'react';
import { answered, inDatabase } from './database.ts';
import type { Edit, WaitingEdit } from './edits.ts';
import { asOwner } from './kept.ts';

type Stored = WaitingEdit & { readonly owner: string };

let waiting: readonly WaitingEdit[] = [];
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('waiting');
channel?.addEventListener('message', () => void reload());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export const useWaiting = (): readonly WaitingEdit[] => useSyncExternalStore(subscribe, () => waiting);
export const waitingNow = (): readonly WaitingEdit[] => waiting;

/** Reads what waits; nothing, where nobody is signed in. */
export async function reload(): Promise<void> {
  waiting = await inDatabase('readonly', async (stores) => {
    const owner = await asOwner(stores);
    const all = await answered(stores.waiting.getAll() as IDBRequest<Stored[]>);
    return all.filter((edit) => edit.owner === owner);
  }).catch(() => []);
  for (const listener of listeners) listener();
}

async function changed(): Promise<void> {
  await reload();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
  channel?.postMessage(null);
}

/** False where this browser cannot keep it. */
export async function addWaiting(edit: Edit): Promise<boolean> {
  const added = await inDatabase('readwrite', async (stores) => {
    const owner = await asOwner(stores);
    if (owner !== null) stores.waiting.add({ ...edit, held: null, owner });
    return owner !== null;
  }).catch(() => false);
  if (added) await changed();
  return added;
}

export async function dropWaiting(edits: readonly WaitingEdit[]): Promise<void> {
  await inDatabase('readwrite', async (stores) => {
    for (const { id } of edits) stores.waiting.delete(id);
  });
  await changed();
}

/** Puts edits as they are now in the place of what they were. */
export async function replaceWaiting(edits: readonly WaitingEdit[]): Promise<void> {
  await inDatabase('readwrite', async (stores) => {
    const owner = await asOwner(stores);
    if (owner !== null) for (const edit of edits) stores.waiting.put({ ...edit, owner });
  });
  await changed();
}
