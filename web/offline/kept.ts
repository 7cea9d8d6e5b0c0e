/**
 * What was read for the signed-in user, kept in this browser for when there is no connection. It belongs to one user:
 * it goes when the server says that nobody is signed in, or somebody else.
 */
import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { signedInResponseSchema } from '../../src/features/accounts/contract.ts';
import { ApiError } from '../api/client.ts';
import { CLICKS_KEY } from '../trip/clicks.ts';
import { answered, inDatabase, type Stores } from './database.ts';

type Session = z.infer<typeof signedInResponseSchema>;
interface Kept {
  readonly value: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

const SESSION = 'session';
/** Of the user whom this page was told of last: an answer for them is not kept for another. */
let owner: string | null = null;

/** For what this browser cannot keep, there is no other place. */
const nothing = (): undefined => undefined;
const readKept = (kept: IDBObjectStore, key: string): Promise<Kept | undefined> =>
  answered<Kept | undefined>(kept.get(key) as IDBRequest<Kept | undefined>);

async function keptOwner({ kept }: Stores): Promise<string | null> {
  const session = (await readKept(kept, SESSION))?.value as Session | undefined;
  return session?.user?.id ?? null;
}

/** The id of the user for whom things are kept, in a transaction of theirs; null: of nobody (any more). */
export async function asOwner(stores: Stores): Promise<string | null> {
  const kept = await keptOwner(stores);
  return kept === owner ? kept : null;
}

function keep(key: string, value: unknown): Promise<unknown> {
  const asker = owner;
  return inDatabase('readwrite', async (stores) => {
    if (asker === null || (await keptOwner(stores)) !== asker) return;
    stores.kept.put({ value, at: Date.now() } satisfies Kept, key);
  }).catch(nothing);
}

/** When what is shown was read, by key; only of what could not be read now. */
let ages: ReadonlyMap<string, number> = new Map();
const listeners = new Set<() => void>();
function setAge(key: string, at: number | null): void {
  if (ages.get(key) === (at ?? undefined)) return;
  const next = new Map(ages);
  if (at === null) next.delete(key);
  else next.set(key, at);
  ages = next;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Epoch milliseconds when this was read, where it is shown from this browser; null: it is fresh. */
export const useAge = (key: string): number | null =>
  useSyncExternalStore(subscribe, () => ages.get(key) ?? null);

/** No answer came: not even a refusal. */
export const isOffline = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

/** Asks the server and keeps what it answers; where it cannot be reached, answers what it said last. */
export async function orKept<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await ask();
    void keep(key, answer);
    setAge(key, null);
    return answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) void dropKept(key);
    if (!isOffline(error)) throw error;
    const kept = await inDatabase('readonly', async (stores) =>
      (await asOwner(stores)) === null ? undefined : readKept(stores.kept, key),
    ).catch(nothing);
    if (!kept) throw error;
    setAge(key, kept.at);
    return kept.value as Answer;
  }
}

/** What was written, in place of what was read. */
export const keepAnswer = (key: string, value: unknown): void => void keep(key, value);

export const dropKept = (key: string): Promise<unknown> =>
  inDatabase('readwrite', async ({ kept }) => void kept.delete(key)).catch(nothing);

/** Keys that begin so, with what is kept under them. Every key is a text. */
export const keptUnder = (prefix: string): Promise<ReadonlyMap<string, unknown>> =>
  inDatabase('readonly', async ({ kept }) => {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const [keys, values] = await Promise.all([
      answered(kept.getAllKeys(range)),
      answered(kept.getAll(range)),
    ]);
    return new Map(keys.map((key, at) => [key as string, (values[at] as Kept).value]));
  }).catch(() => new Map<string, unknown>());

/** Who is signed in, asked of the server; without a connection, who was. Others' things are forgotten. */
export async function sessionOrKept(ask: () => Promise<Session>): Promise<Session> {
  try {
    const session = await ask();
    await noteSession(session);
    return session;
  } catch (error) {
    if (!isOffline(error)) throw error;
    const kept = await inDatabase('readonly', (stores) => readKept(stores.kept, SESSION)).catch(nothing);
    const session = kept?.value as Session | undefined;
    if (!session?.user) throw error;
    owner = session.user.id;
    return session;
  }
}

async function noteSession(session: Session): Promise<void> {
  const user = session.user?.id ?? null;
  owner = user;
  const another = await inDatabase('readwrite', async (stores) => {
    const before = await keptOwner(stores);
    if (before !== user) clear(stores);
    if (user !== null) stores.kept.put({ value: session, at: Date.now() } satisfies Kept, SESSION);
    return before !== null && before !== user;
  }).catch(nothing);
  if (another) forgetAround();
}

function clear({ kept, waiting }: Stores): void {
  kept.clear();
  waiting.clear();
}

/** What lies beside the database. */
function forgetAround(): void {
  ages = new Map();
  try {
    localStorage.removeItem(CLICKS_KEY);
  } catch {
    // Then nothing was kept there either.
  }
}

/** Nothing of the user stays in this browser: they have signed out, or were. */
export async function forgetUser(): Promise<void> {
  owner = null;
  forgetAround();
  await inDatabase('readwrite', async (stores) => clear(stores)).catch(nothing);
}
