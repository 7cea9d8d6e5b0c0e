import { z } from '@hono/zod-openapi';

const severitySchema = z.enum(['ERROR', 'WARNING', 'INFO']);

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
  name: z.string(),
  source: z.string().describe('File name or address it came from'),
  publisher: z.string(),
  version: z.string(),
  hash: z.string().optional().describe('SHA-256 of the data files, for the sample'),
});
export type NetworkFeed = z.infer<typeof networkFeedSchema>;

/** One imported timetable, without its image. */
const networkSchema = z.object({
  id: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  sample: z.boolean().describe('The bundled sample: approximate times'),
  rolled: z.boolean().describe('The calendar had ended; its busiest week is repeated'),
  validFrom: z.iso.date(),
  validTo: z.iso.date(),
  imageBytes: z.number(),
  storedBytes: z.number(),
  stats: networkStatsSchema,
  feeds: z.array(networkFeedSchema),
  createdAt: z.iso.datetime(),
  activatedAt: z.iso.datetime().nullable(),
});
export type Network = z.infer<typeof networkSchema>;

const networkNoticeSchema = z.object({
  severity: severitySchema,
  code: z.string(),
  feed: z.string(),
  file: z.string().nullable(),
  row: z.number().nullable().describe('Line in the file; the header is line 1'),
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: z.string(),
});
export type NetworkNotice = z.infer<typeof networkNoticeSchema>;
