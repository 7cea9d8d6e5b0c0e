/** Composition root: the only place where the parts are wired together. */
import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import './cli/node22.ts';
import { type JobsProcess, jobsCommand } from './cli/jobs.ts';
import { commands } from './cli/registry.ts';
import { type CommandEntry, runCommandLine } from './cli/run.ts';
import { searchCommand, type SearchProgram } from './cli/search.ts';
import { serveCommand, type Serving } from './cli/serve.ts';
import type { Config } from './config.ts';
import { connect, type Database } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { seed } from './database/seed.ts';
import { openServer, type Server } from './database/server.ts';
import { withinBudget } from './database/waitBudget.ts';
import { AppError, readInput } from './errors.ts';
import {
  authSecret,
  eraseUser,
  exportUser,
  hasAnalyticsConsent,
  updateProfile,
} from './features/accounts/index.ts';
import {
  AnalyticsWriter,
  lossCheck,
  trackClickedRoute,
  trackSearchQuery,
  type Visitor,
} from './features/analytics/index.ts';
import { noteErasure, runBackup } from './features/backup/index.ts';
import { type ClickServices, clickTarget, createClick, recordOutcome } from './features/booking/index.ts';
import {
  type PlanB,
  type PlanBRequest,
  type SearchRequest,
  searchRequestSchema,
  type SearchResponse,
} from './features/journeys/contract.ts';
import {
  computeAnswer,
  createPlanner,
  planB,
  type Planner,
  replanRide,
  RouteCache,
  type SearchCall,
  searchJourneys,
  SearchPool,
} from './features/journeys/index.ts';
import {
  type ActiveNetwork,
  ensureSampleNetwork,
  loadActiveNetwork,
  sweepTemporaryFolders,
  watchActiveNetwork,
} from './features/networks/index.ts';
import type { Location } from './features/places/contract.ts';
import { areaOf, PlaceIndex, publicPlace, readGazetteer, resolvePlace } from './features/places/index.ts';
import { getCalendarFeed, getSharedTrip } from './features/sharing/index.ts';
import { getTrip, type ReplanServices } from './features/trips/index.ts';
import { createApp, type HttpServices } from './http/app.ts';
import { openLog } from './http/log.ts';
import { listen } from './http/server.ts';
import { createCallers } from './http/session/callers.ts';
import { sessionCookie } from './http/session/cookies.ts';
import { openSignIn } from './http/session/openSignIn.ts';
import { openJobs, type OpenJobsOptions } from './jobs/openJobs.ts';
import type { SearchId } from './units/ids.ts';
import { newId } from './units/ids.ts';
import { epochMinuteOf, wallClockAt } from './units/time.ts';

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
};

type Report = (label: string) => void;

/** The product without its faces: database, active network, search. */
export interface Application {
  readonly service: Database;
  planner(): Planner;
  /** Feeds of the active network. */
  feeds(): ActiveNetwork['feeds'];
  /** `visitor`: what the figures may know of who asks; default: nothing. */
  search(request: SearchRequest, visitor?: Visitor): Promise<SearchResponse>;
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

/** A supervisor that asks whether requests can be answered waits no longer. */
const READY_MS = 1000;

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
    ...load
  }: { searchWorkers?: number; secret?: string; onRecompile?: Report; memoryMb?: number } = {},
): Promise<Application> {
  const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service' });
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
    const active = await loadActiveNetwork(service, load);
    let { feeds } = active;
    let planner = plannerFor(active);
    const analytics = new AnalyticsWriter(service, { onError, secret });
    const cache = new RouteCache(service, { onError });
    const pool = searchWorkers > 0 ? new SearchPool({ workers: searchWorkers, onError }) : null;
    const compute: SearchCall['compute'] = pool
      ? (asked, question) => pool.compute(asked, question)
      : async (asked, question) => computeAnswer(asked, question, ALONE_DEADLINE_MS);
    const answer = (request: SearchRequest, searchId = newId<SearchId>()): Promise<SearchResponse> =>
      searchJourneys(planner, request, { searchId, now: Date.now(), cache, compute });
    const placeId = (stopId: string): string | null => {
      const stop = planner.image.findStop(stopId);
      return (stop !== undefined && planner.places.placeOfStop(stop)?.place.id) || null;
    };
    const prepare = (): void => void pool?.prepare(planner).catch(onError);
    prepare();
    return {
      service,
      planner: () => planner,
      feeds: () => feeds,
      use: (network) => {
        ({ feeds } = network);
        planner = plannerFor(network);
        prepare();
      },
      search: async (request, visitor = {}) => {
        const searchId = newId<SearchId>();
        const { places } = planner;
        const response = await answer(request, searchId);
        const told = (place: string | Location): Location =>
          publicPlace(places, typeof place === 'string' ? resolvePlace(places, place, '').location : place);
        trackSearchQuery(analytics, {
          ...visitor,
          id: searchId,
          origin: told(response.origin),
          destination: told(response.destination),
          stops: request.stops?.map(({ place, ...stop }) => ({ ...stop, place: told(place) })) ?? null,
          date: response.date,
          passengers: request.passengers,
          preference: request.preference,
          routesFound: response.routes.length,
          corridor: { from: areaOf(places, response.origin), to: areaOf(places, response.destination) },
        });
        return response;
      },
      planB: (request) => planB(request, { search: answer, placeId }),
      replanRide: (request) => replanRide(request, { search: answer, placeId }),
      clicked: (userId, click) => trackClickedRoute(analytics, userId, click),
      flush: () => analytics.flush(),
      checkAnalytics: lossCheck(analytics),
      close: async () => {
        await Promise.all([cache.close(), analytics.close()]);
        await pool?.close();
        await service.close();
      },
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}

/** Starts or joins the database and brings it up to date; given up when `opened` is disposed of. */
async function openDatabase(config: Config, report: Report, opened: AsyncDisposableStack): Promise<Server> {
  report('database');
  const server = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  opened.defer(() => server.release());
  report('schema');
  await migrate(server.ownerUrl);
  return server;
}

async function openSearch(config: Config, report: Report): Promise<SearchProgram> {
  await using opened = new AsyncDisposableStack();
  const server = await openDatabase(config, report, opened);
  report('timetable');
  const application = await openApplication(server, () => undefined, {
    onRecompile: report,
    memoryMb: config.importMemoryMb,
  });
  opened.defer(() => application.close());
  const kept = opened.move();
  return {
    search: async (request) => application.search(readInput(searchRequestSchema, request)),
    close: () => kept.disposeAsync(),
  };
}

/** What the HTTP side is given. `users`: a connection as rs_app. */
export function httpServices(
  application: Application,
  users: Database,
  config: Pick<
    Config,
    | 'publicUrl'
    | 'adminEmails'
    | 'sessionLimits'
    | 'trustedProxies'
    | 'corsOrigins'
    | 'authSecret'
    | 'dataDir'
    | 'backup'
  >,
  log: Pick<Logger, 'error' | 'debug'>,
): HttpServices {
  const { service } = application;
  const consented = (userId: string) => hasAnalyticsConsent(service, userId);
  return {
    version: manifest.version,
    publicUrl: config.publicUrl,
    limits: service,
    trustedProxies: config.trustedProxies,
    corsOrigins: config.corsOrigins,
    callers: createCallers({
      service,
      app: users,
      cookie: sessionCookie(config.publicUrl?.startsWith('https:') ?? false),
      limits: config.sessionLimits,
      adminEmails: config.adminEmails,
    }),
    places: () => application.planner().places,
    feeds: () => application.feeds(),
    search: (request, visitor) => application.search(request, visitor),
    planB: (request) => application.planB(request),
    replanRide: (request) => application.replanRide(request),
    now: () => Date.now(),
    sharedTrip: (token) => getSharedTrip({ service, app: users }, token),
    calendarFeed: (token) => getCalendarFeed({ service, app: users }, token),
    createClick: (caller, request) =>
      createClick(
        {
          service,
          clicked: application.clicked,
          consented,
          checkTrip: async (own, tripId) => void (await getTrip(own, tripId)),
        },
        caller,
        request,
      ),
    consented,
    updateProfile: (caller, change) => updateProfile(caller, service, change),
    exportUser: async (userId) => {
      await application.flush();
      return exportUser(service, userId, new Date());
    },
    eraseUser: async (userId) => {
      await application.flush(); // a search of a moment ago
      const erased = await eraseUser(service, userId, await authSecret(config));
      // The user is gone; the next backup takes note of what could not be noted now.
      await noteErasure(config.backup.dir, userId).catch((error: unknown) =>
        log.error({ err: error }, 'an erasure could not be noted beside the backups'),
      );
      return erased;
    },
    clickTarget: (clickId) => clickTarget(service, clickId),
    recordOutcome: (caller, clickId, didBook) => recordOutcome(service, caller, clickId, didBook),
    ready: async () => {
      await withinBudget(READY_MS, () => service.query({ name: 'ready', text: 'SELECT 1' }));
    },
    log: ({ error, code, report, requestId }) => {
      if (report) log.error({ err: error, code, requestId }, 'request failed');
      else log.debug({ code, requestId }, 'request refused');
    },
  };
}

/** `routestitch jobs run`: the jobs and nothing else. */
async function startJobsProcess(config: Config, report: Report): Promise<JobsProcess> {
  await using opened = new AsyncDisposableStack();
  const { ownerUrl } = await openDatabase(config, report, opened);
  const service = await connect({ ownerUrl, role: 'rs_service' });
  opened.defer(() => service.close());
  const log = openLog(config.logLevel);
  const jobs = await openJobs({ ownerUrl, service, log, ...nightlyBackup(config, log) });
  opened.defer(() => jobs.close());
  const kept = opened.move();
  return { names: jobs.names, close: () => kept.disposeAsync() };
}

/** The job that backs up, unless it is switched off. */
const nightlyBackup = ({ dataDir, backup }: Config, log: Logger): Pick<OpenJobsOptions, 'backup'> =>
  backup.nightly
    ? {
        backup: async ({ signal }) => {
          const run = await runBackup({ dataDir, backup }, { signal });
          if (!run.encrypted)
            log.warn({ backup: run.id }, 'this backup is NOT ENCRYPTED: set BACKUP_RECIPIENT');
          return run;
        },
      }
    : {};

async function startServing(config: Config, report: Report, print: Report): Promise<Serving> {
  const log = openLog(config.logLevel);
  const onError = (error: unknown): void => log.error({ err: error }, 'background work failed');
  await using opened = new AsyncDisposableStack();
  const server = await openDatabase(config, report, opened);
  await seed(server.ownerUrl);
  report('timetable');
  const { searchWorkers, importMemoryMb: memoryMb } = config;
  const application = await openApplication(server, onError, {
    searchWorkers,
    secret: await authSecret(config),
    onRecompile: report,
    memoryMb,
  });
  opened.defer(() => application.close());
  const watch = watchActiveNetwork(application.service, {
    current: application.planner().network.id,
    onChange: (network) => {
      application.use(network);
      log.info({ network: network.id, name: network.name }, 'timetable changed');
    },
    onError,
    onRecompile: (message) => log.warn(message),
    memoryMb,
  });
  opened.defer(() => watch.close());
  const users = await connect({ ownerUrl: server.ownerUrl, role: 'rs_app' });
  opened.defer(() => users.close());
  let draining = false;
  const usual = httpServices(application, users, config, log);
  const services: HttpServices = {
    ...usual,
    ready: async () => {
      if (draining) throw new AppError('DRAINING', 'The server is stopping');
      await usual.ready();
    },
  };
  const { callers } = services;
  const signIn = await openSignIn(config, { service: application.service, callers, print, onError });
  opened.defer(() => signIn.close());
  const { service, checkAnalytics } = application;
  const jobs = config.jobs
    ? await openJobs({
        ownerUrl: server.ownerUrl,
        service,
        checkAnalytics,
        log,
        ...nightlyBackup(config, log),
      })
    : undefined;
  let jobsClosed: Promise<void> | undefined;
  const closeJobs = async (): Promise<void> => (jobsClosed ??= jobs?.close());
  opened.defer(closeJobs);
  const app = createApp({ ...services, signIn: signIn.services });
  const http = await listen(app.fetch, config);
  // Both take their seconds, together less than a supervisor waits.
  opened.defer(async () => void (await Promise.all([http.close(), closeJobs()])));
  // Disposed of in reverse: first no more requests, at the very end the database.
  const kept = opened.move();
  return {
    url: config.publicUrl ?? `http://${shownHost(config.host)}:${http.port}`,
    networkName: application.planner().network.name,
    close: async () => {
      draining = true;
      log.info({ underWay: http.underWay() }, 'stopping');
      if (config.drainSeconds > 0) await sleep(1000 * config.drainSeconds);
      await kept.disposeAsync();
      log.info('stopped');
    },
  };
}

/** What to type into a browser on this machine. */
const shownHost = (host: string): string =>
  ['0.0.0.0', '127.0.0.1', '::', '::1'].includes(host) ? 'localhost' : isIPv6(host) ? `[${host}]` : host;

const entries: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'Start the database, the API and the page',
    load: async () => serveCommand(startServing),
  },
  {
    name: 'search',
    summary: 'Search journeys from door to door on the active timetable',
    load: async () => searchCommand(openSearch),
  },
  {
    name: 'jobs',
    summary: 'Run the jobs in a process of their own; how they go',
    load: async () => jobsCommand(startJobsProcess),
  },
  ...commands,
];

// Node 22, on which the package runs too, does not say it.
const isProgram = (import.meta.main as boolean | undefined) ?? process.argv[1] === import.meta.filename;

if (isProgram) {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.exitCode = await runCommandLine(process.argv.slice(2), entries, { version: manifest.version });
}
