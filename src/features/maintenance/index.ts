export { ACCESS_LOG_MONTHS, purgeAccessLog } from './accessLog.ts';
export { type Archived, archiveOldTrips } from './archiveOldTrips.ts';
export { type CleanupCounts, cleanupExpiredCaches } from './cleanupExpiredCaches.ts';
export type { ArchivedTrip, ArchivePage, ArchivePageQuery } from './contract.ts';
export { getArchivedTrips } from './getArchivedTrips.ts';
export { ANALYTICS_MONTHS, checkPartitions, dropExpiredPartitions, ensurePartitions } from './partitions.ts';
export { restoreArchivedTrip } from './restoreArchivedTrip.ts';
