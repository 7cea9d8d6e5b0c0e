/** Who is signed in: one query for the whole page. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { signedInResponseSchema } from '../../src/features/accounts/contract.ts';
import { forgetUser, sessionOrKept } from '../offline/kept.ts';
import { callServer } from './client.ts';

type Session = z.infer<typeof signedInResponseSchema>;
export type SessionUser = NonNullable<Session['user']>;

const FIVE_MINUTES = 300_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => sessionOrKept(() => callServer<Session>('/auth/session', { signal })),
  staleTime: FIVE_MINUTES,
});

/** The same without the user. */
export const signedOut = (session: Session | undefined): Session | undefined =>
  session && { ...session, user: null };

/** `undefined` until it is known; `null`: nobody, or it cannot be asked. */
export function useSession(): SessionUser | null | undefined {
  const { data, isError } = useQuery(sessionQuery);
  return data === undefined && !isError ? undefined : (data?.user ?? null);
}

/** What is read without a session; and the session itself, which is written. */
const STAYS: ReadonlySet<unknown> = new Set(['search', 'places', 'data', 'session']);

/** Ends the session and forgets what was read in it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await callServer('/auth/signout', { method: 'POST' });
    await forgetUser();
    client.removeQueries({ predicate: ({ queryKey }) => !STAYS.has(queryKey[0]) });
    client.setQueryData(sessionQuery.queryKey, signedOut);
  };
}

/** The server's page to sign in on, which comes back to `returnTo`. */
export const signInPath = (returnTo: string): string =>
  `/auth/signin?${new URLSearchParams({ returnTo }).toString()}`;
