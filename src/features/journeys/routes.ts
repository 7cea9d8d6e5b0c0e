import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
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
  /** Answers and records one checked search. */
  search(request: SearchRequest, visitor: Visitor): Promise<SearchResponse>;
  /** What the figures may know of who asks. */
  visitor(c: Context): Promise<Visitor>;
  planB(request: PlanBRequest): Promise<PlanB>;
}

/** Adds `POST /search` and its shareable form, and plan B. */
export function addSearchRoutes(app: OpenAPIHono, services: SearchServices): void {
  app.openapi(post, async (c) =>
    c.json(await services.search(c.req.valid('json'), await services.visitor(c)), 200),
  );
  app.openapi(get, async (c) => {
    const request = readInput(searchRequestSchema, requestOfQuery(c.req.valid('query')));
    return c.json(await services.search(request, await services.visitor(c)), 200);
  });
  app.openapi(breaks, async (c) => c.json(await services.planB(c.req.valid('json')), 200));
}
