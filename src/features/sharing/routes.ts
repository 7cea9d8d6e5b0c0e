import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Callers } from '../accounts/contract.ts';
import { replayHeaders, writeHeaders } from '../idempotency/contract.ts';
import { write } from '../idempotency/index.ts';
import { LANGUAGE_KEY, languageCookie, languageOf } from '../../units/language.ts';
import { tripIdSchema } from '../trips/contract.ts';
import { getTrip } from '../trips/index.ts';
import { getTripCalendar } from './calendarFeed.ts';
import {
  calendarsSchema,
  linkIdSchema,
  newCalendarSchema,
  newShareSchema,
  type SharedTrip,
  sharedTripSchema,
  shareInputSchema,
  sharesSchema,
} from './contract.ts';
import { getCalendars, getShares, makeCalendar, revokeCalendar, revokeShare, shareTrip } from './links.ts';
import { nothingPage, PRINT_STYLE_PATH, sharedPage, tripPage } from './printPage.ts';
import { printStyle } from './printStyle.ts';
import { tripText } from './smsText.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const done = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  headers: replayHeaders,
  content: json(schema),
});
const params = z.object({ id: tripIdSchema });
const headers = writeHeaders;
const security = [{ session: [] }];
/** Any text: what is no token is answered as one that is not there. */
const tokenParams = z.object({ token: z.string().max(200) });
const fileParams = z.object({ file: z.string().max(200).describe('The token and `.ics`') });
const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

const tags = ['Sharing'];
const share = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/share',
  summary: 'Make a link that shows a trip to whoever has it',
  description:
    'Without booking references and costs, and without your name unless you choose. It ends when it expires, is revoked, or the trip is deleted or archived. A replay does not tell the link again.',
  tags,
  security,
  request: { params, headers, body: { required: true, content: json(shareInputSchema) } },
  responses: { 201: done('The link', newShareSchema) },
});

const shares = createRoute({
  method: 'get',
  path: '/api/v1/trips/{id}/share',
  summary: 'The links that show a trip',
  tags,
  security,
  request: { params },
  responses: { 200: { description: 'Without their addresses', content: json(sharesSchema) } },
});

const unshare = createRoute({
  method: 'delete',
  path: '/api/v1/trips/{id}/share/{shareId}',
  summary: 'Revoke a link',
  tags,
  security,
  request: { params: params.extend({ shareId: linkIdSchema }), headers },
  responses: { 204: { description: 'It shows nothing any more', headers: replayHeaders } },
});

const shared = createRoute({
  method: 'get',
  path: '/api/v1/shared/{token}',
  summary: 'The trip that a link shows',
  tags,
  request: { params: tokenParams },
  responses: { 200: { description: 'Read only', content: json(sharedTripSchema) } },
});

const sharedHtml = createRoute({
  method: 'get',
  path: '/shared/{token}',
  summary: 'The same as a page',
  tags,
  request: { params: tokenParams },
  responses: {
    200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
    404: {
      description: 'There is no such trip, or no more: a page for a browser, else a problem',
      content: { 'text/html': { schema: z.string() } },
    },
  },
});

const calendarTags = ['Calendar'];
const tripCalendar = createRoute({
  method: 'post',
  path: '/api/v1/trips/{id}/calendar',
  summary: 'Make a secret address that a calendar program subscribes to, of one trip',
  description: 'Without booking references. A replay does not tell the address again.',
  tags: calendarTags,
  security,
  request: { params, headers },
  responses: { 201: done('The calendar', newCalendarSchema) },
});

const allCalendar = createRoute({
  method: 'post',
  path: '/api/v1/calendars',
  summary: 'The same of all trips, those to come included',
  tags: calendarTags,
  security,
  request: { headers },
  responses: { 201: done('The calendar', newCalendarSchema) },
});

const calendars = createRoute({
  method: 'get',
  path: '/api/v1/calendars',
  summary: 'Your calendars',
  tags: calendarTags,
  security,
  responses: { 200: { description: 'Without their addresses', content: json(calendarsSchema) } },
});

const endCalendar = createRoute({
  method: 'delete',
  path: '/api/v1/calendars/{calendarId}',
  summary: 'Revoke a calendar',
  tags: calendarTags,
  security,
  request: { params: z.object({ calendarId: linkIdSchema }), headers },
  responses: { 204: { description: 'Its address is not found any more', headers: replayHeaders } },
});

const feed = createRoute({
  method: 'get',
  path: '/calendar/{file}',
  summary: 'The calendar under a secret address',
  tags: calendarTags,
  request: { params: fileParams },
  responses: { 200: { description: 'iCalendar', content: { 'text/calendar': { schema: z.string() } } } },
});

const exportTags = ['Trips'];
const calendarFile = createRoute({
  method: 'get',
  path: '/api/v1/trips/{id}/calendar.ics',
  summary: 'A trip as a calendar file, with its booking references',
  tags: exportTags,
  security,
  request: { params },
  responses: { 200: { description: 'iCalendar', content: { 'text/calendar': { schema: z.string() } } } },
});

const print = createRoute({
  method: 'get',
  path: '/api/v1/trips/{id}/print',
  summary: 'A trip as a page to print',
  tags: exportTags,
  security,
  request: { params },
  responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
});

const text = createRoute({
  method: 'get',
  path: '/api/v1/trips/{id}/text',
  summary: 'A trip as plain text that fits into three SMS',
  tags: exportTags,
  security,
  request: { params },
  responses: { 200: { description: 'Text', content: { 'text/plain': { schema: z.string() } } } },
});

export interface SharingServices {
  readonly callers: Pick<Callers, 'caller'>;
  /** The trip that a link shows. Throws `NOT_FOUND`. */
  sharedTrip(token: string): Promise<SharedTrip>;
  /** The calendar under a secret address. Throws `NOT_FOUND`. */
  calendarFeed(token: string): Promise<string>;
}

/** Under a secret address: nobody learns it from a referrer, an index or a cache. */
const secret = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

/** Adds links, calendars and exports of the caller's trips, and what is behind the links. */
export function addSharingRoutes(app: OpenAPIHono, services: SharingServices): void {
  app.use('/api/v1/shared/*', secretAddress);
  app.use('/shared/*', secretAddress, nothingAsPage);
  app.use('/calendar/*', secretAddress);
  addLinkRoutes(app, services);
  addCalendarRoutes(app, services);
  addSecretRoutes(app, services);
  addExportRoutes(app, services);
}

/** On refusals too. */
const secretAddress: Parameters<OpenAPIHono['use']>[1] = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(secret)) c.res.headers.set(name, value);
};

/** Of a link that shows nothing a browser gets a page that says so; programs get the problem. */
const nothingAsPage: Parameters<OpenAPIHono['use']>[1] = async (c, next) => {
  await next();
  if (c.res.status !== 404 || !c.req.header('accept')?.includes('text/html')) return;
  const page = nothingPage(languageOf(c.req.raw));
  c.res = undefined;
  c.res = c.html(page, 404);
};

function addLinkRoutes(app: OpenAPIHono, { callers }: SharingServices): void {
  app.openapi(share, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const input = c.req.valid('json');
    const written = await write(caller, c.req.raw, input, async (own) => {
      const made = await shareTrip(own, c.req.valid('param').id, input);
      return { status: 201, body: made, kept: { ...made, url: null } };
    });
    return c.json(written.body, 201, written.headers);
  });
  app.openapi(shares, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json({ shares: await getShares(caller, c.req.valid('param').id) }, 200);
  });
  app.openapi(unshare, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { id, shareId } = c.req.valid('param');
    const written = await write(caller, c.req.raw, null, async (own) => {
      await revokeShare(own, id, shareId);
      return { status: 204 };
    });
    return c.body(null, 204, written.headers);
  });
}

function addCalendarRoutes(app: OpenAPIHono, { callers }: SharingServices): void {
  const make = async (request: Request, tripId: string | null) => {
    const caller = await callers.caller(request);
    return write(caller, request, null, async (own) => {
      const made = await makeCalendar(own, tripId);
      return { status: 201, body: made, kept: { ...made, url: null } };
    });
  };
  app.openapi(tripCalendar, async (c) => {
    const written = await make(c.req.raw, c.req.valid('param').id);
    return c.json(written.body, 201, written.headers);
  });
  app.openapi(allCalendar, async (c) => {
    const written = await make(c.req.raw, null);
    return c.json(written.body, 201, written.headers);
  });
  app.openapi(calendars, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json({ calendars: await getCalendars(caller) }, 200);
  });
  app.openapi(endCalendar, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => {
      await revokeCalendar(own, c.req.valid('param').calendarId);
      return { status: 204 };
    });
    return c.body(null, 204, written.headers);
  });
}

function addSecretRoutes(app: OpenAPIHono, services: SharingServices): void {
  app.openapi(shared, async (c) => c.json(await services.sharedTrip(c.req.valid('param').token), 200));
  app.openapi(sharedHtml, async (c) => {
    const language = languageOf(c.req.raw);
    // A language that the address asks for holds for the pages to come.
    if (c.req.query(LANGUAGE_KEY) === language) c.header('Set-Cookie', languageCookie(language));
    return c.html(
      sharedPage(await services.sharedTrip(c.req.valid('param').token), language, c.req.path),
      200,
    );
  });
  app.openapi(feed, async (c) => {
    const { file } = c.req.valid('param');
    const calendar = await services.calendarFeed(file.endsWith('.ics') ? file.slice(0, -4) : '');
    return c.text(calendar, 200, { 'Content-Type': CALENDAR_TYPE });
  });
}

function addExportRoutes(app: OpenAPIHono, { callers }: SharingServices): void {
  app.openapi(calendarFile, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.text(await getTripCalendar(caller, c.req.valid('param').id), 200, {
      'Content-Type': CALENDAR_TYPE,
      'Content-Disposition': 'attachment; filename="trip.ics"',
    });
  });
  app.openapi(print, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.html(tripPage(await getTrip(caller, c.req.valid('param').id), languageOf(c.req.raw)), 200);
  });
  app.openapi(text, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.text(tripText(await getTrip(caller, c.req.valid('param').id)), 200);
  });
  app.get(PRINT_STYLE_PATH, (c) =>
    c.body(printStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );
}
