import { asCaller, type Caller } from '../../database/caller.ts';
import type { Trip } from './contract.ts';
import { selectTripsEndingFrom } from './store.ts';

/**
 * The user's trips with their routes that end after an instant, the earliest first; without what is archived. For a
 * calendar, which shows them all at once.
 */
export const getTripsAhead = (caller: Caller, from: Date, limit: number): Promise<Trip[]> =>
  asCaller(caller, (database) => selectTripsEndingFrom(database, caller.userId, from, limit));
