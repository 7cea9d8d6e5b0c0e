import { z } from '@hono/zod-openapi';

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
