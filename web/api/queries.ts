import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PlacesResponse, SearchRequestInput, SearchResponse } from '../search/shapes.ts';
import { callApi } from './client.ts';

const MINUTE = 60_000;

/** An empty text asks nothing. */
export const placesQuery = (text: string) =>
  queryOptions({
    queryKey: ['places', text.toLowerCase()],
    queryFn: ({ signal }) =>
      callApi<PlacesResponse>(`places?${new URLSearchParams({ q: text }).toString()}`, {
        signal,
        open: true,
      }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: 60 * MINUTE,
  });

/** A null request asks nothing. Asked again only by the traveller: prices must not change under the eye. */
export const searchQuery = (request: SearchRequestInput | null) =>
  queryOptions<SearchResponse, Error, SearchResponse, readonly ['search', SearchRequestInput | null]>({
    queryKey: ['search', request],
    queryFn: ({ signal }) => callApi<SearchResponse>('search', { signal, body: request, key: null }),
    enabled: request !== null,
    // Other wishes for classes change prices, not the journey: what is there stays in sight meanwhile.
    placeholderData: (answer, before) =>
      before && sameJourney(before.queryKey[1], request) ? answer : undefined,
    staleTime: Infinity,
    gcTime: 30 * MINUTE,
  });

const withoutClass = (request: SearchRequestInput | null): string =>
  JSON.stringify({ ...request, class: null });
const sameJourney = (one: SearchRequestInput | null, other: SearchRequestInput | null): boolean =>
  withoutClass(one) === withoutClass(other);
