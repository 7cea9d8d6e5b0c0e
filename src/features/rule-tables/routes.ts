import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ruleTable, ruleTableSummaries } from './aboutData.ts';
import { aboutDataSchema, ruleTableSchema } from './contract.ts';

const tags = ['Data'];

const list = createRoute({
  method: 'get',
  path: '/api/v1/data',
  summary: 'The tables behind every figure',
  tags,
  responses: {
    200: { description: 'Rule tables', content: { 'application/json': { schema: aboutDataSchema } } },
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/data/{table}',
  summary: 'One table, row by row, with source, dates and certainty',
  tags,
  request: { params: z.object({ table: z.string().min(1).max(64).openapi({ example: 'metro-fares' }) }) },
  responses: {
    200: { description: 'The table', content: { 'application/json': { schema: ruleTableSchema } } },
  },
});

/** Adds the pages about the data. */
export function addDataRoutes(app: OpenAPIHono): void {
  const cache = { 'Cache-Control': 'public, max-age=300' };
  app.openapi(list, (c) => c.json({ tables: ruleTableSummaries() }, 200, cache));
  app.openapi(one, (c) => c.json(ruleTable(c.req.valid('param').table), 200, cache));
}
