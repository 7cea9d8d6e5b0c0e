import { z } from '@hono/zod-openapi';
import { feedSourceSchema } from '../rule-tables/contract.ts';

const severities = ['ERROR', 'WARNING', 'INFO'] as const;
const severitySchema = z.enum(severities);

const countsSchema = z.object({ ERROR: z.number(), WARNING: z.number(), INFO: z.number() });

/** What is kept about the making of a network beside its image. */
const networkStatsSchema = z.object({
  stops: z.number(),
  lines: z.number(),
  runs: z.number(),
  stopTimes: z.number(),
  links: z.number(),
  activeDays: z.number(),
  runsRead: z.number().describe('Trips that the feeds named'),
  runsDropped: z.number().describe('Those of them that could not be used'),
  notices: countsSchema.describe('How many notices there were, listed or not'),
  importMs: z.number(),
});
export type NetworkStats = z.infer<typeof networkStatsSchema>;

const networkFeedSchema = z.object({
  ...feedSourceSchema.shape,
  source: z.string().describe('File name or address it came from'),
  hash: z.string().optional().describe('SHA-256 of the kept archive; of the data files, for the sample'),
  prefix: z.string().optional().describe('Stands before its ids in the network; empty for the first feed'),
  retimed: z.number().optional().describe('Trips whose ride filled their frequency block; timed by distance'),
});
export type NetworkFeed = z.infer<typeof networkFeedSchema>;

/** One imported timetable, without its image. */
export const networkSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    isActive: z.boolean(),
    version: z.number().nullable().describe('Number of its latest activation; null when it was never active'),
    sample: z.boolean().describe('The bundled sample: approximate times'),
    rolled: z.boolean().describe('The calendar had ended; its busiest week is repeated'),
    rollCalendar: z.boolean().describe('Calendars that end too soon are to be rolled'),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    imageHash: z.string().describe('SHA-256 of the image, hex'),
    imageBytes: z.number(),
    storedBytes: z.number().describe('0 when the image is no longer kept'),
    stats: networkStatsSchema,
    feeds: z.array(networkFeedSchema),
    createdAt: z.iso.datetime(),
    activatedAt: z.iso.datetime().nullable(),
  })
  .openapi('StoredNetwork');
export type Network = z.infer<typeof networkSchema>;

const networkNoticeSchema = z
  .object({
    severity: severitySchema,
    code: z.string(),
    feed: z.string(),
    file: z.string().nullable(),
    row: z.number().nullable().describe('Line in the file; the header is line 1'),
    column: z.string().nullable(),
    value: z.string().nullable(),
    message: z.string(),
  })
  .openapi('NetworkNotice');
export type NetworkNotice = z.infer<typeof networkNoticeSchema>;

const text = (longest: number) => z.string().min(1).max(longest);
export const networkReferenceSchema = text(64).describe('An id, a version as v12, `active` or `previous`');

/** Errors first, then by code. */
export const noticeQuerySchema = z.object({
  severity: severitySchema.optional(),
  code: text(100).optional(),
  feed: text(200).optional(),
  file: text(200).optional().describe('As stops.txt'),
  cursor: z.cuid().optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type NoticeQuery = z.input<typeof noticeQuerySchema>;

export const noticePageSchema = z
  .object({
    notices: z.array(networkNoticeSchema),
    nextCursor: z.string().nullable(),
  })
  .openapi('NoticePage');
export type NoticePage = z.infer<typeof noticePageSchema>;

export const noticeCodeSchema = z
  .object({
    severity: severitySchema,
    code: z.string(),
    count: z.number().int().describe('Kept of it, at most 1000 a feed'),
  })
  .openapi('NoticeCode');
export type NoticeCode = z.infer<typeof noticeCodeSchema>;

const namedSchema = z.object({ id: z.string(), name: z.string() });

/** What one network has that another has not. */
const networkDiffSchema = z.object({
  from: namedSchema,
  to: namedSchema,
  comparedFrom: z.iso.date().nullable().describe('First day in both; null when they share no day'),
  comparedTo: z.iso.date().nullable(),
  stops: z.object({
    added: z.array(namedSchema),
    removed: z.array(namedSchema),
    changed: z.array(namedSchema).describe('Other name or position'),
  }),
  lines: z.object({
    added: z.array(namedSchema),
    removed: z.array(namedSchema),
    retimed: z.array(namedSchema.extend({ runsAdded: z.number(), runsRemoved: z.number() })),
  }),
});
export type NetworkDiff = z.infer<typeof networkDiffSchema>;
