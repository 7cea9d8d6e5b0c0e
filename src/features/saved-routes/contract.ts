import { z } from '@hono/zod-openapi';
import { locationSchema } from '../places/contract.ts';
import {
  keptRouteSchema,
  lineOfText,
  routeToKeepSchema,
  stopsSchema,
  tripSummarySchema,
} from '../trips/contract.ts';

export const savedRouteIdSchema = z.cuid();
export const routeNameSchema = lineOfText(200).describe('"Weekend escape to Goa"');

export const savedRouteInputSchema = z
  .strictObject({
    name: routeNameSchema.nullish(),
    origin: locationSchema,
    destination: locationSchema,
    stops: stopsSchema.nullish(),
    route: routeToKeepSchema,
  })
  .openapi('SavedRouteInput');
export type SavedRouteInput = z.input<typeof savedRouteInputSchema>;
export type NewSavedRoute = z.output<typeof savedRouteInputSchema>;

export const savedRoutePageQuerySchema = z.strictObject({
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{1,15}_c[0-9a-z]{6,40}$/i, 'must be the nextCursor of an earlier page')
    .optional(),
});
/** The same as query strings. */
export const savedRouteListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(64).optional().describe('`nextCursor` of the page before'),
});
export const renameSchema = z
  .strictObject({ name: routeNameSchema.nullable().describe('null: no name') })
  .openapi('SavedRouteChanges');
export type SavedRoutePageQuery = z.input<typeof savedRoutePageQuerySchema>;

/** A saved route of the list: everything but the route itself. */
export const savedRouteSummarySchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    ...tripSummarySchema.pick({ origin: true, destination: true, stops: true }).shape,
    timesUsed: z.number().int(),
    lastUsedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('SavedRouteSummary');
export type SavedRouteSummary = z.infer<typeof savedRouteSummarySchema>;

export const savedRouteSchema = savedRouteSummarySchema
  .extend({ route: keptRouteSchema })
  .openapi('SavedRoute');
export type SavedRoute = z.infer<typeof savedRouteSchema>;

export const savedRoutePageSchema = z
  .object({
    savedRoutes: z.array(savedRouteSummarySchema).describe('Latest first'),
    nextCursor: z.string().nullable().describe('For the next page; null on the last'),
  })
  .openapi('SavedRoutePage');
export type SavedRoutePage = z.infer<typeof savedRoutePageSchema>;
