/** The functions of `routestitch/data`, said once. */
import type { PrismaClient } from '../database/generated/client.ts';
import type { Location } from '../features/places/contract.ts';
import type { Preference, Route } from '../features/journeys/contract.ts';
import type {
  BatchDetails,
  BookingDetails,
  BookingLeg,
  Trip,
  TripInput,
  TripPage,
  TripPageQuery,
} from '../features/trips/contract.ts';
import type { UserToEnsure } from './shapes.ts';

/** One statement; with a `name` it is prepared once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** The database inside {@link Library.asUser}: only that user's rows are there. */
export interface UserDatabase {
  readonly prisma: PrismaClient;
  query(statement: Statement): Promise<{ readonly rows: Record<string, unknown>[] }>;
}

/** A search as it was asked. */
export interface SearchToTrack {
  readonly origin: Location;
  readonly destination: Location;
  readonly stops?: readonly object[] | null | undefined;
  /** `YYYY-MM-DD` at the origin. */
  readonly date: string;
  /** Default 1. */
  readonly passengers?: number | undefined;
  /** Default BALANCED; either case. */
  readonly preference?: Preference | Lowercase<Preference> | undefined;
  /** Of the browser; its name and version are stored. */
  readonly userAgent?: string | undefined;
}

/**
 * Every function throws an `AppError` with a stable `code`: `CONFIGURATION` before `connect`, `INVALID_REQUEST` for a
 * wrong argument, `UNAVAILABLE` or `DATABASE` when the server does not answer, and what its own line says.
 */
export interface Library {
  /**
   * Own queries as this user, with Prisma or SQL: row-level security shows and changes nobody else's rows, also where
   * a `where` is forgotten. Keep it short.
   */
  asUser<T>(userId: string, work: (database: UserDatabase) => Promise<T>): Promise<T>;
  /**
   * Makes a user of the app known under the app's own id, before the first trip; again, it renews address and name.
   * `CONFLICT` when another user has the address.
   */
  ensureUser(user: UserToEnsure): Promise<void>;
  /** Keeps a plan. `UNPROCESSABLE` for a user who is not known. */
  createTrip(userId: string, data: TripInput): Promise<Trip>;
  /** `NOT_FOUND`, for another user's trip too. */
  getTrip(userId: string, tripId: string): Promise<Trip>;
  /** A page of the user's trips, latest date first; `nextCursor` asks for the next. */
  getUserTrips(userId: string, page?: TripPageQuery): Promise<TripPage>;
  /**
   * Records a leg (from 0) as booked; cost in minor units (paise). `NOT_FOUND`, `CONFLICT` for a cancelled trip,
   * `UNPROCESSABLE` for a leg that is not booked with anybody.
   */
  markLegBooked(
    userId: string,
    tripId: string,
    legIndex: number,
    details?: BookingDetails,
  ): Promise<BookingLeg>;
  /** All legs of a trip (its id), or these legs (their ids); all or none. Errors as of `markLegBooked`. */
  markAllLegsBooked(
    userId: string,
    tripIdOrLegIds: string | readonly string[],
    details?: BatchDetails,
  ): Promise<{ readonly count: number; readonly legs: readonly BookingLeg[] }>;
  /** Keeps routes for 15 minutes in place of what the key had. False when they are too large (1 MiB). */
  cacheRouteResults(
    cacheKey: string,
    origin: Location,
    destination: Location,
    date: string,
    preference: Preference | Lowercase<Preference>,
    routes: readonly Route[],
  ): Promise<boolean>;
  /** The routes of a key; null when there are none or their time is over. */
  getCachedRoute(cacheKey: string): Promise<Route[] | null>;
  /** Takes a search to be written within the second, or by `close()`; answers its id. */
  trackSearchQuery(userId: string | null, search: SearchToTrack, routesFound: number): Promise<string>;
  /** Counts a request in a fixed window (at most 24 h) that begins with the first; exact over all processes. */
  checkRateLimit(
    identifier: string,
    maxRequests: number,
    windowMs: number,
  ): Promise<{ readonly allowed: boolean; readonly remaining: number; readonly resetTime: Date }>;
  /** Deletes what has expired; answers how many rows of what. Daily. */
  cleanupExpiredCaches(): Promise<Readonly<Record<string, number>>>;
  /** Moves completed trips older than so many months (default 6) to the archive. Monthly. */
  archiveOldTrips(olderThanMonths?: number): Promise<{ readonly archived: number; readonly before: string }>;
}
