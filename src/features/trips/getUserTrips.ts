import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { type TripPage, type TripPageQuery, tripPageQuerySchema } from './contract.ts';
import { selectTrips } from './store.ts';

/**
 * A page of the user's trips with their legs by date, without routes and without what is archived. A page starts after
 * the last trip of the one before, so trips that come and go meanwhile neither repeat nor hide others.
 */
export async function getUserTrips(caller: Caller, query: TripPageQuery = {}): Promise<TripPage> {
  const { limit, cursor, status, order } = readInput(tripPageQuerySchema, query);
  const end = cursor === undefined ? null : { date: cursor.slice(0, 10), id: cursor.slice(11) };
  // One more than asked for tells whether there is a next page.
  const found = await asCaller(caller, (database) =>
    selectTrips(database, caller.userId, { limit: limit + 1, end, status: status ?? null, order }),
  );
  const trips = found.slice(0, limit);
  const last = trips.at(-1);
  return { trips, nextCursor: found.length > limit && last ? `${last.date}_${last.id}` : null };
}
