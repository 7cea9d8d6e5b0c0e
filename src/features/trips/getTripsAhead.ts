import { asCaller, type Caller } from '../../database/caller.ts';
import type { Trip } from './contract.ts';
import { selectTripsEndingFrom, type StartEnd } from './store.ts';

/** Trips with their routes are large: so many are held at a time. */
const PAGE = 50;

/**
 * The user's trips with their routes that end after an instant, the earliest first, page by page; without what is
 * archived. For a calendar, which shows them all.
 */
export async function* getTripsAhead(caller: Caller, from: Date): AsyncGenerator<Trip[]> {
  let end: StartEnd | null = null;
  do {
    const after: StartEnd | null = end;
    const page: { trips: Trip[]; end: StartEnd | null } = await asCaller(caller, (database) =>
      selectTripsEndingFrom(database, caller.userId, { from, after, limit: PAGE }),
    );
    if (page.trips.length > 0) yield page.trips;
    end = page.trips.length < PAGE ? null : page.end;
  } while (end);
}
