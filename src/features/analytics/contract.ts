import { z } from '@hono/zod-openapi';
import { isZone } from '../../units/time.ts';

/** Stored as JSON: at most 64 KiB, as the CHECK says. */
const JSON_BYTES = 65_536;
const jsonObject = z
  .record(z.string(), z.unknown())
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= JSON_BYTES,
    'must be at most 64 KiB of JSON',
  );

export const clickedRouteSchema = z.strictObject({
  searchId: z.string().min(1).max(64),
  route: jsonObject.describe('The route that was opened'),
});
export type ClickedRoute = z.infer<typeof clickedRouteSchema>;

export const bookingClickSchema = z
  .strictObject({
    tripId: z.string().min(1).max(64).nullable().default(null),
    searchId: z
      .string()
      .min(1)
      .max(64)
      .nullable()
      .default(null)
      .describe('The search that the route is from'),
    route: jsonObject,
    platform: z.string().trim().min(1).max(100).describe('"IRCTC", "RedBus" …'),
    leg: jsonObject,
    legIndex: z.number().int().min(0).max(63),
    affiliateUrl: z
      .url({ protocol: /^https?$/ })
      .max(4096)
      .describe('Where the traveller was sent'),
    commission: z
      .number()
      .int()
      .min(0)
      .max(2_147_483_647)
      .nullable()
      .default(null)
      .describe('Expected, minor units'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('INR'),
  })
  .openapi('BookingClick');
export type BookingClick = z.infer<typeof bookingClickSchema>;
export type BookingClickInput = z.input<typeof bookingClickSchema>;

export const bookingOutcomeSchema = z.strictObject({ didBook: z.boolean() });

/** Days of the operator, both whole. */
export const periodQuerySchema = z.object({
  since: z.iso.date().optional().describe('First day; default: the 30th before and with `until`'),
  until: z.iso.date().optional().describe('Last day; default: today'),
  zone: z
    .string()
    .max(64)
    .refine(isZone, 'must be an IANA zone, as Asia/Kolkata')
    .default('Asia/Kolkata')
    .describe('Zone of the days'),
});
export type PeriodQuery = z.input<typeof periodQuerySchema>;

export const periodSchema = z
  .object({ since: z.iso.date(), until: z.iso.date(), zone: z.string() })
  .openapi('Period');
export type Period = z.infer<typeof periodSchema>;

const count = z.number().int().min(0);
const stages = {
  searches: count,
  withRoutes: count.describe('Those that found a route'),
  clicked: count.describe('Those from which somebody went to a platform, until a day after the period'),
  booked: count.describe('Those of them that were told as booked'),
};

export const funnelDaySchema = z.object({ date: z.iso.date(), ...stages }).openapi('FunnelDay');

export const funnelSchema = z
  .object({
    period: periodSchema,
    searches: z.object(stages).describe('Searches of the period, and what became of them'),
    clicks: z
      .object({
        total: count,
        ofSearches: count.describe('From a search; the others are from saved trips, or older'),
        answered: count.describe('Those whose outcome was told'),
        booked: count,
      })
      .describe('Clicks of the period'),
    days: z.array(funnelDaySchema),
  })
  .openapi('Funnel');
export type Funnel = z.infer<typeof funnelSchema>;

/** Fewer visits, or fewer clicks, could be one person's. */
export const FEWEST_VISITS = 5;

export const corridorsQuerySchema = periodQuerySchema.extend({
  minVisits: z.coerce
    .number()
    .int()
    .min(FEWEST_VISITS)
    .max(10_000)
    .default(FEWEST_VISITS)
    .describe('Corridors with fewer visits are counted among the others'),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});
export type CorridorsQuery = z.input<typeof corridorsQuerySchema>;

const areaSchema = z.object({
  id: z.string(),
  name: z.string().describe('Its name in the timetable of now; its id where there is none'),
});
const hidden = `null: fewer than ${FEWEST_VISITS}, but not none`;
const share = z.number().min(0).max(1).nullable();

export const corridorSchema = z
  .object({
    from: areaSchema,
    to: areaSchema,
    searches: count,
    visits: count.describe('Users, networks of a day, and hours of which nothing else is known'),
    withRoutes: count.describe('Searches that found a route'),
    routesFound: count.describe('Routes, in all'),
    clicked: count.nullable().describe(`Searches from which somebody went to a platform; ${hidden}`),
    booked: count.nullable().describe(`Those told as booked; ${hidden}`),
    conversion: share.describe('`booked` of `searches`; null where `booked` is'),
  })
  .openapi('Corridor');
export type Corridor = z.infer<typeof corridorSchema>;

export const corridorsSchema = z
  .object({
    period: periodSchema,
    minVisits: count,
    corridors: z.array(corridorSchema).describe('Most searched first'),
    others: z
      .object({ corridors: count, ...stages })
      .describe('All that is not listed: too few visits, beyond the limit, or no known city'),
  })
  .openapi('Corridors');
export type Corridors = z.infer<typeof corridorsSchema>;

export const platformSchema = z
  .object({
    platform: z.string(),
    currency: z.string(),
    clicks: count,
    answered: count.describe('Clicks whose outcome was told'),
    booked: count,
    conversion: share.describe('`booked` of `clicks`'),
    commissionKnownOf: count.describe('Clicks whose commission is known'),
    expectedCommissionMinor: count
      .nullable()
      .describe('Of the clicks told as booked, minor units; null: known of none'),
  })
  .openapi('PlatformFigures');

export const platformsSchema = z
  .object({ period: periodSchema, platforms: z.array(platformSchema).describe('Most clicks first') })
  .openapi('PlatformsFigures');
export type Platforms = z.infer<typeof platformsSchema>;
