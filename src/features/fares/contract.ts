import { z } from '@hono/zod-openapi';

export const fareModes = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry', 'taxi', 'auto'] as const;
export type FareMode = (typeof fareModes)[number];

/**
 * How a rail berth is bought: in the ordinary way, from what is kept for women or for senior citizens, by Tatkal from
 * the day before, or after charting.
 */
export const railQuotas = ['GENERAL', 'LADIES', 'SENIOR', 'TATKAL', 'CURRENT'] as const;
export type RailQuota = (typeof railQuotas)[number];

/** Minor units (paise): the least, the likely and the most. */
export const amountsSchema = z.object({
  lowMinor: z.number().int(),
  likelyMinor: z.number().int(),
  highMinor: z.number().int(),
});
export type Amounts = z.infer<typeof amountsSchema>;

/** What an item of a fare is for; concessions touch `BASE` alone. */
export const fareItemCodes = [
  'BASE',
  'FLEXI',
  'RESERVATION',
  'SUPERFAST',
  'QUOTA',
  'PEAK',
  'DISCOUNT',
  'PICKUP',
  'LUGGAGE',
  'TAX',
  'CATERING',
  'AIRPORT',
  'ROUNDING',
] as const;
export type FareItemCode = (typeof fareItemCodes)[number];

export const fareItemSchema = amountsSchema
  .extend({ code: z.enum(fareItemCodes), text: z.string() })
  .openapi('FareItem');
export type FareItem = z.infer<typeof fareItemSchema>;

/** What the traveller should know of a fare, for programs; the text is for people and may change. */
export const fareNoteCodes = [
  'MINIMUM_DISTANCE',
  'FARE_MAY_RISE',
  'CATERING_OPTIONAL',
  'ONLINE_FEE',
  'PARTY_SPLIT',
  'VEHICLES',
  'CHILDREN',
  'NIGHT_TARIFF',
  'PEAK_DAY',
  'HOLIDAY_FARE',
  'FARE_CAPPED',
  'THROUGH_FARE',
  'FEED_FARE',
  'QUOTA_NOT_SOLD',
] as const;
export const fareNoteSchema = z.object({ code: z.enum(fareNoteCodes), text: z.string() });
export type FareNote = z.infer<typeof fareNoteSchema>;

/**
 * What one adult (or one vehicle) pays:
 * `roundUp((base + taxed) × (1 + taxPercent / 100) + untaxed, roundUpMinor)`.
 */
export const ticketSchema = z.object({
  base: amountsSchema,
  baseText: z.string(),
  taxed: z.array(fareItemSchema),
  taxPercent: z.number().min(0),
  untaxed: z.array(fareItemSchema),
  roundUpMinor: z.number().int().min(1),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** One class of one ride for the whole party: an indicative range, never a quote. */
export const fareSchema = amountsSchema
  .extend({
    currency: z.literal('INR'),
    indicative: z.literal(true),
    classCode: z.string().describe('"SL", "ECONOMY", "TOKEN"'),
    class: z.string().describe('Class or vehicle in words: "Sleeper (SL)"'),
    per: z.enum(['PERSON', 'VEHICLE']),
    units: z.number().int().min(0).describe('Paying persons, or vehicles'),
    tickets: z.array(z.number().int()).describe('Persons on each ticket (rail PNR); their number is bought'),
    breakdown: z.array(fareItemSchema).describe('Sums exactly to the three amounts'),
    ticket: ticketSchema.nullable().describe('What one adult or vehicle pays; null for a fare of the feed'),
    notes: z.array(fareNoteSchema),
    basis: z.string(),
    source: z.string(),
    asOf: z.iso.date(),
    certainty: z.enum(['A', 'B', 'C', 'D']).describe('Of the least certain table used'),
  })
  .openapi('Fare');
export type Fare = z.infer<typeof fareSchema>;

/** The classes of a ride, cheapest train class first, and the one that follows from the question. */
export const rideFaresSchema = z.object({
  offered: z.array(fareSchema).min(1),
  chosen: z.string().describe('A `classCode` of `offered`'),
});
export type RideFares = z.infer<typeof rideFaresSchema>;
