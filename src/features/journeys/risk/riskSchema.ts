import { z } from 'zod';

/** Safe from 90 %, tight from 75 %. NO_DATA: nobody publishes how late what one arrives with is. */
export const riskWords = ['SAFE', 'TIGHT', 'RISKY', 'NO_DATA'] as const;
export type RiskWord = (typeof riskWords)[number];

export const changeRiskSchema = z.object({
  fromLeg: z.number().int().describe('Leg that one arrives with'),
  toLeg: z.number().int().describe('Leg that may be missed'),
  place: z.string(),
  availableMinutes: z.number().int(),
  neededMinutes: z.number().int().describe('For the way and for boarding'),
  probability: z.number().min(0).max(1).nullable().describe('Chance to make it; null without data'),
  word: z.enum(riskWords),
  fog: z.boolean(),
  stayMinutes: z
    .number()
    .int()
    .optional()
    .describe('Stay that comes before `toLeg` and is given up first: only a longer delay breaks the plan'),
  text: z.string(),
});
export type ChangeRisk = z.infer<typeof changeRiskSchema>;

export const routeRiskSchema = z.object({
  probability: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Chance that every change is made; null when one is without data'),
  word: z.enum(riskWords),
  changes: z.array(changeRiskSchema).describe('Changes, and of the stays those that a delay may use up'),
});
export type RouteRisk = z.infer<typeof routeRiskSchema>;
