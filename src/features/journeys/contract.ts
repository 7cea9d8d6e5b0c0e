import { z } from '@hono/zod-openapi';
import { exclusionCodes, pickNames, reasonCodes } from '../../engine/choice/codes.ts';
import { legConcessionsSchema } from '../concessions/contract.ts';
import { amountsSchema, fareItemSchema, fareSchema } from '../fares/contract.ts';
import { isZone } from '../../units/time.ts';
import { locationSchema } from '../places/contract.ts';
import { comfortSchema } from './comfort/comfortSchema.ts';
import { changeRiskSchema, routeRiskSchema } from './risk/riskSchema.ts';
import {
  type Asked,
  askedSchema,
  type Preference,
  preferences,
  preferenceSchema,
  requestOfQuery,
  requestShape,
  searchModes,
  type SearchQuery,
  searchQuerySchema,
  timeSchema,
} from './searchRequest.ts';

/** Modes a leg can have. */
export const legModes = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry', 'taxi', 'auto', 'walk'] as const;
export const legModeSchema = z.enum(legModes);
export type LegMode = z.infer<typeof legModeSchema>;

export { travellerProfiles } from './comfort/comfortSchema.ts';
export {
  type Asked,
  askedSchema,
  type Preference,
  preferences,
  preferenceSchema,
  requestOfQuery,
  searchModes,
  type SearchQuery,
  searchQuerySchema,
};

export const searchRequestSchema = requestShape.openapi('SearchRequest');
export type SearchRequest = z.infer<typeof searchRequestSchema>;
export type SearchRequestInput = z.input<typeof searchRequestSchema>;

/** An indicative price: always a range with its basis, never a quote. Whole party, minor units. */
export const priceSchema = z
  .object({
    lowMinor: z.number().int().min(0),
    likelyMinor: z.number().int().min(0).describe('What prices are compared by'),
    highMinor: z.number().int().min(0),
    currency: z.literal('INR'),
    indicative: z.literal(true),
    class: z.string().nullable().describe('Class or vehicle the price stands for: "Sleeper", "Economy"'),
    classCode: z.string().nullable().default(null).describe('The one of `fares` that is priced'),
    basis: z.string().describe('How it was found: "₹0.55 per km"'),
    source: z.string(),
    asOf: z.iso.date(),
    certainty: z.enum(['A', 'B', 'C', 'D']).describe('A official … D working assumption'),
  })
  .openapi('Price');
export type Price = z.infer<typeof priceSchema>;

/** One class of a leg, for the whole party: what a traveller compares, since an answer has hundreds. */
export const legFareSchema = fareSchema
  .omit({ currency: true, indicative: true, per: true, ticket: true, tickets: true })
  .extend({
    breakdown: z
      .array(fareItemSchema.pick({ code: true, text: true, likelyMinor: true }))
      .describe('Sums exactly to the likely price'),
  })
  .openapi('LegFare');
export type LegFare = z.infer<typeof legFareSchema>;

const instantSchema = z.string().describe('ISO 8601 with offset: 2026-12-02T21:05+05:30');

export const legPlaceSchema = z.object({
  name: z.string(),
  code: z.string().nullable(),
  city: z.string().nullable(),
  stopId: z.string().nullable().describe('Stop of the active network; null for an address or a city'),
  lat: z.number(),
  lng: z.number(),
  zone: z.string().describe('IANA time zone'),
});

export const legSchema = z
  .object({
    index: z.number().int().min(0),
    mode: legModeSchema,
    from: legPlaceSchema,
    to: legPlaceSchema,
    departure: instantSchema,
    arrival: instantSchema,
    durationMinutes: z.number().int().min(0),
    distanceKm: z.number().min(0),
    line: z
      .object({
        id: z.string(),
        name: z.string().describe('Display name: "12952 Mumbai Rajdhani"'),
        number: z.string().nullable(),
        operator: z.string().nullable(),
        headsign: z.string().nullable(),
        color: z.string().nullable(),
      })
      .nullable()
      .describe('null for walk, auto and taxi'),
    run: z
      .object({ id: z.string(), serviceDate: z.iso.date() })
      .nullable()
      .describe('The timetabled run and the day it starts at its origin'),
    intermediateStops: z.number().int().min(0),
    everyMinutes: z.number().int().nullable().describe('Headway when the line runs by frequency'),
    bufferMinutes: z
      .number()
      .int()
      .min(0)
      .describe('Minutes to be there before departure (check-in, finding the platform); part of the wait'),
    price: priceSchema.nullable().describe('null when nothing is known; walking costs nothing'),
    fares: z.array(legFareSchema).default([]).describe('Every class offered; `price` is one of them'),
    concession: legConcessionsSchema
      .nullable()
      .default(null)
      .describe('What the traveller saves, or why not; null without a traveller and for ways by road'),
    estimatedTimes: z
      .literal(true)
      .optional()
      .describe('The feed has no time at one of the ends: it was estimated by the distance'),
    bookable: z.boolean().describe('Whether a ticket or ride is booked for this leg'),
    stayMinutes: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('Stay at a place to visit that ends with this leg, as the search asked for it'),
  })
  .openapi('Leg');
export type Leg = z.infer<typeof legSchema>;

export { pickNames };

const minutesSchema = z.number().int().nullable();
const minorSchema = z.number().int().nullable().describe('Minor units of the whole party');

export const reasonSchema = z
  .object({
    code: z.enum(reasonCodes),
    minutes: minutesSchema.describe(
      'Of the journey (FASTEST, FASTEST_OF_MODE), less than the cheapest (BALANCED), to spare at the tightest change (SAFEST), from the nearest departure offered (OTHER_DEPARTURE)',
    ),
    minor: minorSchema.describe(
      'Likely price in minor units, savings taken off (CHEAPEST, CHEAPEST_OF_MODE), less than the fastest (BALANCED)',
    ),
    changes: z.number().int().nullable().describe('On the way (SAFEST, FEWEST_CHANGES)'),
    hardMinutes: z
      .number()
      .int()
      .nullable()
      .default(null)
      .describe(
        'Minutes that what is hard on this traveller weighs as much as (`comfort`); added to the time (BALANCED)',
      ),
  })
  .openapi('RouteReason');

/** A candidate that is not offered. The differences are its figure less that of `because`. */
export const exclusionSchema = z
  .object({
    id: z.string(),
    mainMode: legModeSchema,
    departure: z.string(),
    arrival: z.string(),
    priceMinor: minorSchema.describe('Likely price in minor units, savings taken off'),
    code: z.enum(exclusionCodes),
    because: z.string().nullable().describe('The route it was left out for; null: for no single one'),
    minutes: minutesSchema.describe('Longer than that one'),
    minor: minorSchema.describe('Dearer than that one, in minor units'),
    changes: z.number().int().nullable().describe('More changes than that one'),
  })
  .openapi('RouteExclusion');
export type RouteExclusion = z.infer<typeof exclusionSchema>;

export const routeSchema = z
  .object({
    id: z.string().describe('Stable for the same legs'),
    legs: z.array(legSchema).min(1),
    departure: instantSchema,
    arrival: instantSchema,
    durationMinutes: z.number().int(),
    dayShift: z.number().int().describe('Calendar days between departure and arrival, local'),
    changes: z.number().int().min(0).describe('Changes between timetabled rides'),
    modes: z.array(legModeSchema),
    mainMode: legModeSchema.describe('Mode of the longest part by distance'),
    price: priceSchema.nullable().describe('Whole party; null when a leg has no price'),
    saving: amountsSchema
      .nullable()
      .default(null)
      .describe('What concessions surely save; null without a traveller'),
    effectivePrice: amountsSchema
      .nullable()
      .default(null)
      .describe('`price` less `saving`: what routes are compared by; null without a traveller or a price'),
    labels: z.array(z.enum(pickNames)),
    reasons: z.array(z.string()).describe('Why it is offered, one sentence each'),
    why: z.array(reasonSchema).default([]).describe('The same for programs, in the same order'),
    tightestChange: z
      .object({ atLeg: z.number().int(), minutes: z.number().int(), place: z.string() })
      .nullable()
      .describe('Shortest time between alighting and the next departure'),
    spareMinutes: z
      .number()
      .int()
      .nullable()
      .default(null)
      .describe('Least time to spare at a change beyond the way and what boarding needs; null: no change'),
    risk: routeRiskSchema.nullable().default(null).describe('Chance to make every change'),
    comfort: comfortSchema.nullable().default(null).describe('What is hard on the traveller in it'),
    asked: askedSchema
      .optional()
      .describe(
        'What the search was told of the party, if anything: a trip that keeps the route finds others by it',
      ),
  })
  .openapi('Route');
export type Route = z.infer<typeof routeSchema>;

export const networkNoteSchema = z.object({
  id: z.string(),
  name: z.string(),
  sample: z.boolean().describe('True: the bundled sample with approximate times'),
  rolled: z.boolean().describe('True: an ended calendar repeated from today'),
  validFrom: z.iso.date(),
  validTo: z.iso.date(),
});

export type NetworkNote = z.infer<typeof networkNoteSchema>;

/** What a note is about, for programs; its text is for travellers and may change. */
export const noteCodes = [
  'PLACE_READ_AS',
  'PLACE_AMBIGUOUS',
  'SAMPLE_TIMETABLE',
  'ROLLED_TIMETABLE',
  'ESTIMATED_TIMES',
  'PRICES_INDICATIVE',
  'STOPS_ONE_BY_ONE',
  'PLACE_UNREACHABLE',
  'OUTSIDE_TIMETABLE',
  'NO_ROUTE',
  'BOOKING_OPENS',
  'TATKAL_OPENS',
  'CLASS_NOT_OFFERED',
  'QUOTA_NOT_SOLD',
] as const;
export const noteSchema = z
  .object({
    code: z.enum(noteCodes),
    text: z.string(),
    at: instantSchema
      .optional()
      .describe('The moment it is about (BOOKING_OPENS, TATKAL_OPENS: of AC classes)'),
    otherAt: instantSchema.optional().describe('The moment for classes without AC (TATKAL_OPENS)'),
    lines: z.array(z.string()).optional().describe('Trains it is about (BOOKING_OPENS, TATKAL_OPENS)'),
  })
  .openapi('SearchNote');
export type SearchNote = z.infer<typeof noteSchema>;

/** What to ask instead of a search without an answer, and what of it to change. */
export const alternativeSchema = z
  .object({
    kind: z.enum(['DATE', 'MODES', 'STOPS', 'ORIGIN', 'DESTINATION']),
    text: z.string(),
    date: z.iso.date().optional(),
    modes: z.array(z.enum(searchModes)).optional(),
    dropStop: z.number().int().min(0).optional().describe('Index of `stops` to leave out'),
    place: locationSchema.optional().describe('In place of the origin or the destination'),
  })
  .openapi('SearchAlternative');
export type SearchAlternative = z.infer<typeof alternativeSchema>;

export const searchResponseSchema = z
  .object({
    searchId: z.string(),
    origin: locationSchema.describe('What the origin was taken for'),
    destination: locationSchema,
    stops: z
      .array(z.object({ place: locationSchema, dwellMinutes: z.number().int().min(0) }))
      .default([])
      .describe('What the places to visit were taken for, in order'),
    date: z.iso.date(),
    time: timeSchema.nullable(),
    routes: z.array(routeSchema),
    picks: z.object({
      FASTEST: z.string().nullable(),
      CHEAPEST: z.string().nullable(),
      BALANCED: z.string().nullable(),
      SAFEST: z.string().nullable().describe('No change, else the most time to spare at the tightest change'),
    }),
    excluded: z
      .array(exclusionSchema)
      .describe('Candidates that are not offered, each with the reason; the first 100'),
    notes: z.array(noteSchema).describe('What the traveller should know of this answer'),
    alternatives: z
      .array(alternativeSchema)
      .default([])
      .describe('Nearest searches that have an answer, when this one has none'),
    generatedAt: z.iso.datetime(),
    network: networkNoteSchema,
    cached: z.boolean(),
    partial: z.boolean(),
  })
  .openapi('SearchResponse');
export type SearchResponse = z.infer<typeof searchResponseSchema>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const isInstant = (text: string): boolean => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/** What a plan B computes with: the answers of a search need no such look, a route from outside does. */
function checkTimes({ route }: { readonly route: Route }, context: z.core.$RefinementCtx): void {
  const fault = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path: ['route', ...path], message });
  const times: [path: (string | number)[], text: string][] = [
    [['arrival'], route.arrival],
    ...route.legs.flatMap(({ departure, arrival }, leg): [(string | number)[], string][] => [
      [['legs', leg, 'departure'], departure],
      [['legs', leg, 'arrival'], arrival],
    ]),
  ];
  for (const [path, text] of times) if (!isInstant(text)) fault(path, 'must be an instant with its offset');
  for (const [leg, { from }] of route.legs.entries())
    if (!isZone(from.zone)) fault(['legs', leg, 'from', 'zone'], 'must be an IANA zone, as Asia/Kolkata');
}

export const planBRequestSchema = z
  .strictObject({
    route: routeSchema,
    toLeg: z.number().int().min(0).max(63).describe('The leg that is missed: `toLeg` of a change at risk'),
    destination: locationSchema
      .optional()
      .describe('What the search took the destination for; default: where the last leg ends'),
    passengers: z.number().int().min(1).max(20).default(1),
    children: requestShape.shape.children,
    modes: z.array(z.enum(searchModes)).min(1).optional(),
  })
  .superRefine(checkTimes)
  .openapi('PlanBRequest');
export type PlanBRequest = z.infer<typeof planBRequestSchema>;

export const planBResponseSchema = z
  .object({
    change: changeRiskSchema,
    brokenProbability: z.number().min(0).max(1).nullable().describe('Chance to need it; null without data'),
    route: routeSchema.nullable().describe('The earliest way on; null: none within a day'),
    extraMinutes: z.number().int().nullable().describe('Later at the destination than planned'),
    extra: amountsSchema.nullable().describe('For rides that are not paid already; null without prices'),
    expectedLossMinor: z.number().int().nullable().describe('Chance times what it costs at most'),
  })
  .openapi('PlanB');
export type PlanB = z.infer<typeof planBResponseSchema>;
