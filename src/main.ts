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
import type { ReaderOptions } from './database/readReplica.ts';
import { roleUrl } from './database/roles.ts';
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
import { backupStatus, noteErasure, runBackup } from './features/backup/index.ts';
import { clickTarget, createClick, recordOutcome } from './features/booking/index.ts';
import { searchRequestSchema } from './features/journeys/contract.ts';
import { type NetworkWatch, watchActiveNetwork } from './features/networks/index.ts';
import { operatorServices } from './features/operator/index.ts';
import { unsubscribing } from './features/reminders/index.ts';
import { getCalendarFeed, getSharedTrip } from './features/sharing/index.ts';
import { getTrip } from './features/trips/index.ts';
import { createApp, type HttpServices } from './http/app.ts';
import { LoadGate } from './http/loadGate.ts';
import { openLog } from './http/log.ts';
import { createMetrics, type Metrics } from './http/metrics/metrics.ts';
import type { MetricSources } from './http/metrics/sources.ts';
import { createOperationsApp, type MetricsAccess } from './http/operations.ts';
import { listen } from './http/server.ts';
import { createCallers } from './http/session/callers.ts';
import { sessionCookie } from './http/session/cookies.ts';
import { onlyThisMachine, openSignIn } from './http/session/openSignIn.ts';
import { jobHealth } from './jobs/health.ts';
import { openJobs, type OpenJobsOptions } from './jobs/openJobs.ts';
import { reminderServices } from './jobs/reminderServices.ts';
import { type Application, openApplication } from './application.ts';

export { openApplication, type Application } from './application.ts';

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
};

type Report = (label: string) => void;

/** A supervisor that asks whether requests can be answered waits no longer. */
const READY_MS = 1000;
/** Asked all the time, and files of the page: logged at `debug`. */
const UNREMARKABLE = new Set(['/livez', '/readyz', '/metrics', 'page']);

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
    | 'importMemoryMb'
    | 'mail'
  >,
  log: Pick<Logger, 'error' | 'info' | 'debug'>,
  metrics?: Pick<Metrics, 'request' | 'limited' | 'shed'>,
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
    network: () => application.network(),
    search: (request, visitor, text) => application.searchByText(request, visitor, text),
    knownSearch: (text, visitor) => application.knownSearch(text, visitor),
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
    mails: config.mail !== undefined,
    ...unsubscribing(service, () => authSecret(config)),
    clickTarget: (clickId) => clickTarget(service, clickId),
    recordOutcome: (caller, clickId, didBook) => recordOutcome(service, caller, clickId, didBook),
    operator: operatorServices({
      service,
      app: users,
      nameOf: (id) => application.planner().places.find(id)?.place.name ?? null,
      counts: application.counts,
      memoryMb: config.importMemoryMb,
    }),
    ready: async () => {
      await withinBudget(READY_MS, () => service.query({ name: 'ready', text: 'SELECT 1' }));
    },
    observer: {
      request: ({ requestId, ...request }) => {
        metrics?.request(request);
        const { route, method, status, ms } = request;
        const line = { requestId, route, method, status, ms: Math.round(ms) };
        if (UNREMARKABLE.has(route)) log.debug(line, 'request');
        else log.info(line, 'request');
      },
      limited: (rule, outcome) => metrics?.limited(rule, outcome),
      shed: (reason) => metrics?.shed(reason),
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
  const own = { ...backupJob(config, log), ...(await reminderServices(config)) };
  const jobs = await openJobs({ ownerUrl, service, log, ...own });
  opened.defer(() => jobs.close());
  const kept = opened.move();
  return { names: jobs.names, close: () => kept.disposeAsync() };
}

/** The job that backs up, unless it is switched off, and where it does. */
const backupJob = (
  { dataDir, backup }: Config,
  log: Logger,
): Pick<OpenJobsOptions, 'backup' | 'backupDir'> => ({
  backupDir: backup.dir,
  ...(backup.nightly
    ? {
        backup: async ({ signal }) => {
          const run = await runBackup({ dataDir, backup }, { signal });
          if (!run.encrypted)
            log.warn({ backup: run.id }, 'this backup is NOT ENCRYPTED: set BACKUP_RECIPIENT');
          return run;
        },
      }
    : {}),
});

/** Uses another timetable when one is activated. */
const followTimetable = (
  application: Application,
  config: Config,
  { log, listenUrl }: { log: Logger; listenUrl: string },
): NetworkWatch =>
  watchActiveNetwork(application.service, {
    current: application.network().id,
    onChange: (network) => {
      application.use(network);
      log.info({ network: network.id, name: network.name }, 'timetable changed');
    },
    onError: backgroundFailures(log),
    onRecompile: (message) => log.warn(message),
    memoryMb: config.importMemoryMb,
    listenUrl,
  });

/** DATABASE_READ_URL. */
const replicaOf = ({ replica: { url, maxLagMs } }: Config, log: Logger): Omit<ReaderOptions, 'role'> => ({
  readUrl: url,
  maxLagMs,
  onChange: ({ used, reason }) =>
    used ? log.info('reading from the replica') : log.warn({ reason }, 'not reading from the replica'),
});

const backgroundFailures =
  (log: Logger) =>
  (error: unknown): void =>
    log.error({ err: error }, 'background work failed');

/** What `/metrics` reads. */
const metricSources = (
  config: Config,
  application: Application,
  users: Database,
  underWay: () => number,
): MetricSources => ({
  version: manifest.version,
  network: () => application.network(),
  pools: { users: () => users.pool.counts, service: () => application.service.pool.counts },
  ...application.counts,
  underWay,
  reads: () => application.reads.counts,
  jobs: () => jobHealth(application.service, new Date()),
  ...(config.backup.nightly ? { backups: () => backupStatus(config.backup.dir) } : {}),
});

/** Who may read the metrics on the usual port. */
function metricsAccess(config: Config, metrics: Metrics): MetricsAccess | undefined {
  const { token } = config.metrics;
  if (token !== undefined) return { metrics, token };
  return onlyThisMachine(config) && config.trustedProxies === 0 ? { metrics } : undefined;
}

async function startServing(config: Config, report: Report, print: Report): Promise<Serving> {
  const log = openLog(config.logLevel);
  const onError = backgroundFailures(log);
  await using opened = new AsyncDisposableStack();
  const server = await openDatabase(config, report, opened);
  await seed(server.ownerUrl);
  report('timetable');
  // Requests go through the pooler, if there is one; what needs a session of its own does not.
  const pooled = { ownerUrl: config.pooledUrl ?? server.ownerUrl };
  const application = await openApplication(pooled, onError, {
    searchWorkers: config.searchWorkers,
    secret: await authSecret(config),
    onRecompile: report,
    memoryMb: config.importMemoryMb,
    onStage: (stage, ms) => metrics.stage(stage, ms),
    replica: replicaOf(config, log),
  });
  opened.defer(() => application.close());
  const watch = followTimetable(application, config, {
    log,
    listenUrl: roleUrl(server.ownerUrl, 'rs_service'),
  });
  opened.defer(() => watch.close());
  const users = await connect({ ...pooled, role: 'rs_app' });
  opened.defer(() => users.close());
  const state = { draining: false, underWay: () => 0 };
  const metrics = createMetrics(metricSources(config, application, users, () => state.underWay()));
  const usual = httpServices(application, users, config, log, metrics);
  const ready = async (): Promise<void> => {
    if (state.draining) throw new AppError('DRAINING', 'The server is stopping');
    await usual.ready();
  };
  const gate = new LoadGate().open();
  opened.defer(() => gate.close());
  const services: HttpServices = { ...usual, ready, gate, metrics: metricsAccess(config, metrics) };
  const { service, checkAnalytics } = application;
  const signIn = await openSignIn(config, { service, callers: services.callers, print, onError });
  opened.defer(() => signIn.close());
  const { ownerUrl } = server;
  const own = { ...backupJob(config, log), ...(await reminderServices(config)) };
  const closeJobs = await beginJobs(config, { ownerUrl, service, checkAnalytics, log, ...own });
  opened.defer(closeJobs);
  await listenForMonitors(config, { metrics, ready, log: services.log }, opened);
  const http = await listen(createApp({ ...services, signIn: signIn.services }).fetch, config);
  state.underWay = () => http.underWay();
  // Both take their seconds, together less than a supervisor waits.
  opened.defer(async () => void (await Promise.all([http.close(), closeJobs()])));
  // Disposed of in reverse: first no more requests, at the very end the database.
  const kept = opened.move();
  return {
    url: config.publicUrl ?? `http://${shownHost(config.host)}:${http.port}`,
    networkName: application.network().name,
    close: async () => {
      state.draining = true;
      log.info({ underWay: http.underWay() }, 'stopping');
      if (config.drainSeconds > 0) await sleep(1000 * config.drainSeconds);
      await kept.disposeAsync();
      log.info('stopped');
    },
  };
}

/** Answers how to end them, as often as one likes. */
async function beginJobs(config: Config, options: OpenJobsOptions): Promise<() => Promise<void>> {
  const jobs = config.jobs ? await openJobs(options) : undefined;
  let closed: Promise<void> | undefined;
  return async () => (closed ??= jobs?.close());
}

/** METRICS_PORT. */
async function listenForMonitors(
  { metrics: { port, host } }: Config,
  services: Parameters<typeof createOperationsApp>[0],
  opened: AsyncDisposableStack,
): Promise<void> {
  if (port === undefined) return;
  const http = await listen(createOperationsApp(services).fetch, { port, host });
  opened.defer(() => http.close(0));
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
