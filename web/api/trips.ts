/** What the signed-in traveller keeps. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Trip, TripPage } from '../../src/features/trips/contract.ts';
import type { savedRoutePageSchema } from '../../src/features/saved-routes/contract.ts';
import { callApi } from './client.ts';

export const tripsQuery = infiniteQueryOptions({
  queryKey: ['trips'],
  queryFn: ({ signal, pageParam }) =>
    callApi<TripPage>(
      `trips?${new URLSearchParams(pageParam === null ? {} : { cursor: pageParam }).toString()}`,
      {
        signal,
      },
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

export const tripQuery = (id: string) =>
  queryOptions({
    queryKey: ['trip', id],
    queryFn: ({ signal }) => callApi<Trip>(`trips/${encodeURIComponent(id)}`, { signal }),
  });

export const savedRoutesQuery = queryOptions({
  queryKey: ['saved-routes'],
  queryFn: ({ signal }) => callApi<z.infer<typeof savedRoutePageSchema>>('saved-routes', { signal }),
});
