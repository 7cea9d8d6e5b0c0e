import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { epochMinuteOf } from '../../units/time.ts';
import { bookingPlan } from './bookingPlan.ts';
import {
  bookingPlanRequestSchema,
  bookingPlanResponseSchema,
  type Click,
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
  tags,
  request: { body: { required: true, content: json(clickRequestSchema) } },
  responses: { 201: { description: 'The link that leads there', content: json(clickResponseSchema) } },
});

const out = createRoute({
  method: 'get',
  path: '/out/{clickId}',
  summary: 'The redirect of a click',
  tags,
  request: { params: z.object({ clickId: z.string().min(1).max(64) }) },
  responses: { 302: { description: 'To a platform of the list, and nowhere else' } },
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
  createClick(request: ClickRequest): Promise<Click>;
  clickTarget(clickId: string): Promise<string>;
}

/** Adds hand-off and booking plan. */
export function addBookingRoutes(app: OpenAPIHono, services: BookingServices): void {
  app.openapi(handOff, (c) => {
    const { leg, passengers } = c.req.valid('json');
    return c.json({ handOffs: handOffs(leg, passengers), disclosure: DISCLOSURE }, 200);
  });
  app.openapi(click, async (c) => c.json(await services.createClick(c.req.valid('json')), 201));
  app.openapi(out, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.redirect(await services.clickTarget(c.req.valid('param').clickId), 302);
  });
  app.openapi(plan, (c) => c.json(bookingPlan(c.req.valid('json'), epochMinuteOf(Date.now())), 200));
}
