import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { TripInput } from '../../../src/features/trips/contract.ts';
import { newKey } from '../../api/client.ts';
import { signInPath, useSession } from '../../api/session.ts';
import { saveTrip } from '../../api/saveTrip.ts';
import { partySize } from '../../search/party.ts';
import type { TripQuery } from '../../search/query.ts';
import type { Route, SearchResponse } from '../../search/shapes.ts';
import { keepDraft, SAVE_PATH } from '../../trip/draft.ts';

/** Which options are saved, and saving one. Whoever is not signed in does so first: the draft waits for them. */
export function useSave(
  answer: SearchResponse,
  query: TripQuery,
): { readonly saved: ReadonlySet<string>; readonly save: (route: Route) => void } {
  const client = useQueryClient();
  const user = useSession();
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const save = useCallback(
    (route: Route): void => {
      const trip = tripOf(answer, query, route);
      const key = newKey();
      if (!user) {
        keepDraft({ trip, key }, Date.now());
        location.assign(signInPath(SAVE_PATH));
        return;
      }
      const without = (before: ReadonlySet<string>): ReadonlySet<string> =>
        new Set([...before].filter((id) => id !== route.id));
      setSaved((before) => new Set([...before, route.id]));
      void saveTrip(client, trip, key, () => setSaved(without)).then((done) => done || setSaved(without));
    },
    [answer, query, user, client],
  );
  return { saved, save };
}

/** The trip as the interface takes it: places as the answer took them, the route as it came. */
export function tripOf(answer: SearchResponse, query: TripQuery, route: Route): TripInput {
  const stops = answer.stops.map(({ place, dwellMinutes }) => ({ place, dwellMinutes }));
  return {
    origin: answer.origin,
    destination: answer.destination,
    ...(stops.length === 0 ? {} : { stops }),
    date: route.departure.slice(0, 10),
    time: answer.time,
    timezone: route.legs[0]!.from.zone,
    passengers: partySize(query),
    preference: query.preference,
    selectedRoute: route,
  };
}
