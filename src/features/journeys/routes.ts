import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler, TypedResponse } from 'hono';
import { readInput } from '../../errors.ts';
import type { Visitor } from '../analytics/index.ts';
import {
  type PlanB,
  type PlanBRequest,
  planBRequestSchema,
  planBResponseSchema,
  requestOfQuery,
  type SearchRequest,
  searchQuerySchema,
  searchRequestSchema,
  type SearchResponse,
  searchResponseSchema,
} from './contract.ts';
import { KeptSearch } from './keptAnswers.ts';

const example = { origin: 'Noida', destination: 'Bangalore', date: '2026-12-15', passengers: 2 } as const;
const answer = {
  200: {
    description: 'Routes, best first for the preference; none is an answer, not an error',
    content: { 'application/json': { schema: searchResponseSchema } },
  },
};

const post = createRoute({
  method: 'post',
  path: '/api/v1/search',
  summary: 'Search journeys from door to door',
  description:
    'Trains, buses, flights and metros with the ways to and from them. Prices are indicative ranges for the whole party.',
  tags: ['Search'],
  request: {
    body: { required: true, content: { 'application/json': { schema: searchRequestSchema, example } } },
  },
  responses: answer,
});

const get = createRoute({
  method: 'get',
  path: '/api/v1/search',
  summary: 'The same search as a link to share',
  tags: ['Search'],
  request: { query: searchQuerySchema },
  responses: answer,
});

const breaks = createRoute({
  method: 'post',
  path: '/api/v1/plan-b',
  summary: 'What is left when a change breaks, and what it costs',
  description: 'The earliest way on after a missed ride, found by a fresh search from where it was missed.',
  tags: ['Search'],
  request: { body: { required: true, content: { 'application/json': { schema: planBRequestSchema } } } },
  responses: {
    200: { description: 'The way out', content: { 'application/json': { schema: planBResponseSchema } } },
  },
});

export interface SearchServices {
  /** Answers and records one checked search; `text` is what it was read from. */
  search(request: SearchRequest, visitor: Visitor, text: string): Promise<SearchResponse | KeptSearch>;
  /** The answer to a text that was asked already, recorded too; null when it is not at hand. Absent: never. */
  knownSearch?(text: string, visitor: Visitor): SearchResponse | KeptSearch | null;
  /** What the figures may know of who asks. */
  visitor(c: Context): Promise<Visitor>;
  planB(request: PlanBRequest): Promise<PlanB>;
}

/** Adds `POST /search` and its shareable form, and plan B. */
export function addSearchRoutes(app: OpenAPIHono, services: SearchServices): void {
  const found = async (c: Context, request: SearchRequest) =>
    sent(c, await services.search(request, await services.visitor(c), await textOf(c)));
  // Before the request is checked: these words were.
  app.use('/api/v1/search', askedBefore(services));
  app.openapi(post, (c) => found(c, c.req.valid('json')));
  app.openapi(get, (c) => found(c, readInput(searchRequestSchema, requestOfQuery(c.req.valid('query')))));
  app.openapi(breaks, async (c) => c.json(await services.planB(c.req.valid('json')), 200));
}

const askedBefore =
  (services: SearchServices): MiddlewareHandler =>
  async (c, next) => {
    const answer = services.knownSearch?.(await textOf(c), await services.visitor(c));
    return answer ? ((await sent(c, answer)) as unknown as Response) : next();
  };

/** The words of a search; those of a link and of a body are read differently. */
const textOf = async (c: Context): Promise<string> =>
  c.req.method === 'POST' ? `POST ${await c.req.text()}` : c.req.url.slice(c.req.url.indexOf('?'));

const PACKED = { 'content-encoding': 'gzip', vary: 'Accept-Encoding' };

async function sent(
  c: Context,
  answer: SearchResponse | KeptSearch,
): Promise<TypedResponse<SearchResponse, 200, 'json'>> {
  if (!(answer instanceof KeptSearch)) return c.json(answer, 200);
  // Set where answers are packed.
  const packed = c.get('readsGzip') === true;
  const body = packed ? await answer.gzip() : answer.plain();
  const headers = { 'content-type': 'application/json', ...(packed ? PACKED : {}) };
  const response = new Response(body, { headers });
  // Read where headers are added: these need no `Headers`.
  c.set('written' as never, { response, body, headers } as never);
  return response as unknown as TypedResponse<SearchResponse, 200, 'json'>; // that is what was written
}
