/** What the signed-in traveller told of themselves, and where they are signed in. */
import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Profile, ProfileChange, sessionsResponseSchema } from '../../src/features/accounts/contract.ts';
import { callApi } from './client.ts';

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => callApi<Profile>('me', { signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => callApi<z.infer<typeof sessionsResponseSchema>>('me/sessions', { signal }),
});

export async function changeProfile(client: QueryClient, change: ProfileChange): Promise<void> {
  client.setQueryData(profileQuery.queryKey, await callApi<Profile>('me', { method: 'PATCH', body: change }));
}
