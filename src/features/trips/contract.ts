import { z } from '@hono/zod-openapi';
import { isZone, parseClock, parseDate } from '../../units/time.ts';
import { amountsSchema } from '../fares/contract.ts';
import { preferences, preferenceSchema } from '../journeys/contract.ts';
import { locationSchema } from '../places/contract.ts';
import { slimRoute } from './slimRoute.ts';

/** Every bound here has its CHECK in the database, tested by going round this file. */
export const MAX_LEGS = 64;
export const MAX_STOPS = 8;
const MAX_JSON_DEPTH = 16;
const MAX_JSON_BYTES = 65_536;
const MAX_INT = 2_147_483_647;

/** Ids are what Prisma's `cuid()` makes. */
export const tripIdSchema = z.cuid();
/** Legs marked in one call; more than any trip has. */
export const legIdsSchema = z.array(z.cuid()).min(1).max(256);
export const legIndexSchema = z
  .number()
  .int()
  .min(0)
  .max(MAX_LEGS - 1)
  .describe('Which leg of the selected route, from 0');

/** What PostgreSQL cannot store as JSON, or must not: the first fault, or null. */
function jsonFault(value: unknown): string | null {
  const waiting: [value: unknown, depth: number][] = [[value, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [part, depth] = next;
    if (depth > MAX_JSON_DEPTH) return `is nested more than ${MAX_JSON_DEPTH} levels deep`;
    if (typeof part === 'string' && !isStorable(part)) return 'holds a NUL or half a character';
    if (typeof part !== 'object' || part === null) continue;
    for (const [key, member] of Object.entries(part)) {
      if (!isStorable(key)) return 'holds a NUL or half a character';
      waiting.push([member, depth + 1]);
    }
  }
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  return bytes > MAX_JSON_BYTES ? `is ${bytes} bytes long; ${MAX_JSON_BYTES} are allowed` : null;
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** One line of text that a person typed or a platform gave. */
export const lineOfText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => isStorable(text) && !/\p{Cc}/u.test(text), 'must be one line of text');

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** The same as `instant_of` in SQL. */
function isInstant(text: string): boolean {
  const [, date = '', clock = ''] = instantPattern.exec(text) ?? [];
  return parseDate(date) !== null && !date.startsWith('0000') && parseClock(clock) !== null;
}

const instantSchema = z
  .string()
  .refine(isInstant, 'must be an instant with its offset: 2026-12-02T21:05+05:30');

const modeSchema = z
  .string()
  .regex(/^[a-z][a-z_-]{0,31}$/)
  .describe('"train", "bus", "flight" …');

/** What a trip itself reads of a route; the rest is kept as it came, so that routes of other versions stay readable. */
const routeShape = z.looseObject({
  departure: instantSchema.nullish(),
  arrival: instantSchema.nullish(),
  legs: z
    .array(
      z.looseObject({
        mode: modeSchema,
        bookable: z.boolean().optional().describe('Default: every leg but a walk'),
        departure: instantSchema.nullish(),
        arrival: instantSchema.nullish(),
      }),
    )
    .min(1)
    .max(MAX_LEGS),
});

/** A route as a trip keeps it: still a `Route` when it was one. */
export const keptRouteSchema = routeShape.openapi('KeptRoute');

/**
 * A route as a search answered it. Its prices are kept as they are, with class, basis and date; of each leg's `fares`
 * only the class that its price stands for is, and of its concessions those that apply (`slimRoute`). What is kept may
 * take 64 KiB.
 */
export const routeToKeepSchema = routeShape
  .transform((route) => slimRoute(route))
  .superRefine((route, context) => {
    const fault = jsonFault(route);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .openapi('RouteToKeep', {
    description:
      'A `Route` of a search. Kept without the classes that were not chosen and the concessions that do not apply; prices stay as they were.',
  });
export type KeptRoute = z.infer<typeof keptRouteSchema>;
export type KeptLeg = KeptRoute['legs'][number];

const dwellSchema = z.number().int().min(0).max(20_160).default(0);
const stopSchema = z.strictObject({ place: locationSchema, dwellMinutes: dwellSchema }).openapi('TripStop');
/** As a search has them, `{ place, dwellMinutes }`, or the place itself with `dwellMinutes`; kept as the first. */
export const stopsSchema = z
  .array(
    z.union([
      stopSchema,
      z
        .strictObject({ ...locationSchema.shape, dwellMinutes: dwellSchema })
        .transform(({ dwellMinutes, ...place }) => ({ place, dwellMinutes })),
    ]),
  )
  .max(MAX_STOPS);

const dateSchema = z.iso
  .date()
  .refine((date) => date >= '2000-01-01' && date <= '2199-12-31', 'must lie between 2000 and 2199')
  .describe('Wall-clock date at the origin');
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const timezoneSchema = z
  .string()
  .max(64)
  .refine((zone) => /^[A-Za-z]/.test(zone) && isZone(zone), 'must be an IANA time zone: Asia/Kolkata');

const fields = {
  origin: locationSchema,
  destination: locationSchema,
  stops: stopsSchema.nullish(),
  date: dateSchema,
  time: timeSchema.nullish(),
  timezone: timezoneSchema,
  passengers: z.number().int().min(1).max(20),
  preference: preferenceSchema,
  selectedRoute: routeToKeepSchema.nullish(),
};

export const tripInputSchema = z
  .strictObject({
    ...fields,
    timezone: timezoneSchema.default('Asia/Kolkata'),
    passengers: fields.passengers.default(1),
    preference: fields.preference.default('BALANCED'),
  })
  .openapi('TripInput');
export type TripInput = z.input<typeof tripInputSchema>;
export type NewTrip = z.output<typeof tripInputSchema>;

export const tripChangesSchema = z
  .strictObject(fields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'names nothing to change')
  .openapi('TripChanges');
export type TripChanges = z.input<typeof tripChangesSchema>;
export type CheckedChanges = z.output<typeof tripChangesSchema>;

const platformSchema = lineOfText(100).describe('"IRCTC", "RedBus" …');
const bookingRefSchema = lineOfText(100).describe('PNR, ticket number …');

/** What the traveller knows of a booking. What is left out stays as it was, null empties. */
export const bookingDetailsSchema = z
  .strictObject({
    platform: platformSchema.nullish(),
    bookingRef: bookingRefSchema.nullish(),
    cost: z.number().int().min(0).max(MAX_INT).nullish().describe('Paid, in minor units (paise)'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code: INR')
      .optional(),
    fareClass: lineOfText(40).nullish().describe('Class it is booked in: "3A", "Economy" …'),
    mode: modeSchema.optional().describe('Needed only while the trip has no selected route'),
  })
  .openapi('BookingDetails');
export type BookingDetails = z.infer<typeof bookingDetailsSchema>;

/** What can be the same for several legs: one platform, one PNR. */
export const batchDetailsSchema = z.strictObject({
  platform: platformSchema.optional(),
  bookingRef: bookingRefSchema.optional(),
});
export type BatchDetails = z.infer<typeof batchDetailsSchema>;

/** Several legs of one trip. */
export const batchBookingSchema = batchDetailsSchema
  .extend({
    legIndexes: z.array(legIndexSchema).min(1).max(MAX_LEGS).optional().describe('Default: every leg'),
  })
  .openapi('BatchBooking');
export type BatchBooking = z.infer<typeof batchBookingSchema>;

export const tripStatuses = [
  'PLANNED',
  'PARTIALLY_BOOKED',
  'FULLY_BOOKED',
  'IN_PROGRESS',
  'COMPLETED',
  'CANCELLED',
] as const;
export type TripStatus = (typeof tripStatuses)[number];
const statusSchema = z.enum(tripStatuses);

export const tripOrders = ['latest', 'soonest'] as const;
export type TripOrder = (typeof tripOrders)[number];
const tripOrderSchema = z.enum(tripOrders).describe('By date: the latest first, or the soonest');

export const tripPageQuerySchema = z.strictObject({
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_c[0-9a-z]{6,40}$/i, 'must be the nextCursor of an earlier page')
    .refine((cursor) => parseDate(cursor.slice(0, 10)) !== null, 'must be the nextCursor of an earlier page')
    .optional(),
  status: z.array(statusSchema).min(1).optional(),
  order: tripOrderSchema.default('latest'),
});
export type TripPageQuery = z.input<typeof tripPageQuerySchema>;

const instantText = z.iso.datetime();

export const bookingLegSchema = z
  .object({
    id: z.string(),
    legIndex: z.number().int(),
    mode: z.string(),
    isBooked: z.boolean(),
    platform: z.string().nullable(),
    bookingRef: z.string().nullable(),
    fareClass: z.string().nullable(),
    bookedAt: instantText.nullable(),
    cost: z.number().int().nullable().describe('Minor units'),
    currency: z.string(),
    departsAt: instantText.nullable(),
    remindAt: instantText.nullable(),
    reminderSent: z.boolean(),
  })
  .openapi('BookingLeg');
export type BookingLeg = z.infer<typeof bookingLegSchema>;

export const bookedLegsSchema = z
  .object({ count: z.number().int(), legs: z.array(bookingLegSchema) })
  .openapi('BookedLegs');

/** A trip of the list: everything but its route. */
export const tripSummarySchema = z
  .object({
    id: z.string(),
    origin: locationSchema,
    destination: locationSchema,
    stops: z.array(stopSchema).nullable(),
    date: z.iso.date(),
    time: z.string().nullable(),
    timezone: z.string(),
    passengers: z.number().int(),
    preference: z.enum(preferences),
    status: statusSchema,
    legCount: z.number().int().describe('Legs of the selected route that are booked'),
    startsAt: instantText.describe('Departure of the route, else date and time in the zone'),
    endsAt: instantText.describe('Arrival of the route, else the end of the day in the zone'),
    bookingLegs: z.array(bookingLegSchema).describe('By legIndex'),
    createdAt: instantText,
    updatedAt: instantText,
  })
  .openapi('TripSummary');
export type TripSummary = z.infer<typeof tripSummarySchema>;

/** What a trip costs: paid so far, and what is still to be paid by the prices of when its route was found. */
export const tripTotalsSchema = z
  .object({
    currency: z.literal('INR'),
    estimate: amountsSchema
      .nullable()
      .describe('All legs by their indicative prices; null when one has none'),
    paidMinor: z.number().int().min(0).describe('Recorded costs of booked legs, in rupees'),
    paidEstimate: amountsSchema.nullable().describe('What those legs were estimated at'),
    open: amountsSchema
      .nullable()
      .describe('Estimate of the legs without a recorded cost; null when one has no price'),
    expected: amountsSchema
      .nullable()
      .describe('`paidMinor` and `open`; null without `open` or with `otherPaid`'),
    otherPaid: z
      .array(z.object({ currency: z.string(), minor: z.number().int().min(0) }))
      .describe('Recorded costs in other currencies, which are not converted'),
    unpricedLegs: z.array(z.number().int()).describe('Legs with neither a cost nor a price'),
  })
  .openapi('TripTotals');
export type TripTotals = z.infer<typeof tripTotalsSchema>;

export const tripSchema = tripSummarySchema
  .extend({
    totals: tripTotalsSchema,
    selectedRoute: keptRouteSchema.nullable(),
    archivedAt: instantText.nullable().describe('Set while the trip lies in the archive'),
  })
  .openapi('Trip');
export type Trip = z.infer<typeof tripSchema>;

/** The same as query strings: `?limit=20&status=PLANNED,IN_PROGRESS`. */
export const tripListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(64).optional().describe('`nextCursor` of the page before'),
  status: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe(`One or several of ${tripStatuses.join(', ')}, by commas`),
  order: z
    .string()
    .optional()
    .describe(`One of ${tripOrders.join(', ')}; default: latest. A cursor goes on in the order of its page`),
});

/** The page that a query string asks for, still to be checked by `tripPageQuerySchema`. */
export const pageOfQuery = ({
  status,
  order,
  ...page
}: z.infer<typeof tripListQuerySchema>): TripPageQuery => ({
  ...page,
  ...(order === undefined ? {} : { order: order as TripOrder }),
  ...(status === undefined ? {} : { status: [status].flat().join().split(',') as TripStatus[] }),
});

export const tripPageSchema = z
  .object({
    trips: z.array(tripSummarySchema).describe('In the order asked for'),
    nextCursor: z.string().nullable().describe('For the next page; null on the last'),
  })
  .openapi('TripPage');
export type TripPage = z.infer<typeof tripPageSchema>;

export const replanQuestionSchema = z
  .strictObject({
    direction: z.enum(['earlier', 'later']).describe('Than the ride of the leg leaves now'),
    limit: z.number().int().min(1).max(10).default(5),
  })
  .openapi('ReplanQuestion');
export type ReplanQuestion = z.infer<typeof replanQuestionSchema>;

export const replanOptionsSchema = z
  .object({
    options: z
      .array(
        z.object({
          route: keptRouteSchema.describe('The whole route with it, to be selected as it is'),
          legIndexes: z.array(z.number().int()).describe('What of `route` takes the leg’s place'),
          line: z.string().nullable(),
          departure: z.string(),
          arrival: z.string(),
          priceDifference: amountsSchema
            .nullable()
            .describe('More (less, when negative) for this part; null when a price is unknown'),
          movedLegs: z
            .array(z.number().int())
            .describe('Legs of the present route by road that begin at another time then'),
          bookedLegsLost: z
            .array(z.number().int())
            .describe('Booked legs of the present route to take back first'),
        }),
      )
      .describe('Nearest departure first; none: no other ride leaves the rest of the trip valid'),
  })
  .openapi('ReplanOptions');
export type ReplanOptions = z.infer<typeof replanOptionsSchema>;
