import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PlacesResponse, SearchRequestInput, SearchResponse } from '../search/shapes.ts';
import { callApi } from './client.ts';

const MINUTE = 60_000;

/** An empty text asks nothing. */
export const placesQuery = (text: string) =>
  queryOptions({
    queryKey: ['places', text.toLowerCase()],
    queryFn: ({ signal }) =>
      callApi<PlacesResponse>(`places?${new URLSearchParams({ q: text }).toString()}`, { signal }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: 60 * MINUTE,
  });

/** A null request asks nothing. Asked again only by the traveller: prices must not change under the eye. */
export const searchQuery = (request: SearchRequestInput | null) =>
  queryOptions({
    queryKey: ['search', request],
    queryFn: ({ signal }) => callApi<SearchResponse>('search', { signal, body: request, key: null }),
    enabled: request !== null,
    staleTime: Infinity,
    gcTime: 30 * MINUTE,
  });
