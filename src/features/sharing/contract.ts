import { z } from '@hono/zod-openapi';
import { amountsSchema } from '../fares/contract.ts';
import { tripSummarySchema } from '../trips/contract.ts';

/** Links that one trip, or the calendar of all of them, can have. */
export const MAX_LINKS = 50;

export const linkIdSchema = z.cuid();

const LAST_EXPIRY = Date.UTC(2200, 0, 1);

export const shareInputSchema = z
  .strictObject({
    showName: z.boolean().default(false).describe('Whether the page says your name'),
    expiresAt: z.iso
      .datetime({ offset: true })
      .refine((at) => Date.parse(at) < LAST_EXPIRY, 'must lie before 2200')
      .nullish()
      .describe('Default: until it is revoked'),
  })
  .openapi('ShareInput');
export type ShareInput = z.input<typeof shareInputSchema>;

const toldOnce = z
  .string()
  .nullable()
  .describe('Path of the link. Told once, since only its hash is kept: a replayed answer has null');

export const shareSchema = z
  .object({
    id: linkIdSchema,
    showName: z.boolean(),
    expiresAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .openapi('Share');
export type Share = z.infer<typeof shareSchema>;
export const newShareSchema = shareSchema.extend({ url: toldOnce }).openapi('NewShare');
export type NewShare = z.infer<typeof newShareSchema>;
export const sharesSchema = z
  .object({ shares: z.array(shareSchema).max(MAX_LINKS).describe('Latest first') })
  .openapi('Shares');

export const calendarSchema = z
  .object({
    id: linkIdSchema,
    tripId: z.string().nullable().describe('null: of all trips'),
    createdAt: z.iso.datetime(),
  })
  .openapi('Calendar');
export type Calendar = z.infer<typeof calendarSchema>;
export const newCalendarSchema = calendarSchema.extend({ url: toldOnce }).openapi('NewCalendar');
export type NewCalendar = z.infer<typeof newCalendarSchema>;
export const calendarsSchema = z
  .object({ calendars: z.array(calendarSchema).describe('Latest first') })
  .openapi('Calendars');

const endSchema = z.object({
  name: z.string(),
  code: z.string().nullable(),
  zone: z.string().describe('IANA time zone'),
});

/** What anybody who has the link may see: named field by field, so that nothing else of a trip gets out. */
export const sharedTripSchema = z
  .object({
    sharedBy: z.string().nullable().describe('Name of the traveller, if they chose to say it'),
    ...tripSummarySchema.pick({ date: true, time: true, timezone: true, passengers: true, status: true })
      .shape,
    origin: z.string(),
    destination: z.string(),
    stops: z.array(z.object({ name: z.string(), dwellMinutes: z.number().int() })),
    departure: z.string().nullable(),
    arrival: z.string().nullable(),
    legs: z.array(
      z.object({
        mode: z.string(),
        line: z.string().nullable(),
        from: endSchema.nullable(),
        to: endSchema.nullable(),
        departure: z.string().nullable(),
        arrival: z.string().nullable(),
        price: amountsSchema.nullable().describe('Indicative, of the whole party, when the route was found'),
        booked: z.boolean().nullable().describe('null: not booked with anybody'),
      }),
    ),
    updatedAt: z.iso.datetime(),
  })
  .openapi('SharedTrip');
export type SharedTrip = z.infer<typeof sharedTripSchema>;
