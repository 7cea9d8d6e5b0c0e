import { z } from '@hono/zod-openapi';

export const ruleRowSchema = z
  .object({
    line: z.number().int().describe('Line of the file'),
    figures: z.record(z.string(), z.string()).describe('Columns as they stand in the file'),
    source: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    verifiedOn: z.iso.date(),
    certainty: z.enum(['A', 'B', 'C', 'D']).describe('A official … D working assumption'),
  })
  .openapi('RuleRow');

const tableShape = {
  name: z.string().describe('File below data/rules, without .csv'),
  title: z.string(),
  rowCount: z.number().int(),
  certainties: z.object({ A: z.number(), B: z.number(), C: z.number(), D: z.number() }),
  verifiedFrom: z.iso.date().describe('The row verified longest ago'),
};
export const ruleTableSummarySchema = z.object(tableShape).openapi('RuleTableSummary');
export const ruleTableSchema = z.object({ ...tableShape, rows: z.array(ruleRowSchema) }).openapi('RuleTable');
const creditSchema = z.object({
  organization: z.string(),
  url: z.string().describe('Empty when none is given'),
  roles: z.array(z.enum(['producer', 'operator', 'authority'])),
});

/** Where a timetable is from and whom to name for it. */
export const feedSourceSchema = z
  .object({
    name: z.string().describe('Names the feed in its network: an import under the same name replaces it'),
    publisher: z.string(),
    url: z.string().optional().describe('Of the publisher; absent when none is given'),
    version: z.string(),
    attribution: z.string().optional().describe('Whom to name where its data are shown'),
    credits: z
      .array(creditSchema)
      .optional()
      .describe('The same with addresses, as attributions.txt says it'),
    validFrom: z.iso.date().optional().describe('First day for which the publisher vouches'),
    validTo: z.iso.date().optional().describe('Last day for which the publisher vouches'),
    endsOn: z.iso.date().optional().describe('Last day of its own calendar'),
    importedAt: z.iso.datetime().optional(),
    rolled: z.boolean().optional().describe('Its calendar had ended; its busiest week is repeated'),
    unused: z.boolean().optional().describe('Its calendar had ended and none of its trips is used'),
  })
  .openapi('FeedSource');
export type FeedSource = z.infer<typeof feedSourceSchema>;

const timetableShape = {
  name: z.string(),
  version: z.number().int().nullable().describe('Number of its activation'),
  sample: z.boolean().describe('The bundled sample: approximate times'),
  rolled: z.boolean().describe('A calendar in it had ended; its busiest week is repeated'),
  validFrom: z.iso.date(),
  validTo: z.iso.date(),
};

export const aboutDataSchema = z
  .object({
    tables: z.array(ruleTableSummarySchema),
    network: z.object(timetableShape).describe('The active network'),
    feeds: z.array(feedSourceSchema).describe('Timetables of the active network'),
  })
  .openapi('AboutData');
/** The timetable in use, and the feeds it was made of. */
export type Timetable = AboutData['network'] & { readonly feeds: readonly FeedSource[] };
export type AboutData = z.infer<typeof aboutDataSchema>;
export type RuleRow = z.infer<typeof ruleRowSchema>;
export type RuleTable = z.infer<typeof ruleTableSchema>;
export type RuleTableSummary = z.infer<typeof ruleTableSummarySchema>;
