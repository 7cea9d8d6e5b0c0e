import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Queryable } from '../database/connect.ts';
import type { Callers } from '../features/accounts/index.ts';
import { type AccountServices, addAccountRoutes } from '../features/accounts/routes.ts';
import { addBookingRoutes, type BookingServices } from '../features/booking/routes.ts';
import { addSearchRoutes, type SearchServices } from '../features/journeys/routes.ts';
import { addArchiveRoutes } from '../features/maintenance/routes.ts';
import type { Timetable } from '../features/rule-tables/contract.ts';
import { addDataRoutes } from '../features/rule-tables/routes.ts';
import { addOperatorRoutes, type OperatorRoutes } from '../features/operator/routes.ts';
import { addPlaceRoutes } from '../features/places/routes.ts';
import type { PlaceIndex } from '../features/places/index.ts';
import { addReminderRoutes, type ReminderServices } from '../features/reminders/routes.ts';
import { addSavedRouteRoutes } from '../features/saved-routes/routes.ts';
import { addSearchPage, searchFault } from '../features/search-page/routes.ts';
import { addSharingRoutes, type SharingServices } from '../features/sharing/routes.ts';
import { addTripRoutes, type TripServices } from '../features/trips/routes.ts';
import { addHealthRoutes } from './health.ts';
import type { Metrics } from './metrics/metrics.ts';
import { observeRequests, type RequestObserver } from './middleware/observeRequests.ts';
import type { LoadGate } from './loadGate.ts';
import { shedLoad } from './middleware/shedLoad.ts';
import { addMetricsRoute, type MetricsAccess } from './operations.ts';
import { around, type Layer } from './middleware/around.ts';
import { crossOrigin } from './middleware/crossOrigin.ts';
import { withDeadline } from './middleware/deadline.ts';
import { jsonBodies, storableAddress } from './middleware/jsonBodies.ts';
import { privateAnswers } from './middleware/privateAnswers.ts';
import { rateLimits } from './middleware/rateLimits.ts';
import { representation } from './middleware/representation.ts';
import { requestIds } from './middleware/requestIds.ts';
import { securityHeaders } from './middleware/securityHeaders.ts';
import { signedInOnly } from './middleware/signedInOnly.ts';
import { withDatabaseBudget } from './middleware/databaseBudget.ts';
import { addDocumentation, addPage } from './page.ts';
import {
  asAppError,
  detailOf,
  type FailureLog,
  invalidRequest,
  problemResponse,
  requestIdOf,
} from './problem.ts';
import { refuseForeignWrites } from './session/csrf.ts';
import { addSessionRoutes } from './session/sessionRoutes.ts';
import { addSignInRoutes, type SignInServices } from './session/signInRoutes.ts';
import { StaticFiles } from './staticFiles.ts';
import { visitorOf } from './visitor.ts';

/** What the HTTP side needs of the rest; `main.ts` wires it. */
export interface HttpServices
  extends
    AccountServices,
    BookingServices,
    OperatorRoutes,
    Omit<SearchServices, 'visitor'>,
    ReminderServices,
    SharingServices,
    TripServices {
  readonly version: string;
  readonly publicUrl?: string | undefined;
  /** Whether the user agrees that searches and clicks are kept under their name. */
  consented(userId: string): Promise<boolean>;
  /** Who asks. */
  readonly callers: Callers;
  /** Places of the active network. Throws `NO_ACTIVE_NETWORK`. */
  places(): PlaceIndex;
  /** The active network. */
  network(): Timetable;
  /** Resolves when requests can be answered; rejects with the reason otherwise. */
  ready(): Promise<void>;
  readonly log: FailureLog;
  /** How people sign in; absent: nobody can. */
  readonly signIn?: SignInServices;
  /** Where requests are counted; absent: nowhere, as where the routes are only described. */
  readonly limits?: Queryable;
  /** Proxies in front whose X-Forwarded-For and X-Request-Id are believed; default: none. */
  readonly trustedProxies?: number;
  /** Origins whose pages may call the API; default: none. */
  readonly corsOrigins?: readonly string[];
  /** Longest wait for an answer; default: 30 s. */
  readonly deadlineMs?: number;
  readonly staticFiles?: StaticFiles;
  /** Who is told of every request; absent: nobody. */
  readonly observer?: RequestObserver & Pick<Metrics, 'limited' | 'shed'>;
  /** Lets requests in or refuses them; absent: all are let in. */
  readonly gate?: LoadGate;
  /** Who may read the metrics, absent: nobody here. */
  readonly metrics?: MetricsAccess | undefined;
}

const API = /^\/api(\/|$)/;
/** What else is computed for the one who asks, in contrast to files that are the same for all. */
const COMPUTED = /^\/(auth|out|search|shared|calendar|unsubscribe)(\/|$)/;
const DEADLINE_MS = 30_000;

/** The whole HTTP application: API, documentation, health and the page. */
export function createApp(services: HttpServices): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
  app.onError((error, c) => failure(c, error, services.log));
  if (services.observer) app.use('*', observeRequests(services.observer));
  addMiddleware(app, services);
  addHealthRoutes(app, () => services.ready());
  addMetricsRoute(app, services.metrics);
  addPlaceRoutes(app, () => services.places());
  addSearchRoutes(app, { ...services, visitor: (c) => visitorOf(c, services) });
  addSearchPage(app, { ...services, visitor: (c) => visitorOf(c, services) });
  addBookingRoutes(app, services);
  addDataRoutes(app, () => services.network());
  addTripRoutes(app, services);
  addArchiveRoutes(app, services);
  addSavedRouteRoutes(app, services);
  addSharingRoutes(app, services);
  addSessionRoutes(app, services.callers);
  addAccountRoutes(app, services);
  addOperatorRoutes(app, services);
  addReminderRoutes(app, services);
  if (services.signIn) addSignInRoutes(app, services.signIn);
  addDocumentation(app, services.version);
  addPage(app, services.staticFiles ?? new StaticFiles());
  return app;
}

/** A problem for programs; the search without a script answers with its page. */
function failure(c: Context, thrown: unknown, log: FailureLog): Response {
  const response = problemResponse(c, thrown, log);
  const error = asAppError(thrown);
  const told = { response, requestId: requestIdOf(c), detail: detailOf(error) };
  return searchFault(c, error, told) ?? response;
}

/**
 * In this order: every answer has an id and the security headers, no page of another site writes; other origins get
 * what they are granted; of what is computed nothing private is kept, and everything counted, tagged and packed; what
 * belongs to users is shut to others, and a body is read when it is JSON. Nobody waits for ever.
 */
function addMiddleware(app: OpenAPIHono, services: HttpServices): void {
  const { publicUrl, callers, limits, trustedProxies = 0, log, deadlineMs = DEADLINE_MS } = services;
  const onError = (error: unknown): void => log({ error, code: 'DATABASE', report: true, requestId: '' });
  const onCounted: Metrics['limited'] = (rule, outcome) => services.observer?.limited(rule, outcome);
  const forAll: Layer[] = [
    requestIds(trustedProxies),
    securityHeaders(publicUrl),
    refuseForeignWrites({ publicUrl, allowedOrigins: services.corsOrigins ?? [] }),
  ];
  const onShed: Metrics['shed'] = (reason) => services.observer?.shed(reason);
  const forComputed: Layer[] = [
    ...(services.gate ? [shedLoad(services.gate, onShed)] : []),
    privateAnswers,
    ...(limits ? [rateLimits({ database: limits, callers, trustedProxies, onError, onCounted })] : []),
    representation,
    storableAddress,
  ];
  const forApi: Layer[] = [
    crossOrigin(services.corsOrigins ?? []),
    ...forComputed,
    signedInOnly(callers),
    jsonBodies(),
  ];
  const layers = { page: forAll, computed: [...forAll, ...forComputed], api: [...forAll, ...forApi] };
  app.use(
    '*',
    around({
      layers: ({ path }) => layers[API.test(path) ? 'api' : COMPUTED.test(path) ? 'computed' : 'page'],
      within: (c, work) => withDeadline(deadlineMs, () => withDatabaseBudget(c, work)),
      failed: (c, thrown) => failure(c, thrown, log),
    }),
  );
}
