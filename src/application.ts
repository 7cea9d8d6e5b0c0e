/** The product without its faces, wired together: database, active network, search. */
import { connect, type Database } from './database/connect.ts';
import { openReader, type Reader, type ReaderOptions } from './database/readReplica.ts';
import type { Server } from './database/server.ts';
import {
  AnalyticsWriter,
  type BatchCounts,
  lossCheck,
  trackClickedRoute,
  trackSearchQuery,
  type Visitor,
} from './features/analytics/index.ts';
import type { ClickServices } from './features/booking/index.ts';
import type { PlanB, PlanBRequest, SearchRequest, SearchResponse } from './features/journeys/contract.ts';
import {
  type AnsweredSearch,
  computeAnswer,
  createPlanner,
  factsOf,
  KeptAnswers,
  type KeptSearch,
  planB,
  type Planner,
  replanRide,
  RouteCache,
  type RouteCacheCounts,
  type SearchCall,
  searchJourneys,
  SearchPool,
  type SearchPoolCounts,
} from './features/journeys/index.ts';
import {
  type ActiveNetwork,
  ensureSampleNetwork,
  loadActiveNetwork,
  sweepTemporaryFolders,
} from './features/networks/index.ts';
import { PlaceIndex, readGazetteer } from './features/places/index.ts';
import type { ReplanServices } from './features/trips/index.ts';
import type { SearchId } from './units/ids.ts';
import { newId } from './units/ids.ts';
import { epochMinuteOf, wallClockAt } from './units/time.ts';

type Report = (label: string) => void;

export type SearchStage = 'resolve' | 'cache' | 'queue' | 'compute';

interface Counts {
  searches(): SearchPoolCounts;
  routeCache(): RouteCacheCounts;
  analytics(): Readonly<Record<string, BatchCounts>>;
}

const NO_THREADS: SearchPoolCounts = { threads: 0, asked: 0, waiting: 0, meanMs: 0, refused: 0 };

/** The product without its faces: database, active network, search. */
export interface Application {
  readonly service: Database;
  /** For reads that may be a moment old. */
  readonly reads: Reader;
  planner(): Planner;
  network(): Omit<ActiveNetwork, 'image' | 'stopNames'>;
  /** Since the start, for who watches. */
  readonly counts: Counts;
  /** `visitor`: what the figures may know of who asks; default: nothing. */
  search(request: SearchRequest, visitor?: Visitor): Promise<SearchResponse>;
  /** The same where many ask alike; `text` stands for the words that `request` was read from. */
  searchByText(request: SearchRequest, visitor: Visitor, text: string): Promise<SearchResponse | KeptSearch>;
  /** The answer to these words, if it is at hand. */
  knownSearch(text: string, visitor: Visitor): SearchResponse | KeptSearch | null;
  planB(request: PlanBRequest): Promise<PlanB>;
  replanRide: ReplanServices['replanRide'];
  clicked: ClickServices['clicked'];
  /** Uses another network from the next search on. */
  use(network: ActiveNetwork): void;
  /** Writes what waits to be written. */
  flush(): Promise<void>;
  /** Rejects when rows of analytics were lost since it was last asked. */
  checkAnalytics: () => Promise<unknown>;
  close(): Promise<void>;
}

/** The date in India, where the bundled sample runs. */
const todayInIndia = () => wallClockAt(epochMinuteOf(Date.now()), 'Asia/Kolkata').day;

/** Who asks for one search in a process of its own waits for the engine to get warm. */
const ALONE_DEADLINE_MS = 10_000;

/**
 * Opens what every search needs on a database that is up to date. `searchWorkers`: threads that search; 0, the
 * default: this thread does, for commands that ask once.
 */
export async function openApplication(
  server: Pick<Server, 'ownerUrl'>,
  onError: (error: unknown) => void,
  {
    searchWorkers = 0,
    secret,
    onStage,
    replica,
    ...load
  }: {
    searchWorkers?: number;
    secret?: string;
    onStage?: (stage: SearchStage, ms: number) => void;
    /** A database that may be read too. */
    replica?: Omit<ReaderOptions, 'role'>;
    onRecompile?: Report;
    memoryMb?: number;
  } = {},
): Promise<Application> {
  const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service' });
  const reads = await openReader(service, {
    readUrl: undefined,
    maxLagMs: 0,
    ...replica,
    role: 'rs_service',
  });
  try {
    await sweepTemporaryFolders();
    await ensureSampleNetwork(service, todayInIndia());
    const gazetteer = readGazetteer();
    const plannerFor = ({ image, stopNames, ...network }: ActiveNetwork): Planner => {
      // The note goes to the threads that search; feeds and names are for this one.
      const { id, name, sample, rolled, validFrom, validTo } = network;
      const note = { id, name, sample, rolled, validFrom, validTo };
      return createPlanner(image, new PlaceIndex(gazetteer, image, stopNames), note);
    };
    let current = await loadActiveNetwork(service, load);
    let planner = plannerFor(current);
    const onAnswered = (waitedMs: number, computedMs: number): void => {
      onStage?.('queue', waitedMs);
      onStage?.('compute', computedMs);
    };
    const analytics = new AnalyticsWriter(service, { onError, secret });
    const cache = new RouteCache(service, { onError, reads, onLookup: (ms) => onStage?.('cache', ms) });
    const pool = searchWorkers > 0 ? new SearchPool({ workers: searchWorkers, onError, onAnswered }) : null;
    const compute: SearchCall['compute'] = pool
      ? (asked, question) => pool.compute(asked, question)
      : async (asked, question) => computeAnswer(asked, question, ALONE_DEADLINE_MS);
    const onResolved = (ms: number): void => onStage?.('resolve', ms);
    const callOf = (): SearchCall => {
      const [searchId, now] = [newId<SearchId>(), Date.now()];
      return { searchId, now, cache, compute, onResolved };
    };
    const answer = (request: SearchRequest): Promise<SearchResponse> =>
      searchJourneys(planner, request, callOf());
    const answers = new KeptAnswers();
    const track = ({ searchId, facts, answer: found }: AnsweredSearch, visitor: Visitor) => {
      trackSearchQuery(analytics, { ...visitor, ...facts, id: searchId });
      return found;
    };
    const placeId = (stopId: string): string | null => {
      const stop = planner.image.findStop(stopId);
      return (stop !== undefined && planner.places.placeOfStop(stop)?.place.id) || null;
    };
    const prepare = (): void => void pool?.prepare(planner).catch(onError);
    prepare();
    return {
      service,
      reads,
      planner: () => planner,
      network: () => current,
      counts: {
        searches: () => pool?.counts ?? NO_THREADS,
        routeCache: () => ({ ...cache.counts, atHand: answers.answered }),
        analytics: () => {
          const { searches, bookingClicks, clickedRoutes } = analytics.counts;
          return { searches, bookingClicks, clickedRoutes };
        },
      },
      use: (network) => {
        current = network;
        planner = plannerFor(network);
        prepare();
      },
      search: async (request, visitor = {}) => {
        const [call, by] = [callOf(), planner];
        const response = await searchJourneys(by, request, call);
        track({ searchId: call.searchId, facts: factsOf(by, request, response), answer: response }, visitor);
        return response;
      },
      searchByText: async (request, visitor, text) =>
        track(await answers.search(planner, request, text, callOf()), visitor),
      knownSearch: (text, visitor) => {
        const found = answers.find(planner, text, newId<SearchId>(), Date.now());
        return found && track(found, visitor);
      },
      planB: (request) => planB(request, { search: answer, placeId }),
      replanRide: (request) => replanRide(request, { search: answer, placeId }),
      clicked: (userId, click) => trackClickedRoute(analytics, userId, click),
      flush: () => analytics.flush(),
      checkAnalytics: lossCheck(analytics),
      close: async () => {
        await Promise.all([cache.close(), analytics.close()]);
        await pool?.close();
        await reads.close();
        await service.close();
      },
    };
  } catch (error) {
    await reads.close();
    await service.close();
    throw error;
  }
}
