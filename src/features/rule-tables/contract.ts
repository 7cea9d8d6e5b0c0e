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
export const aboutDataSchema = z.object({ tables: z.array(ruleTableSummarySchema) }).openapi('AboutData');
export type RuleTable = z.infer<typeof ruleTableSchema>;
export type RuleTableSummary = z.infer<typeof ruleTableSummarySchema>;
