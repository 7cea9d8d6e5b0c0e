import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ruleTable, ruleTableSummaries } from './aboutData.ts';
import { type AboutData, aboutDataSchema, ruleTableSchema, type Timetable } from './contract.ts';

const tags = ['Data'];

const list = createRoute({
  method: 'get',
  path: '/api/v1/data',
  summary: 'The tables behind every figure, and the timetables in use',
  tags,
  responses: {
    200: {
      description: 'Rule tables and feeds',
      content: { 'application/json': { schema: aboutDataSchema } },
    },
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

/** Adds the pages about the data. `timetable`: the one that is active now. */
export function addDataRoutes(app: OpenAPIHono, timetable: () => Timetable): void {
  const cache = { 'Cache-Control': 'public, max-age=300' };
  app.openapi(list, (c) => c.json(aboutData(timetable()), 200, cache));
  app.openapi(one, (c) => c.json(ruleTable(c.req.valid('param').table), 200, cache));
}

/** A network keeps more about a feed than is anybody's business. */
const aboutData = (network: Timetable): AboutData =>
  aboutDataSchema.parse({ tables: ruleTableSummaries(), network, feeds: network.feeds });
