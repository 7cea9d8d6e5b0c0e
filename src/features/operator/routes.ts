import { createRoute, type OpenAPIHono, type RouteHandler, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Callers } from '../accounts/contract.ts';
import {
  corridorsQuerySchema,
  corridorsSchema,
  funnelSchema,
  periodQuerySchema,
  platformsSchema,
} from '../analytics/contract.ts';
import {
  networkReferenceSchema,
  networkSchema,
  noticePageSchema,
  noticeQuerySchema,
} from '../networks/contract.ts';
import {
  accessPageSchema,
  accessQuerySchema,
  activationSchema,
  networkDetailSchema,
  networksSchema,
  operatorHealthSchema,
  rollbackSchema,
} from './contract.ts';
import type { Asker, OperatorServices } from './services.ts';
import { accessesCsv, corridorsCsv, funnelCsv, networksCsv, noticesCsv, platformsCsv } from './tables.ts';

const tags = ['Operator'];
const security = [{ session: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const params = z.object({ id: networkReferenceSchema });
const at = (path: string): string => `/api/v1/admin/${path}`;
/** Nobody keeps it, and a changed figure is seen. */
const noStore = { 'Cache-Control': 'no-store' };

export interface OperatorRoutes {
  readonly callers: Pick<Callers, 'admin' | 'recentAdmin'>;
  readonly operator: OperatorServices;
}

/** What can be read as JSON and as CSV. */
interface Table<Query extends z.ZodObject, Answer> {
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly query: Query;
  readonly schema: z.ZodType<Answer>;
  /** `most`: rows of a file, where the answer has pages. `id`: of the path. */
  readonly read: (query: z.output<Query>, id: string, most?: number) => Promise<Answer>;
  readonly csv: (answer: Answer) => string;
}

/** Rows of a file; where there are more, the header `Link` says where they are. */
const FILE_ROWS = 10_000;
const CSV_DESCRIPTION = `RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to ${FILE_ROWS} rows; \`Link: rel="next"\` leads to the rest. The export is noted.`;

/** Adds the operator's figures, timetables and log, each also as CSV, and what changes timetables. */
export function addOperatorRoutes(app: OpenAPIHono, services: OperatorRoutes): void {
  const { operator } = services;
  const add = <Query extends z.ZodObject, Answer>(table: Table<Query, Answer>): void =>
    addTable(app, services, table);
  add({
    path: 'funnel',
    summary: 'Searches by day, and what became of them',
    query: periodQuerySchema,
    schema: funnelSchema,
    read: (query) => operator.funnel(query),
    csv: funnelCsv,
  });
  add({
    path: 'corridors',
    summary: 'From where to where people search',
    description:
      'Corridors of few visits are counted together, and few clicks are not told: nobody is found in them.',
    query: corridorsQuerySchema,
    schema: corridorsSchema,
    read: (query) => operator.corridors(query),
    csv: corridorsCsv,
  });
  add({
    path: 'platforms',
    summary: 'Clicks by platform, and how many led to a booking',
    query: periodQuerySchema,
    schema: platformsSchema,
    read: (query) => operator.platforms(query),
    csv: platformsCsv,
  });
  add({
    path: 'networks',
    summary: 'The stored timetables',
    query: z.object({}),
    schema: networksSchema,
    read: async () => ({ networks: await operator.networks() }),
    csv: networksCsv,
  });
  add({
    path: 'networks/{id}/notices',
    summary: 'What was found in the feeds of a timetable',
    query: noticeQuerySchema,
    schema: noticePageSchema,
    read: (query, id, most) => operator.notices(id, query, most),
    csv: noticesCsv,
  });
  add({
    path: 'accesses',
    summary: 'What administrators changed and took out',
    query: accessQuerySchema,
    schema: accessPageSchema,
    read: (query, _, most) => operator.accesses(query, most),
    csv: accessesCsv,
  });
  addNetworkRoutes(app, services);
}

function addTable<Query extends z.ZodObject, Answer>(
  app: OpenAPIHono,
  { callers, operator }: OperatorRoutes,
  { path, summary, description, query, schema, read, csv }: Table<Query, Answer>,
): void {
  const withId = path.includes('{id}');
  const about = { method: 'get', tags, security } as const;
  const request = { query, ...(withId ? { params } : {}) };
  const asked = (c: Context): [query: z.output<Query>, id: string] => [
    c.req.valid('query' as never),
    withId ? (c.req.valid('param' as never) as z.output<typeof params>).id : '',
  ];
  const plain = createRoute({
    ...about,
    path: at(path),
    summary,
    ...(description === undefined ? {} : { description }),
    request,
    responses: { 200: { description: summary, content: json(schema) } },
  });
  app.openapi(plain, (async (c: Context) => {
    await callers.admin(c.req.raw);
    return c.json(await read(...asked(c)), 200, noStore);
  }) as unknown as RouteHandler<typeof plain>);
  const { shape } = query;
  const file = createRoute({
    ...about,
    path: `${at(path)}.csv`,
    summary: `${summary}, as CSV`,
    description: CSV_DESCRIPTION,
    // A file has no pages, but its rows may go on in the next.
    request: { ...request, query: 'cursor' in shape ? query.omit({ limit: true }) : query },
    responses: { 200: { description: 'A file', content: { 'text/csv': { schema: z.string() } } } },
  });
  app.openapi(file, async (c: Context) => {
    const { userId } = await callers.admin(c.req.raw);
    const [given, id] = asked(c);
    await operator.noteExport(askerOf(c, userId), { query: given });
    const answer = await read(given, id, 'cursor' in shape ? FILE_ROWS : undefined);
    return c.body(csv(answer), 200, { ...fileHeaders(c, path, answer as object), ...noStore });
  });
}

/** How the log knows who asked. */
const askerOf = (c: Context, userId: string): Asker => ({
  userId,
  path: c.req.path,
  requestId: (c.get('requestId') as string | undefined) ?? null,
});

interface Told {
  readonly period?: { readonly since: string; readonly until: string };
  readonly nextCursor?: string | null;
}

/** What the file is called, and where its rows go on. */
function fileHeaders(c: Context, path: string, { period, nextCursor }: Told): Record<string, string> {
  const dates = period ? [period.since, period.until] : [];
  const name = ['routestitch', path.split('/').at(-1)!, ...dates].join('-');
  const next = new URL(c.req.url);
  if (nextCursor) next.searchParams.set('cursor', nextCursor);
  return {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
    ...(nextCursor ? { Link: `<${next.pathname}${next.search}>; rel="next"` } : {}),
  };
}

const health = createRoute({
  method: 'get',
  path: at('health'),
  summary: 'How caches, limits and database are',
  tags,
  security,
  responses: { 200: { description: 'Now', content: json(operatorHealthSchema) } },
});

const network = createRoute({
  method: 'get',
  path: at('networks/{id}'),
  summary: 'One timetable, and what kinds of notices it has',
  tags,
  security,
  request: { params },
  responses: { 200: { description: 'Without its image', content: json(networkDetailSchema) } },
});

const activate = createRoute({
  method: 'post',
  path: at('networks/{id}/activate'),
  summary: 'Search on another timetable',
  description:
    'Every process takes it up within a second. Refused as `FEED_REJECTED` when it has no service soon or lost many trips, unless forced. Repeated, it changes nothing more.',
  tags,
  security,
  request: { params, body: { required: true, content: json(activationSchema) } },
  responses: { 200: { description: 'It is active', content: json(networkSchema) } },
});

const rollback = createRoute({
  method: 'post',
  path: at('networks/rollback'),
  summary: 'Go back to the timetable that was active before',
  description:
    'Answers `CONFLICT` when `from` is not active (any more), or none was active before. A rollback of a rollback comes back.',
  tags,
  security,
  request: { body: { required: true, content: json(rollbackSchema) } },
  responses: { 200: { description: 'It is active again', content: json(networkSchema) } },
});

function addNetworkRoutes(app: OpenAPIHono, { callers, operator }: OperatorRoutes): void {
  app.openapi(health, async (c) => {
    await callers.admin(c.req.raw);
    return c.json(await operator.health(), 200, noStore);
  });
  app.openapi(network, async (c) => {
    await callers.admin(c.req.raw);
    return c.json(await operator.network(c.req.valid('param').id), 200, noStore);
  });
  app.openapi(rollback, async (c) => {
    const { userId } = await callers.recentAdmin(c.req.raw);
    const { from, force } = c.req.valid('json');
    return c.json(await operator.rollback(askerOf(c, userId), from, force), 200, noStore);
  });
  app.openapi(activate, async (c) => {
    const { userId } = await callers.recentAdmin(c.req.raw);
    const { force } = c.req.valid('json');
    return c.json(await operator.activate(askerOf(c, userId), c.req.valid('param').id, force), 200, noStore);
  });
}
