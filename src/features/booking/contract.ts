import { z } from '@hono/zod-openapi';
import { legSchema, routeSchema } from '../journeys/contract.ts';
import { tripIdSchema } from '../trips/contract.ts';

/** Where a leg can be booked: a page of a platform, with what the traveller types there where no link can say it. */
export const handOffSchema = z
  .object({
    platform: z.string().describe('Id of the platform: "confirmtkt"'),
    name: z.string(),
    url: z.url().describe('Always https and of a known host'),
    filledIn: z.boolean().describe('Whether the page opens with places and date filled in'),
    kind: z.enum(['sells', 'compares', 'shows']).describe('What the platform does for this leg'),
    copy: z.string().nullable().describe('Text to copy and paste where the page cannot be filled in'),
  })
  .openapi('HandOff');
export type HandOff = z.infer<typeof handOffSchema>;

/** The part of a leg that booking is about; a leg of a search and one of a kept trip both have it. */
export const bookableLegSchema = legSchema.pick({
  mode: true,
  from: true,
  to: true,
  departure: true,
  arrival: true,
  line: true,
  run: true,
});
export type BookableLeg = z.infer<typeof bookableLegSchema>;

const instantSchema = z.string().describe('ISO 8601 with offset: 2026-12-02T21:05+05:30');

export const openingSchema = z
  .object({
    legIndex: z.number().int().min(0),
    opensAt: instantSchema.nullable().describe('null: can be booked at any time'),
    open: z.boolean(),
    tatkalAt: instantSchema.nullable().describe('Of the class, when it is known; else of AC classes'),
    chartAt: instantSchema
      .nullable()
      .describe('When the first chart is prepared; null when the start of the train is unknown'),
    order: z.number().int().min(1).describe('1: buy this leg first'),
    reason: z.enum(['OPENS_FIRST', 'SCARCE', 'PRICE_RISES', 'ON_THE_DAY', 'ALWAYS_THERE']),
    text: z.string().describe('One sentence for the traveller'),
  })
  .openapi('Opening');
export type Opening = z.infer<typeof openingSchema>;

/** What would be lost if the plan broke at a moment. Minor units, whole party. */
export const exposureSchema = z
  .object({
    legIndex: z.number().int().min(0),
    paidMinor: z.number().int().min(0),
    lostMinor: z.number().int().min(0).describe('Most that is lost by cancelling now'),
    refundKnown: z.boolean().describe('False: the platform decides, so all of it may be lost'),
    nextCliff: z
      .object({ at: instantSchema, lostMinor: z.number().int().min(0) })
      .nullable()
      .describe('When cancelling becomes dearer, and what is lost from then on'),
    text: z.string(),
  })
  .openapi('Exposure');
export type Exposure = z.infer<typeof exposureSchema>;

const passengersSchema = z.number().int().min(1).max(20).default(1);

export const handOffRequestSchema = z
  .strictObject({ leg: bookableLegSchema, passengers: passengersSchema })
  .openapi('HandOffRequest');

export const DISCLOSURE =
  'RouteStitch sells nothing. A platform may pay for a booking that begins here; that changes neither price nor order.';

export const handOffResponseSchema = z
  .object({ handOffs: z.array(handOffSchema), disclosure: z.string() })
  .openapi('HandOffs');

export const clickRequestSchema = z
  .strictObject({
    route: routeSchema,
    legIndex: z.number().int().min(0).max(63),
    platform: z.string().min(1).max(100).describe('Id of a platform that the leg is handed to'),
    passengers: passengersSchema,
    searchId: z.string().min(1).max(64).optional().describe('Search that the route is from'),
    tripId: tripIdSchema.optional().describe('Your trip that the leg belongs to'),
  })
  .openapi('ClickRequest');
export type ClickRequest = z.infer<typeof clickRequestSchema>;

export const clickIdSchema = z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a click');

export const clickResponseSchema = z
  .object({
    clickId: clickIdSchema.describe('Keep it to tell the outcome; for a visitor it is the only way to'),
    url: z.string().describe('Path that redirects to the platform: "/out/…", for a day'),
  })
  .openapi('Click');
export type Click = z.infer<typeof clickResponseSchema>;

export const clickOutcomeSchema = z
  .object({
    clickId: clickIdSchema,
    didBook: z.boolean(),
    markedAt: z.iso.datetime().describe('When it was told'),
  })
  .openapi('ClickOutcome');

export const bookingPlanRequestSchema = z
  .strictObject({
    legs: z
      .array(
        z.strictObject({
          legIndex: z.number().int().min(0).max(63),
          leg: bookableLegSchema,
          fareClass: z
            .string()
            .regex(/^[0-9A-Z]{1,4}$/)
            .nullable()
            .default(null)
            .describe('SL, 3A …'),
          trainStartsAt: z.iso
            .datetime({ offset: true, precision: -1 })
            .nullable()
            .default(null)
            .describe('When the train leaves its first station'),
          paidMinor: z
            .number()
            .int()
            .min(0)
            .max(2_147_483_647)
            .nullable()
            .default(null)
            .describe('What was paid for it; null while it is not booked'),
        }),
      )
      .min(1)
      .max(64),
    passengers: passengersSchema,
  })
  .openapi('BookingPlanRequest');

export type BookingPlanRequest = z.infer<typeof bookingPlanRequestSchema>;

export const bookingPlanResponseSchema = z
  .object({
    openings: z.array(openingSchema),
    exposures: z.array(exposureSchema),
    lostMinor: z.number().int().min(0).describe('Most that is lost over all legs if the plan breaks now'),
    linkableTickets: z.array(z.object({ firstLeg: z.number(), secondLeg: z.number(), text: z.string() })),
  })
  .openapi('BookingPlan');
export type BookingPlan = z.infer<typeof bookingPlanResponseSchema>;
