import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import {
  type ArchivedTrip,
  type ArchivePage,
  type ArchivePageQuery,
  archivePageQuerySchema,
} from './contract.ts';
import { type ArchivedRow, selectArchived } from './store.ts';

/** A page of the user's archived trips, latest date first. Throws `INVALID_REQUEST` for a cursor that is none. */
export async function getArchivedTrips(caller: Caller, query: ArchivePageQuery = {}): Promise<ArchivePage> {
  const { limit, cursor } = readInput(archivePageQuerySchema, query);
  const end = cursor === undefined ? null : { date: cursor.slice(0, 10), id: cursor.slice(11) };
  // One more than asked for tells whether there is a next page.
  const found = await asCaller(caller, (database) => selectArchived(database, caller.userId, limit + 1, end));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    trips: rows.map(archivedTripOf),
    nextCursor: found.length > limit && last ? `${last.date}_${last.id}` : null,
  };
}

const archivedTripOf = (row: ArchivedRow): ArchivedTrip => ({
  ...row,
  origin: row.origin as ArchivedTrip['origin'],
  destination: row.destination as ArchivedTrip['destination'],
  archivedAt: row.archivedAt.toISOString(),
});
