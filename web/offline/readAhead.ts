/** Reads the trips that lie ahead while there is a connection, so that each can be opened without one. */
import type { QueryClient } from '@tanstack/react-query';
import type { Trip, TripPage } from '../../src/features/trips/contract.ts';
import { planKey, planOrKept, readTrip, TRIP_KEY, tripKey, tripsQuery } from '../api/trips.ts';
import { planRequestOf } from '../trip/bookingPlan.ts';
import { legsOf } from '../trip/readTrip.ts';
import { dropKept, keptUnder, orKept } from './kept.ts';

/** Of one list; a trip has some 30 KB. */
const MOST = 20;

interface Connection {
  readonly saveData?: boolean;
}

/** When the page has nothing better to do; not where the traveller pays for every byte. */
export function readAhead(client: QueryClient): void {
  const { connection } = navigator as { readonly connection?: Connection };
  if (!navigator.onLine || connection?.saveData) return;
  const begin = (): void => void readTrips(client).catch(() => undefined);
  if (typeof requestIdleCallback === 'undefined') setTimeout(begin, 2000);
  else requestIdleCallback(begin, { timeout: 5000 });
}

async function readTrips(client: QueryClient): Promise<void> {
  const views = ['upcoming', 'now', 'past'] as const;
  const pages: TripPage[] = [];
  for (const view of views) {
    const list = await client.ensureInfiniteQueryData(tripsQuery(view));
    pages.push(...list.pages);
  }
  const trips = pages.flatMap((page) => page.trips);
  const kept = await keptUnder(TRIP_KEY);
  const known = new Set(trips.map(({ id }) => tripKey(id)));
  const gone = [...kept.keys()].filter((key) => !known.has(key));
  await Promise.all(gone.map((key) => forgetTrip(key.slice(TRIP_KEY.length))));
  const ahead = trips.filter(({ status }) => status !== 'COMPLETED' && status !== 'CANCELLED').slice(0, MOST);
  // One after another: what the traveller does meanwhile goes first.
  for (const { id, updatedAt } of ahead)
    if ((kept.get(tripKey(id)) as Trip | undefined)?.updatedAt !== updatedAt) await keepTrip(id);
}

async function keepTrip(id: string): Promise<void> {
  const trip = await orKept(tripKey(id), () => readTrip(id));
  const plan = planRequestOf(legsOf(trip), trip.passengers, Date.now());
  if (plan) await planOrKept(id, plan);
}

const forgetTrip = (id: string): Promise<unknown> => Promise.all([tripKey(id), planKey(id)].map(dropKept));
