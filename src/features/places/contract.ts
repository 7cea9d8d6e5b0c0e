import { z } from '@hono/zod-openapi';

/** The user's location object, as a trip or a search stores it. */
export const locationSchema = z
  .strictObject({
    id: z.string().min(1).max(128),
    name: z.string().min(1).max(200),
    city: z.string().max(120).optional(),
    state: z.string().max(120).optional(),
    lat: z.number().min(-90).max(90),
    lng: z.number().min(-180).max(180),
    displayName: z.string().max(400).optional(),
  })
  .openapi('Location');
export type Location = z.infer<typeof locationSchema>;

export const placeKinds = ['city', 'station', 'airport', 'bus_stand', 'metro', 'stop'] as const;

/** One suggestion of the autocomplete. Its location fields can be sent back as `origin` or `destination`. */
export const placeSchema = z
  .object({
    id: z.string().describe('Stable id: `city:delhi`, `hub:NDLS`, `stop:<network stop id>`'),
    kind: z.enum(placeKinds),
    name: z.string(),
    code: z.string().nullable().describe('Station or IATA code'),
    city: z.string().nullable(),
    state: z.string().nullable(),
    lat: z.number(),
    lng: z.number(),
    displayName: z.string().describe('One line: "New Delhi (NDLS), Delhi"'),
    detail: z.string().describe('Second line: "5 stations, 1 airport"'),
    hubs: z
      .object({
        station: z.number().int().min(0),
        airport: z.number().int().min(0),
        bus_stand: z.number().int().min(0),
      })
      .nullable()
      .describe('How many of each a city has; null: not a city'),
    served: z.boolean().describe('Whether the active timetable calls there'),
    matched: z.string().nullable().describe('The alias that matched when it is not the name, as "Bombay"'),
  })
  .openapi('Place');
export type Place = z.infer<typeof placeSchema>;

export const placesQuerySchema = z.object({ q: z.string().trim().min(1).max(100) });
export const placesResponseSchema = z.object({ places: z.array(placeSchema).max(8) }).openapi('Places');

export const placeNamesQuerySchema = z.object({ language: z.enum(['hi']).describe('hi: Hindi') });
export const placeNamesResponseSchema = z
  .object({
    language: z.enum(['hi']),
    names: z.record(z.string(), z.string()).describe('By the name that searches and suggestions use'),
  })
  .openapi('PlaceNames');
export type PlaceNames = z.infer<typeof placeNamesResponseSchema>;
