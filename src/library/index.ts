/** `routestitch/data`: the data layer for other people's programs. docs/embedding.md shows its use. */
import { connected } from './connection.ts';
import type { Library } from './types.ts';

export { AppError, type ErrorCode } from '../errors.ts';
export type { Preference, Route } from '../features/journeys/contract.ts';
export type { Location } from '../features/places/contract.ts';
export type {
  BatchDetails,
  BookingDetails,
  BookingLeg,
  Trip,
  TripInput,
  TripPage,
  TripPageQuery,
  TripSummary,
} from '../features/trips/contract.ts';
export { close, connect, type ConnectOptions } from './connection.ts';
export type { UserToEnsure } from './shapes.ts';
export type { Library, SearchToTrack, Statement, UserDatabase } from './types.ts';

// Looked up at each call: the connection may be of another instance of this module, and may be renewed.
export const asUser: Library['asUser'] = async (userId, work) => connected().asUser(userId, work);
export const ensureUser: Library['ensureUser'] = async (user) => connected().ensureUser(user);
export const createTrip: Library['createTrip'] = async (userId, data) => connected().createTrip(userId, data);
export const getTrip: Library['getTrip'] = async (userId, tripId) => connected().getTrip(userId, tripId);
export const getUserTrips: Library['getUserTrips'] = async (userId, page) =>
  connected().getUserTrips(userId, page);
export const markLegBooked: Library['markLegBooked'] = async (userId, tripId, legIndex, details) =>
  connected().markLegBooked(userId, tripId, legIndex, details);
export const markAllLegsBooked: Library['markAllLegsBooked'] = async (userId, tripIdOrLegIds, details) =>
  connected().markAllLegsBooked(userId, tripIdOrLegIds, details);
export const cacheRouteResults: Library['cacheRouteResults'] = async (
  cacheKey,
  origin,
  destination,
  date,
  preference,
  routes,
) => connected().cacheRouteResults(cacheKey, origin, destination, date, preference, routes);
export const getCachedRoute: Library['getCachedRoute'] = async (cacheKey) =>
  connected().getCachedRoute(cacheKey);
export const trackSearchQuery: Library['trackSearchQuery'] = async (userId, search, routesFound) =>
  connected().trackSearchQuery(userId, search, routesFound);
export const checkRateLimit: Library['checkRateLimit'] = async (identifier, maxRequests, windowMs) =>
  connected().checkRateLimit(identifier, maxRequests, windowMs);
export const cleanupExpiredCaches: Library['cleanupExpiredCaches'] = async () =>
  connected().cleanupExpiredCaches();
export const archiveOldTrips: Library['archiveOldTrips'] = async (olderThanMonths) =>
  connected().archiveOldTrips(olderThanMonths);
