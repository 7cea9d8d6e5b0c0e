import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
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

/** Adds `POST /search` and its shareable form. `search` answers one checked request. */
export function addSearchRoutes(
  app: OpenAPIHono,
  search: (request: SearchRequest) => Promise<SearchResponse>,
): void {
  app.openapi(post, async (c) => c.json(await search(c.req.valid('json')), 200));
  app.openapi(get, async (c) => {
    const request = searchRequestSchema.parse(requestOfQuery(c.req.valid('query')));
    return c.json(await search(request), 200);
  });
}
