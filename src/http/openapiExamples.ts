import { exampleRoute } from './exampleRoute.ts';
import type { Operation } from './openapi.ts';

interface Example {
  readonly body?: unknown;
  /** By the name of the parameter. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const [firstLeg] = exampleRoute.legs;
const { mode, from, to, departure, arrival, line, run } = firstLeg!;
const shimla = { id: 'city:shimla', name: 'Shimla', city: 'Shimla', lat: 31.1048, lng: 77.1734 };
const rishikesh = { id: 'city:rishikesh', name: 'Rishikesh', city: 'Rishikesh', lat: 30.0869, lng: 78.2676 };

const period = { since: '2026-11-01', until: '2026-11-30', zone: 'Asia/Kolkata' };

/** What to send, for operations whose routes give no example themselves. `test/http/examples.test.ts` sends it. */
const examples: Readonly<Record<string, Example>> = {
  'GET /api/v1/places': { parameters: { q: 'Bombay' } },
  'GET /api/v1/places/names': { parameters: { language: 'hi' } },
  'GET /api/v1/search': { parameters: { origin: 'Noida', destination: 'Bangalore', passengers: '2' } },
  'POST /api/v1/search': { body: { origin: 'Noida', destination: 'Bangalore', passengers: 2 } },
  'POST /api/v1/plan-b': { body: { route: exampleRoute, toLeg: 1 } },
  'POST /api/v1/hand-offs': { body: { leg: { mode, from, to, departure, arrival, line, run } } },
  'POST /api/v1/booking-plan': {
    body: { legs: [{ legIndex: 0, leg: { mode, from, to, departure, arrival, line, run } }], passengers: 2 },
  },
  'POST /api/v1/clicks': { body: { route: exampleRoute, legIndex: 0, platform: 'redbus' } },
  'POST /api/v1/clicks/{clickId}/outcome': { body: { didBook: true } },
  'POST /api/v1/trips': {
    body: { origin: shimla, destination: rishikesh, date: '2026-12-15', selectedRoute: exampleRoute },
  },
  'GET /api/v1/trips': { parameters: { limit: 20, status: 'PLANNED,IN_PROGRESS' } },
  'PATCH /api/v1/trips/{id}': { body: { passengers: 2 } },
  'PUT /api/v1/trips/{id}/route': { body: exampleRoute },
  'PUT /api/v1/trips/{id}/legs/{legIndex}/booking': {
    body: { platform: 'redBus', bookingRef: 'TS1234567', cost: 33_500, fareClass: 'Sleeper' },
    parameters: { legIndex: 0 },
  },
  'DELETE /api/v1/trips/{id}/legs/{legIndex}/booking': { parameters: { legIndex: 0 } },
  'POST /api/v1/trips/{id}/legs/booking': { body: { platform: 'redBus', legIndexes: [0, 1] } },
  'POST /api/v1/trips/{id}/legs/{legIndex}/replan': {
    body: { direction: 'earlier' },
    parameters: { legIndex: 0 },
  },
  'POST /api/v1/trips/{id}/share': { body: { showName: false } },
  'POST /api/v1/saved-routes': {
    body: { name: 'To the river', origin: shimla, destination: rishikesh, route: exampleRoute },
  },
  'PATCH /api/v1/saved-routes/{id}': { body: { name: 'To the river by night' } },
  'GET /api/v1/admin/funnel': { parameters: period },
  'GET /api/v1/admin/funnel.csv': { parameters: period },
  'GET /api/v1/admin/corridors': { parameters: { ...period, minVisits: 5, limit: 20 } },
  'GET /api/v1/admin/corridors.csv': { parameters: period },
  'GET /api/v1/admin/platforms': { parameters: period },
  'GET /api/v1/admin/platforms.csv': { parameters: period },
  'GET /api/v1/admin/networks/{id}': { parameters: { id: 'active' } },
  'GET /api/v1/admin/networks/{id}/notices': {
    parameters: { id: 'active', severity: 'WARNING', file: 'stops.txt', limit: 20 },
  },
  'GET /api/v1/admin/networks/{id}/notices.csv': { parameters: { id: 'active' } },
  'GET /api/v1/admin/accesses': { parameters: { kind: 'CHANGE', limit: 20 } },
  'POST /api/v1/admin/networks/{id}/activate': { body: {} },
  'POST /api/v1/admin/networks/rollback': { body: { from: 'cmi3k2p9q0001l8f4h2x7b9zd' } },
  'POST /auth/magic-link': { body: { email: 'asha@example.org' } },
};

/** Adds the examples of one operation, `GET /api/v1/search`, where its route has none. */
export function addExamples(key: string, operation: Operation): void {
  const { body, parameters = {} } = examples[key] ?? {};
  const { requestBody } = operation;
  if (body !== undefined && requestBody && 'content' in requestBody) {
    const content = requestBody.content['application/json'];
    if (content) content.example = body;
  }
  for (const parameter of operation.parameters ?? [])
    if ('name' in parameter && parameters[parameter.name] !== undefined)
      parameter.example = parameters[parameter.name];
}
