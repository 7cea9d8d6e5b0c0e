/** What the signed-in traveller keeps. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  BookingPlan,
  BookingPlanRequest,
  handOffResponseSchema,
} from '../../src/features/booking/contract.ts';
import type { ArchivePage } from '../../src/features/maintenance/contract.ts';
import type { savedRoutePageSchema } from '../../src/features/saved-routes/contract.ts';
import type { calendarsSchema, sharesSchema } from '../../src/features/sharing/contract.ts';
import type { ReplanOptions, Trip, TripPage } from '../../src/features/trips/contract.ts';
import type { Leg } from '../search/shapes.ts';
import { keepAnswer, orKept } from '../offline/kept.ts';
import { callApi, readText } from './client.ts';

/** The lists of trips: which of them each has, and in which order. */
export const tripViews = {
  upcoming: 'PLANNED,PARTIALLY_BOOKED,FULLY_BOOKED',
  now: 'IN_PROGRESS',
  past: 'COMPLETED,CANCELLED',
} as const;
export type TripView = keyof typeof tripViews;

const paged = (path: string, query: Readonly<Record<string, string>>, cursor: string | null): string =>
  `${path}?${new URLSearchParams({ ...query, ...(cursor === null ? {} : { cursor }) }).toString()}`;
const byCursor = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor,
};

const MINUTE = 60_000;

/** Names under which this browser keeps what it read. */
export const TRIP_KEY = 'trip ';
export const tripKey = (id: string): string => TRIP_KEY + id;
export const planKey = (tripId: string): string => `plan ${tripId}`;
export const listKey = (view: TripView, cursor: string | null): string => `trips ${view} ${cursor ?? ''}`;

export const tripsQuery = (view: TripView) =>
  infiniteQueryOptions({
    queryKey: ['trips', view],
    queryFn: ({ signal, pageParam }) => {
      const order = view === 'past' ? 'latest' : 'soonest';
      const path = paged('trips', { status: tripViews[view], order }, pageParam);
      return orKept(listKey(view, pageParam), () => callApi<TripPage>(path, { signal }));
    },
    ...byCursor,
  });

export const archiveQuery = infiniteQueryOptions({
  queryKey: ['trips', 'archive'],
  queryFn: ({ signal, pageParam }) =>
    callApi<ArchivePage>(paged('archived-trips', {}, pageParam), { signal }),
  ...byCursor,
});

export const tripQuery = (id: string) =>
  queryOptions({
    queryKey: ['trip', id],
    queryFn: ({ signal }) => orKept(tripKey(id), () => readTrip(id, signal)),
  });

export const readTrip = (id: string, signal?: AbortSignal): Promise<Trip> =>
  callApi<Trip>(`trips/${encodeURIComponent(id)}`, signal ? { signal } : {});

/** What a plan says of openings holds without a connection too. */
export const planOrKept = (tripId: string, body: BookingPlanRequest, signal?: AbortSignal) =>
  orKept(planKey(tripId), () =>
    callApi<BookingPlan>('booking-plan', { ...(signal ? { signal } : {}), body, key: null }),
  );

/** Null: nothing lies ahead, nothing is asked. Openings and losses follow the clock, so it is soon asked again. */
export const bookingPlanQuery = (tripId: string, request: BookingPlanRequest | null) =>
  queryOptions({
    queryKey: ['trip', tripId, 'booking-plan', request],
    queryFn: ({ signal }) => planOrKept(tripId, request!, signal),
    enabled: request !== null,
    staleTime: MINUTE,
    refetchInterval: MINUTE,
  });

/** Where a leg can be booked; a leg that is not whole, nowhere that we know of. */
export const handOffsQuery = (whole: Leg | null, passengers: number) =>
  queryOptions({
    queryKey: [
      'hand-offs',
      whole && [whole.mode, whole.from.stopId, whole.to.stopId, whole.departure],
      passengers,
    ],
    queryFn: ({ signal }) => {
      const { mode, from, to, departure, arrival, line, run } = whole!;
      const leg = { mode, from, to, departure, arrival, line, run };
      return callApi<z.infer<typeof handOffResponseSchema>>('hand-offs', {
        signal,
        body: { leg, passengers },
        key: null,
      });
    },
    enabled: whole !== null,
    staleTime: 3_600_000,
  });

export const replanQuery = ({ id, updatedAt }: Trip, legIndex: number, direction: 'earlier' | 'later') =>
  queryOptions({
    // Of the trip as it is: another route has other rides.
    queryKey: ['replan', id, updatedAt, legIndex, direction],
    queryFn: ({ signal }) =>
      callApi<ReplanOptions>(`trips/${encodeURIComponent(id)}/legs/${legIndex}/replan`, {
        signal,
        body: { direction },
        key: null,
      }),
    staleTime: 300_000,
  });

export const tripTextQuery = (id: string) =>
  queryOptions({
    queryKey: ['trip', id, 'text'],
    queryFn: ({ signal }) => readText(`trips/${encodeURIComponent(id)}/text`, signal),
    staleTime: 0,
  });

export const sharesQuery = (tripId: string) =>
  queryOptions({
    queryKey: ['trip', tripId, 'shares'],
    queryFn: ({ signal }) =>
      callApi<z.infer<typeof sharesSchema>>(`trips/${encodeURIComponent(tripId)}/share`, { signal }),
  });

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => callApi<z.infer<typeof calendarsSchema>>('calendars', { signal }),
});

export const savedRoutesQuery = infiniteQueryOptions({
  queryKey: ['saved-routes'],
  queryFn: ({ signal, pageParam }) =>
    callApi<z.infer<typeof savedRoutePageSchema>>(paged('saved-routes', {}, pageParam), { signal }),
  ...byCursor,
});

/** After a write: the trip as it is now takes the place of what was read, and the lists are read anew. */
export async function tripChanged(client: QueryClient, id: string, trip?: Trip): Promise<void> {
  if (trip) {
    client.setQueryData(tripQuery(id).queryKey, trip);
    keepAnswer(tripKey(id), trip);
  } else await client.invalidateQueries({ queryKey: tripQuery(id).queryKey, exact: true });
  void client.invalidateQueries({ queryKey: ['trips'] });
}
