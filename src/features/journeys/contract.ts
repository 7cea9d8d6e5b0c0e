import { z } from '@hono/zod-openapi';
import { exclusionCodes, pickNames, reasonCodes } from '../../engine/choice/codes.ts';
import { legConcessionsSchema, travellerSchema } from '../concessions/contract.ts';
import { amountsSchema, fareItemSchema, fareSchema } from '../fares/contract.ts';
import { locationSchema } from '../places/contract.ts';
import { comfortSchema, travellerProfiles } from './comfort/comfortSchema.ts';
import { changeRiskSchema, routeRiskSchema } from './risk/riskSchema.ts';

/** Modes a leg can have. The first four are the main modes that a search can be narrowed to. */
export const legModes = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry', 'taxi', 'auto', 'walk'] as const;
export const legModeSchema = z.enum(legModes);
export type LegMode = z.infer<typeof legModeSchema>;
export const searchModes = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry'] as const;

export const preferences = ['FASTEST', 'CHEAPEST', 'BALANCED'] as const;
/** Either case is accepted, as in the user's document. */
export const preferenceSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.toUpperCase() : value),
  z.enum(preferences),
);
export type Preference = (typeof preferences)[number];

const dateSchema = z.iso.date().describe('Wall-clock date at the origin');
const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
  .describe('Wall-clock time at the origin (at the destination with arriveBy)');

const endSchema = z
  .union([z.string().trim().min(1).max(200), locationSchema], {
    error: 'must be a text of 1 to 200 characters or a location object',
  })
  .describe('A text, resolved to the best place, or a location object');

export const searchRequestSchema = z
  .strictObject({
    origin: endSchema,
    destination: endSchema,
    stops: z
      .array(
        z.strictObject({ place: endSchema, dwellMinutes: z.number().int().min(0).max(20_160).default(0) }),
      )
      .max(8)
      .optional()
      .describe('Places to visit on the way, in order'),
    date: dateSchema.optional().describe('Default: today at the origin'),
    time: timeSchema.optional().describe('Default: any time of the day (from now, when the date is today)'),
    arriveBy: z.boolean().default(false),
    passengers: z.number().int().min(1).max(20).default(1),
    preference: preferenceSchema.default('BALANCED'),
    modes: z.array(z.enum(searchModes)).min(1).optional(),
    traveller: travellerSchema
      .extend({
        profile: z.enum(travellerProfiles).optional().describe('What is hard on whom; default: default'),
      })
      .optional()
      .describe('One of the passengers: what concessions save, and what is uncomfortable'),
  })
  .openapi('SearchRequest');
export type SearchRequest = z.infer<typeof searchRequestSchema>;
export type SearchRequestInput = z.input<typeof searchRequestSchema>;

/**
 * The shareable form of a search, `GET /search?…`: texts only. `stop` may be repeated, as `Jaipur:240`
 * (minutes to stay); `modes` is a list, as `train,bus`.
 */
export const searchQuerySchema = z.object({
  origin: z.string(),
  destination: z.string(),
  date: dateSchema.optional(),
  time: timeSchema.optional(),
  arriveBy: z.enum(['true', 'false', '1', '0']).optional(),
  passengers: z
    .string()
    .regex(/^\d{1,2}$/)
    .optional(),
  preference: z.string().optional(),
  modes: z.string().optional().describe('train,bus,flight,metro,tram,ferry'),
  stop: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Place to visit and minutes to stay: Jaipur:240'),
  profession: z.string().optional(),
});

/** The search that a query string stands for, still to be checked by `searchRequestSchema`. */
export function requestOfQuery(query: z.infer<typeof searchQuerySchema>): SearchRequestInput {
  const { origin, destination, date, time, arriveBy, passengers, preference, modes, stop, profession } =
    query;
  const stops = [stop ?? []].flat().map((text) => {
    const [, place = text, minutes] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { place, ...(minutes === undefined ? {} : { dwellMinutes: Number(minutes) }) };
  });
  const request: Record<keyof SearchRequestInput, unknown> = {
    origin,
    destination,
    stops: stops.length > 0 ? stops : undefined,
    date,
    time,
    arriveBy: arriveBy === undefined ? undefined : arriveBy === 'true' || arriveBy === '1',
    passengers: passengers === undefined ? undefined : Number(passengers),
    preference,
    modes: modes?.split(',').map((mode) => mode.trim()),
    traveller: profession === undefined ? undefined : { profession },
  };
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as SearchRequestInput;
}

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
    bookable: z.boolean().describe('Whether a ticket or ride is booked for this leg'),
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
  'PRICES_INDICATIVE',
  'STOPS_ONE_BY_ONE',
  'PLACE_UNREACHABLE',
  'OUTSIDE_TIMETABLE',
  'NO_ROUTE',
] as const;
export const noteSchema = z.object({ code: z.enum(noteCodes), text: z.string() }).openapi('SearchNote');
export type SearchNote = z.infer<typeof noteSchema>;

export const searchResponseSchema = z
  .object({
    searchId: z.string(),
    origin: locationSchema.describe('What the origin was taken for'),
    destination: locationSchema,
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
    generatedAt: z.iso.datetime(),
    network: networkNoteSchema,
    cached: z.boolean(),
    partial: z.boolean(),
  })
  .openapi('SearchResponse');
export type SearchResponse = z.infer<typeof searchResponseSchema>;

export const planBRequestSchema = z
  .strictObject({
    route: routeSchema,
    toLeg: z.number().int().min(0).max(63).describe('The leg that is missed: `toLeg` of a change at risk'),
    destination: locationSchema
      .optional()
      .describe('What the search took the destination for; default: where the last leg ends'),
    passengers: z.number().int().min(1).max(20).default(1),
    modes: z.array(z.enum(searchModes)).min(1).optional(),
  })
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
