import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Caller } from '../../database/caller.ts';
import { epochMinuteOf } from '../../units/time.ts';
import type { Callers } from '../accounts/contract.ts';
import { bookingOutcomeSchema } from '../analytics/contract.ts';
import type { ClickOutcome } from '../analytics/index.ts';
import { bookingPlan } from './bookingPlan.ts';
import {
  bookingPlanRequestSchema,
  bookingPlanResponseSchema,
  type Click,
  clickIdSchema,
  clickOutcomeSchema,
  type ClickRequest,
  clickRequestSchema,
  clickResponseSchema,
  DISCLOSURE,
  handOffRequestSchema,
  handOffResponseSchema,
} from './contract.ts';
import { handOffs } from './handOff.ts';

const tags = ['Booking'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });

const handOff = createRoute({
  method: 'post',
  path: '/api/v1/hand-offs',
  summary: 'Where a leg can be booked',
  description: 'Two to four platforms, the best known link first. RouteStitch sells no tickets.',
  tags,
  request: { body: { required: true, content: json(handOffRequestSchema) } },
  responses: { 200: { description: 'Platforms of the leg', content: json(handOffResponseSchema) } },
});

const click = createRoute({
  method: 'post',
  path: '/api/v1/clicks',
  summary: 'Go to a platform for a leg',
  description:
    'With the search that the route is from, it is noted there as the one that was opened. A signed-in user may name the trip.',
  tags,
  request: { body: { required: true, content: json(clickRequestSchema) } },
  responses: {
    201: { description: 'The link that leads there', content: json(clickResponseSchema) },
    401: { description: '`UNAUTHENTICATED`: a visitor has no trips' },
    404: { description: '`NOT_FOUND`: the user has no such trip' },
  },
});

const clickParams = z.object({ clickId: clickIdSchema });

const out = createRoute({
  method: 'get',
  path: '/out/{clickId}',
  summary: 'The redirect of a click',
  tags,
  request: { params: clickParams },
  responses: { 302: { description: 'To a platform of the list, and nowhere else' } },
});

const outcome = createRoute({
  method: 'post',
  path: '/api/v1/clicks/{clickId}/outcome',
  summary: 'Whether a click led to a booking',
  description:
    'Of your own click, or of one made without signing in, whose id you have, for 90 days. May be told again.',
  tags,
  request: { params: clickParams, body: { required: true, content: json(bookingOutcomeSchema) } },
  responses: { 200: { description: 'What was noted', content: json(clickOutcomeSchema) } },
});

const plan = createRoute({
  method: 'post',
  path: '/api/v1/booking-plan',
  summary: 'When and in which order to buy, and what would be lost now',
  tags,
  request: { body: { required: true, content: json(bookingPlanRequestSchema) } },
  responses: { 200: { description: 'Openings, exposure, advice', content: json(bookingPlanResponseSchema) } },
});

export interface BookingServices {
  readonly callers: Callers;
  /** `caller`: null for a visitor who is not signed in. */
  createClick(caller: Caller | null, request: ClickRequest): Promise<Click>;
  clickTarget(clickId: string): Promise<string>;
  recordOutcome(caller: Caller | null, clickId: string, didBook: boolean): Promise<ClickOutcome>;
}

/** Adds hand-off and booking plan. */
export function addBookingRoutes(app: OpenAPIHono, services: BookingServices): void {
  app.openapi(handOff, (c) => {
    const { leg, passengers } = c.req.valid('json');
    return c.json({ handOffs: handOffs(leg, passengers), disclosure: DISCLOSURE }, 200);
  });
  const callerOf = async (request: Request): Promise<Caller | null> =>
    (await services.callers.signedIn(request)) ? services.callers.caller(request) : null;
  app.openapi(click, async (c) =>
    c.json(await services.createClick(await callerOf(c.req.raw), c.req.valid('json')), 201),
  );
  app.openapi(out, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.redirect(await services.clickTarget(c.req.valid('param').clickId), 302);
  });
  app.openapi(outcome, async (c) => {
    const [{ clickId }, { didBook }] = [c.req.valid('param'), c.req.valid('json')];
    const { markedAt, ...told } = await services.recordOutcome(await callerOf(c.req.raw), clickId, didBook);
    return c.json({ ...told, markedAt: markedAt.toISOString() }, 200, { 'Cache-Control': 'no-store' });
  });
  app.openapi(plan, (c) => c.json(bookingPlan(c.req.valid('json'), epochMinuteOf(Date.now())), 200));
}
