/** What `routestitch/data` does, over an open connection: the use cases, with the user's id first. */
import { asUser } from '../database/asUser.ts';
import type { Caller } from '../database/caller.ts';
import type { Database } from '../database/connect.ts';
import { translatingErrors } from '../database/sqlstate.ts';
import { readInput } from '../errors.ts';
import { type AnalyticsWriter, trackSearchQuery } from '../features/analytics/index.ts';
import { cacheRouteResults, getCachedRoute } from '../features/journeys/index.ts';
import { checkRateLimit } from '../features/limits/index.ts';
import { archiveOldTrips, cleanupExpiredCaches } from '../features/maintenance/index.ts';
import * as trips from '../features/trips/index.ts';
import { cachedRoutesSchema, searchToTrackSchema, userIdSchema, userToEnsureSchema } from './shapes.ts';
import type { Library } from './types.ts';
import { ensureUser } from './users.ts';

interface Opened {
  readonly app: Database;
  readonly service: Database;
  readonly analytics: AnalyticsWriter;
}

/** Binds every function to the connection. Whatever they throw is an `AppError`. */
export function functionsOver({ app, service, analytics }: Opened): Library {
  const callerOf = (userId: string): Caller => ({
    userId: readInput(userIdSchema, userId, 'userId'),
    database: app,
  });
  return {
    asUser: (userId, work) =>
      plainly(() => asUser(readInput(userIdSchema, userId, 'userId'), () => work(app))),
    ensureUser: (user) => plainly(() => ensureUser(service, readInput(userToEnsureSchema, user))),
    createTrip: (userId, data) => plainly(() => trips.createTrip(callerOf(userId), data)),
    getTrip: (userId, tripId) => plainly(() => trips.getTrip(callerOf(userId), tripId)),
    getUserTrips: (userId, page) => plainly(() => trips.getUserTrips(callerOf(userId), page)),
    markLegBooked: (userId, tripId, legIndex, details) =>
      plainly(() => trips.markLegBooked(callerOf(userId), tripId, legIndex, details)),
    markAllLegsBooked: (userId, tripIdOrLegIds, details) =>
      plainly(() => trips.markAllLegsBooked(callerOf(userId), tripIdOrLegIds, details)),
    cacheRouteResults: (cacheKey, origin, destination, date, preference, routes) =>
      plainly(() => {
        const entry = readInput(cachedRoutesSchema, { cacheKey, origin, destination, date, preference });
        return cacheRouteResults(service, entry.cacheKey, { ...entry, routes });
      }),
    getCachedRoute: (cacheKey) => plainly(() => getCachedRoute(service, cacheKey)),
    trackSearchQuery: (userId, search, routesFound) =>
      plainly(async () => {
        const {
          userAgent,
          stops = null,
          ...asked
        } = readInput(searchToTrackSchema, { ...search, routesFound });
        const user = userId === null ? null : readInput(userIdSchema, userId, 'userId');
        return trackSearchQuery(analytics, { ...asked, stops, userAgent, userId: user });
      }),
    checkRateLimit: (identifier, maxRequests, windowMs) =>
      plainly(() => checkRateLimit(service, identifier, maxRequests, windowMs)),
    cleanupExpiredCaches: () => plainly(() => cleanupExpiredCaches(service)),
    archiveOldTrips: (olderThanMonths) => plainly(() => archiveOldTrips(service, olderThanMonths)),
  };
}

/** Runs `work`; what it throws becomes an `AppError`. */
const plainly = <T>(work: () => Promise<T>): Promise<T> => translatingErrors(async () => work());
