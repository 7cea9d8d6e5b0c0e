import { newId, type SearchId } from '../../units/ids.ts';
import type { AnalyticsWriter } from './analyticsWriter.ts';
import { truncatedUserAgent, visitorHash } from './visitor.ts';

/** What the figures may know of who searches; empty without consent. */
export interface Visitor {
  readonly userId?: string;
  /** Of the client; only a keyed hash of its network is stored. */
  readonly address?: string;
  readonly userAgent?: string;
}

/** One search to remember. Locations are the objects of the contract. */
export interface TrackedSearch {
  /** Default: a new one. */
  readonly id?: string;
  readonly userId?: string | null;
  readonly origin: object;
  readonly destination: object;
  readonly stops?: readonly object[] | null;
  /** `YYYY-MM-DD` at the origin. */
  readonly date: string;
  readonly passengers: number;
  readonly preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  readonly routesFound: number;
  /** Ids of the cities, or of stops outside of any, that the search goes from and to; null or absent: elsewhere. */
  readonly corridor?: { readonly from: string | null; readonly to: string | null };
  /** Of the client; only a keyed hash of its network is stored. */
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

/**
 * Takes one search to be written within the second, and answers its id at once. Never throws and never waits:
 * with the database away rows queue, and are dropped and counted beyond the queue's room.
 */
export function trackSearchQuery(writer: AnalyticsWriter, search: TrackedSearch): SearchId {
  const id = (search.id as SearchId | undefined) ?? newId<SearchId>();
  const createdAt = new Date(writer.now());
  const { address, userAgent } = search;
  writer.searches.add({
    id,
    userId: search.userId ?? null,
    origin: JSON.stringify(search.origin),
    destination: JSON.stringify(search.destination),
    stops: search.stops ? JSON.stringify(search.stops) : null,
    date: search.date,
    passengers: search.passengers,
    preference: search.preference,
    routesFound: search.routesFound,
    createdAt,
    visitor: address && writer.secret ? visitorHash(writer.secret, address, createdAt) : null,
    userAgent: userAgent ? truncatedUserAgent(userAgent) : null,
    corridorFrom: storableArea(search.corridor?.from),
    corridorTo: storableArea(search.corridor?.to),
  });
  return id;
}

/** As the CHECK has it; a feed may call a stop by a longer id. */
const AREA_LENGTH = 128;
const storableArea = (id: string | null | undefined): string | null =>
  id && id.length <= AREA_LENGTH ? id : null;
