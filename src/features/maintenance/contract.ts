import { z } from '@hono/zod-openapi';
import { parseDate } from '../../units/time.ts';
import { locationSchema } from '../places/contract.ts';

export const archivedTripIdSchema = z.cuid();

export const archivePageQuerySchema = z.strictObject({
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_c[0-9a-z]{6,40}$/i, 'must be the nextCursor of an earlier page')
    .refine((cursor) => parseDate(cursor.slice(0, 10)) !== null, 'must be the nextCursor of an earlier page')
    .optional(),
});
export type ArchivePageQuery = z.input<typeof archivePageQuerySchema>;

/** A line of the archive; `getTrip` answers the whole trip. */
export const archivedTripSchema = z
  .object({
    id: z.string(),
    origin: locationSchema,
    destination: locationSchema,
    date: z.iso.date(),
    time: z.string().nullable(),
    passengers: z.number().int(),
    status: z.string(),
    archivedAt: z.iso.datetime(),
  })
  .openapi('ArchivedTrip');
export type ArchivedTrip = z.infer<typeof archivedTripSchema>;

export const archivePageSchema = z
  .object({
    trips: z.array(archivedTripSchema).describe('Latest date first'),
    nextCursor: z.string().nullable().describe('For the next page; null on the last'),
  })
  .openapi('ArchivePage');
export type ArchivePage = z.infer<typeof archivePageSchema>;

/** The same as query strings. */
export const archiveListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(64).optional().describe('`nextCursor` of the page before'),
});
