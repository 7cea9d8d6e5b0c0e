import type { OpenAPIHono } from '@hono/zod-openapi';
import { priceSchema } from '../features/journeys/contract.ts';
import { errorKinds, type ErrorCode } from '../errors.ts';
import { USER_PATHS } from './middleware/signedInOnly.ts';
import { addExamples } from './openapiExamples.ts';
import { problemSchema } from './problem.ts';
import { problemGuide } from './problemGuide.ts';
import { straightenSchemas } from './straightenSchemas.ts';
import { sessionCookie } from './session/cookies.ts';

export type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
type PathItem = NonNullable<Document['paths']>[string];
export type Operation = NonNullable<PathItem['get']>;
type Responses = NonNullable<Operation['responses']>;

export const operationMethods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type OperationMethod = (typeof operationMethods)[number];

const DESCRIPTION = `Journeys stitched across India's trains, buses, flights, metros, taxis, autos and footpaths. Prices are indicative.

Bodies are JSON. Errors are problems (RFC 9457) with a stable \`code\`. Every answer has an \`X-Request-Id\`. Limits: 60 searches a minute for an address, 300 for a signed-in user, 600 other requests; \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds) say where one stands. What a GET answers has an \`ETag\`: send it as \`If-None-Match\` and get 304 while nothing has changed. Amounts are whole minor units (paise).`;

/** The whole API as an OpenAPI 3.1 document: every operation with its id, its problems, who may call it, examples. */
export function openApiDocument(app: OpenAPIHono, version: string): Document {
  app.openAPIRegistry.register('Problem', problemSchema);
  // By itself first: where it is met first it may be null.
  app.openAPIRegistry.register('Price', priceSchema);
  app.openAPIRegistry.registerComponent('securitySchemes', SESSION, {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie(true).name,
    description: `The cookie of \`/auth/signin\`; on a server without https it is called \`${sessionCookie(false).name}\``,
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'RouteStitch',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
  });
  const used = new Set<number>();
  for (const { path, method, operation } of operationsOf(document)) {
    operation.operationId ??= operationNames[`${method.toUpperCase()} ${path}`] ?? operationId(method, path);
    if (USER_PATHS.test(path)) operation.security ??= [{ [SESSION]: [] }];
    straightenParameters(operation);
    operation.responses = withProblems(path, method, operation, used);
    addExamples(`${method.toUpperCase()} ${path}`, operation);
  }
  straightenSchemas(document.components?.schemas ?? {}, document);
  document.components = {
    ...document.components,
    responses: Object.fromEntries(
      [...used].toSorted((a, b) => a - b).map((status) => [name(status), answer(status)]),
    ),
  };
  return document;
}

const SESSION = 'session';

/** Where the rule below makes a clumsy name. */
const operationNames: Readonly<Record<string, string>> = {
  'GET /api/v1/places': 'suggestPlaces',
  'POST /api/v1/search': 'search',
  'GET /api/v1/search': 'searchByLink',
  'POST /api/v1/plan-b': 'planB',
  'POST /api/v1/hand-offs': 'handOffs',
  'POST /api/v1/booking-plan': 'bookingPlan',
  'POST /api/v1/clicks/{clickId}/outcome': 'recordOutcome',
  'GET /api/v1/data/{table}': 'getDataTable',
  'GET /out/{clickId}': 'followClick',
  'GET /api/v1/shared/{token}': 'getSharedTrip',
  'GET /api/v1/me/sessions': 'getSessions',
  'DELETE /api/v1/me/sessions/{id}': 'deleteSession',
  'GET /auth/session': 'getSession',
  'GET /api/v1/admin/funnel': 'getFunnel',
  'GET /api/v1/admin/funnel.csv': 'getFunnelCsv',
  'GET /api/v1/admin/corridors': 'getCorridors',
  'GET /api/v1/admin/corridors.csv': 'getCorridorsCsv',
  'GET /api/v1/admin/platforms': 'getPlatforms',
  'GET /api/v1/admin/platforms.csv': 'getPlatformsCsv',
  'GET /api/v1/admin/health': 'getHealth',
  'GET /api/v1/admin/networks': 'getNetworks',
  'GET /api/v1/admin/networks.csv': 'getNetworksCsv',
  'GET /api/v1/admin/networks/{id}': 'getNetwork',
  'GET /api/v1/admin/networks/{id}/notices': 'getNotices',
  'GET /api/v1/admin/networks/{id}/notices.csv': 'getNoticesCsv',
  'GET /api/v1/admin/accesses': 'getAccesses',
  'GET /api/v1/admin/accesses.csv': 'getAccessesCsv',
  'POST /api/v1/admin/networks/{id}/activate': 'activateNetwork',
  'POST /api/v1/admin/networks/rollback': 'rollBackNetwork',
  'POST /api/v1/trips/{id}/legs/booking': 'bookLegs',
  'PUT /api/v1/trips/{id}/legs/{legIndex}/booking': 'bookLeg',
  'DELETE /api/v1/trips/{id}/legs/{legIndex}/booking': 'unbookLeg',
  'POST /api/v1/trips/{id}/legs/{legIndex}/replan': 'replanLeg',
  'PUT /api/v1/trips/{id}/route': 'selectRoute',
  'POST /api/v1/trips/{id}/calendar': 'createTripCalendar',
  'GET /api/v1/trips/{id}/calendar.ics': 'getTripCalendar',
  'GET /api/v1/trips/{id}/share': 'getTripShares',
  'POST /api/v1/archived-trips/{id}/restore': 'restoreArchivedTrip',
  'GET /shared/{token}': 'getSharedPage',
  'DELETE /api/v1/me/sessions': 'deleteOtherSessions',
  'POST /auth/magic-link': 'requestSignInLink',
  'POST /auth/signout': 'signOut',
};

/** Every operation of a document with where it is. */
export function operationsOf(
  document: Document,
): { path: string; method: OperationMethod; operation: Operation }[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    operationMethods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

const verbs: Readonly<Record<OperationMethod, string>> = {
  get: 'get',
  post: 'create',
  put: 'put',
  patch: 'change',
  delete: 'delete',
};

/** `changeTrip` of `PATCH /api/v1/trips/{id}`, `createTrip` of `POST /api/v1/trips`, `cancelTrip` of `…/{id}/cancel`. */
function operationId(method: OperationMethod, path: string): string {
  const segments = path
    .replace(/^\/api\/v1/, '')
    .split('/')
    .filter(Boolean);
  const words = segments.flatMap((segment, index) => {
    if (segment.startsWith('{')) return [];
    const one = segments[index + 1]?.startsWith('{') || (method === 'post' && index === segments.length - 1);
    return [capitalised(one ? segment.replace(/s$/, '') : segment)];
  });
  // What is done with one thing: its last word is the verb.
  if (method === 'post' && segments.at(-2)?.startsWith('{')) {
    const verb = words.pop() ?? '';
    return verb.charAt(0).toLowerCase() + verb.slice(1) + words.join('');
  }
  return verbs[method] + words.join('');
}

const capitalised = (segment: string): string =>
  segment
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A number read from a path may be anything before it is read: the generator takes it for null and for absent. */
function straightenParameters(operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    if (!('in' in parameter)) continue;
    if (parameter.in === 'path') parameter.required = true;
    const schema = parameter.schema as { type?: string | string[] } | undefined;
    if (Array.isArray(schema?.type)) {
      const types = schema.type.filter((type) => type !== 'null');
      schema.type = types.length === 1 ? types[0]! : types;
    }
  }
}

const isHealth = (operation: Operation): boolean => operation.tags?.includes('Operations') === true;

/** The statuses of problems that an operation may answer, beside those its route names itself. */
function problemStatuses(path: string, method: OperationMethod, operation: Operation): number[] {
  const api = path.startsWith('/api/');
  const writes = method !== 'get';
  const asks = (operation.parameters?.length ?? 0) > 0 || operation.requestBody !== undefined;
  const signedIn = (operation.security?.length ?? 0) > 0;
  const shut = path === '/metrics';
  const when: [number, boolean][] = [
    [400, asks || api],
    [401, signedIn || shut],
    [403, writes || path.startsWith('/api/v1/admin/')],
    [404, path.includes('{') || shut],
    [409, writes && signedIn],
    [413, writes],
    [415, writes],
    [422, asks],
    [429, !isHealth(operation)],
    [500, true],
    [503, true],
  ];
  return when.filter(([, may]) => may).map(([status]) => status);
}

function withProblems(
  path: string,
  method: OperationMethod,
  operation: Operation,
  used: Set<number>,
): Responses {
  const responses: Responses = { ...operation.responses };
  for (const [status, response] of Object.entries(responses))
    if (Number(status) >= 400 && !('$ref' in response))
      responses[status] = { ...response, content: { ...response.content, ...problemContent } };
  for (const status of problemStatuses(path, method, operation))
    if (!(status in responses)) {
      used.add(status);
      responses[status] = { $ref: `#/components/responses/${name(status)}` };
    }
  const tagged = !isHealth(operation) && path !== '/api/v1/search';
  if (method === 'get' && '200' in responses && tagged)
    responses['304'] = { description: 'What `If-None-Match` names is still what is there' };
  return responses;
}

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};

const name = (status: number): string => `Problem${status}`;

/** All problems of one status. */
function answer(status: number) {
  const codes = (Object.keys(errorKinds) as ErrorCode[]).filter((code) => errorKinds[code].status === status);
  const waits = status === 429;
  return {
    description: codes.map((code) => `\`${code}\`: ${problemGuide[code].meaning}`).join(' '),
    content: problemContent,
    ...(waits
      ? {
          headers: {
            'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' as const } },
          },
        }
      : {}),
  };
}
