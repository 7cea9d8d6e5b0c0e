import { translatingErrors } from '../../database/sqlstate.ts';
import { CLEANUP_ROWS, deleteOldAccesses, type Queryable } from './store.ts';

/** A month more than the year that the law asks for (DPDP Rules 2025, rule 8(3)). */
export const ACCESS_LOG_MONTHS = 13;

/**
 * Deletes from the log of administrators' accesses what is kept no longer; answers how many rows. The database refuses
 * what is younger than a year.
 * @param service a database as rs_service.
 */
export const purgeAccessLog = (service: Queryable, keepMonths = ACCESS_LOG_MONTHS): Promise<number> =>
  translatingErrors(async () => {
    let purged = 0;
    for (let batch = CLEANUP_ROWS; batch === CLEANUP_ROWS; purged += batch)
      batch = await deleteOldAccesses(service, keepMonths);
    return purged;
  });
