import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Callers } from '../accounts/contract.ts';
import { replayHeaders, writeHeaders } from '../idempotency/contract.ts';
import { write } from '../idempotency/index.ts';
import { cancelTrip, uncancelTrip } from './cancelTrip.ts';
import {
  batchBookingSchema,
  bookedLegsSchema,
  bookingDetailsSchema,
  bookingLegSchema,
  keptRouteSchema,
  MAX_LEGS,
  pageOfQuery,
  replanOptionsSchema,
  replanQuestionSchema,
  routeToKeepSchema,
  tripChangesSchema,
  tripIdSchema,
  tripInputSchema,
  tripListQuerySchema,
  tripPageSchema,
  tripSchema,
} from './contract.ts';
import { createTrip } from './createTrip.ts';
import { deleteTrip } from './deleteTrip.ts';
import { getTrip } from './getTrip.ts';
import { getUserTrips } from './getUserTrips.ts';
import { markLegBooked } from './markLegBooked.ts';
import { markLegsOfTrip } from './markLegsOfTrip.ts';
import { replanLeg, type ReplanServices } from './replanLeg.ts';
import { selectRoute } from './selectRoute.ts';
import { unbookLeg } from './unbookLeg.ts';
import { updateTrip } from './updateTrip.ts';

const tags = ['Trips'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: json(schema) });
/** The answer of a write, which may be a replay. */
const done = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  headers: replayHeaders,
  content: json(schema),
});
const params = z.object({ id: tripIdSchema });
const legParams = params.extend({
  legIndex: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_LEGS - 1),
});
const headers = writeHeaders;
const security = [{ session: [] }];

const list = createRoute({
  method: 'get',
  path: '/api/v1/trips',
  summary: 'Your trips',
  description: 'By date, page by page, without their routes. The archive is left out.',
  tags,
  security,
  request: { query: tripListQuerySchema },
  responses: { 200: { description: 'A page', content: json(tripPageSchema) } },
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/trips',
  summary: 'Save a trip',
  description: 'With the route as the search answered it, its prices are kept as they were found.',
  tags,
  security,
  request: { headers, body: body(tripInputSchema) },
  responses: { 201: done('The trip', tripSchema) },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/trips/{id}',
  summary: 'One trip with its route, bookings and totals',
  description: 'From the archive too.',
  tags,
  security,
  request: { params },
  responses: { 200: { description: 'The trip', content: json(tripSchema) } },
});

const change = createRoute({
  method: 'patch',
  path: '/api/v1/trips/{id}',
  summary: 'Change a trip',
  description: 'What is not named stays. A route that no longer fits goes; CONFLICT when a booking would.',
  tags,
  security,
  request: { params, headers, body: body(tripChangesSchema) },
  responses: { 200: done('The trip', tripSchema) },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/trips/{id}',
  summary: 'Delete a trip with its bookings, shares and calendars',
  tags,
  security,
  request: { params, headers },
  responses: { 204: { description: 'It is gone', headers: replayHeaders } },
});

const select = createRoute({
  method: 'put',
  path: '/api/v1/trips/{id}/route',
  summary: 'Choose a route, as a replan or a search offered it',
  description: 'Bookings of the same rides go along; CONFLICT when one would be lost: take it back first.',
  tags,
  security,
  request: { params, headers, body: body(routeToKeepSchema) },
  responses: { 200: done('The trip', tripSchema) },
});

const cancel = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/cancel',
  summary: 'Set a trip aside; its bookings stay recorded',
  tags,
  security,
  request: { params, headers },
  responses: { 200: done('The trip', tripSchema) },
});

const uncancel = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/uncancel',
  summary: 'Take a cancellation back',
  tags,
  security,
  request: { params, headers },
  responses: { 200: done('The trip', tripSchema) },
});

const book = createRoute({
  method: 'put',
  path: '/api/v1/trips/{id}/legs/{legIndex}/booking',
  summary: 'Record that a leg is booked',
  description: 'Again: new details over old ones; those left out stay, null empties.',
  tags,
  security,
  request: { params: legParams, headers, body: body(bookingDetailsSchema) },
  responses: { 200: done('The leg', bookingLegSchema) },
});

const unbook = createRoute({
  method: 'delete',
  path: '/api/v1/trips/{id}/legs/{legIndex}/booking',
  summary: 'Take the booking of a leg back, with all that was recorded of it',
  tags,
  security,
  request: { params: legParams, headers },
  responses: { 200: done('The leg', bookingLegSchema) },
});

const bookAll = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/legs/booking',
  summary: 'Record several legs as booked, or all of them',
  description: 'All or none.',
  tags,
  security,
  request: { params, headers, body: body(batchBookingSchema) },
  responses: { 200: done('The legs', bookedLegsSchema) },
});

const replan = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/legs/{legIndex}/replan',
  summary: 'Earlier or later rides for one leg that leave the rest of the trip valid',
  description: 'Changes nothing: choose one with `PUT /trips/{id}/route`.',
  tags,
  security,
  request: { params: legParams, body: body(replanQuestionSchema) },
  responses: { 200: { description: 'The options', content: json(replanOptionsSchema) } },
});

export interface TripServices extends ReplanServices {
  readonly callers: Pick<Callers, 'caller'>;
}

/** Adds trips, their bookings and replanning; all of them the caller's own. */
export function addTripRoutes(app: OpenAPIHono, services: TripServices): void {
  // Described on their own first: where they are first met they may be null.
  app.openAPIRegistry.register('KeptRoute', keptRouteSchema);
  app.openAPIRegistry.register('RouteToKeep', routeToKeepSchema);
  addPlanRoutes(app, services);
  addBookingRoutes(app, services);
}

function addPlanRoutes(app: OpenAPIHono, { callers }: TripServices): void {
  app.openapi(list, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await getUserTrips(caller, pageOfQuery(c.req.valid('query'))), 200);
  });
  app.openapi(create, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const input = c.req.valid('json');
    const written = await write(caller, c.req.raw, input, async (own) => ({
      status: 201,
      body: await createTrip(own, input),
    }));
    return c.json(written.body, 201, { Location: `/api/v1/trips/${written.body.id}`, ...written.headers });
  });
  app.openapi(read, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await getTrip(caller, c.req.valid('param').id), 200);
  });
  app.openapi(change, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const changes = c.req.valid('json');
    const written = await write(caller, c.req.raw, changes, async (own) => ({
      status: 200,
      body: await updateTrip(own, c.req.valid('param').id, changes),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(remove, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => {
      await deleteTrip(own, c.req.valid('param').id);
      return { status: 204 };
    });
    return c.body(null, 204, written.headers);
  });
  app.openapi(select, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const route = c.req.valid('json');
    const written = await write(caller, c.req.raw, route, async (own) => ({
      status: 200,
      body: await selectRoute(own, c.req.valid('param').id, route),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(cancel, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => ({
      status: 200,
      body: await cancelTrip(own, c.req.valid('param').id),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(uncancel, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => ({
      status: 200,
      body: await uncancelTrip(own, c.req.valid('param').id),
    }));
    return c.json(written.body, 200, written.headers);
  });
}

function addBookingRoutes(app: OpenAPIHono, services: TripServices): void {
  const { callers } = services;
  app.openapi(book, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { id, legIndex } = c.req.valid('param');
    const details = c.req.valid('json');
    const written = await write(caller, c.req.raw, details, async (own) => ({
      status: 200,
      body: await markLegBooked(own, id, legIndex, details),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(unbook, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { id, legIndex } = c.req.valid('param');
    const written = await write(caller, c.req.raw, null, async (own) => ({
      status: 200,
      body: await unbookLeg(own, id, legIndex),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(bookAll, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const booking = c.req.valid('json');
    const written = await write(caller, c.req.raw, booking, async (own) => ({
      status: 200,
      body: await markLegsOfTrip(own, c.req.valid('param').id, booking),
    }));
    return c.json({ ...written.body, legs: [...written.body.legs] }, 200, written.headers);
  });
  app.openapi(replan, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { id, legIndex } = c.req.valid('param');
    return c.json(await replanLeg(caller, id, legIndex, c.req.valid('json'), services), 200);
  });
}
