import { z } from '@hono/zod-openapi';
import { amountsSchema } from '../fares/contract.ts';

export const professions = [
  'STUDENT',
  'DEFENSE',
  'SENIOR_CITIZEN',
  'MEDICAL',
  'GOVERNMENT',
  'CORPORATE',
  'OTHER',
] as const;
export type Profession = (typeof professions)[number];
/** Either case is accepted, as in the user's document. */
const professionSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.toUpperCase() : value),
  z.enum(professions),
);

export const genders = ['FEMALE', 'MALE', 'TRANSGENDER'] as const;
export const disabilities = ['ORTHOPAEDIC', 'VISUAL', 'INTELLECTUAL', 'HEARING_AND_SPEECH'] as const;
export const patientCategories = [
  'CANCER',
  'THALASSAEMIA',
  'HEART_SURGERY',
  'KIDNEY',
  'TUBERCULOSIS',
  'AIDS',
  'OSTOMY',
  'HAEMOPHILIA',
  'LEPROSY',
  'SICKLE_CELL',
  'APLASTIC_ANAEMIA',
] as const;
export const travellerGroups = [
  'SC_ST',
  'RURAL_GOVERNMENT_SCHOOL',
  'RESEARCH_SCHOLAR',
  'WAR_WIDOW',
  'GALLANTRY',
  'PARAMILITARY',
  'POLICE_MEDAL',
  'PRESS',
  'ARTIST',
  'SPORTS',
  'FARMER',
  'YOUTH',
] as const;
export const purposes = [
  'HOME',
  'EDUCATION',
  'STUDY_TOUR',
  'MAIN_EXAM',
  'RESEARCH',
  'TREATMENT',
  'OTHER',
] as const;

/** One traveller as concessions see them. Nothing is needed; what is left out may turn a saving into a question. */
export const travellerSchema = z
  .strictObject({
    profession: professionSchema.optional(),
    age: z.number().int().min(0).max(120).optional(),
    gender: z.enum(genders).optional(),
    domicileState: z.string().min(1).max(120).optional().describe('State of residence: "Karnataka"'),
    disability: z.enum(disabilities).optional().describe('Left out: none'),
    patient: z.enum(patientCategories).optional().describe('Left out: none'),
    groups: z.array(z.enum(travellerGroups)).optional().describe('Left out: none'),
    purpose: z.enum(purposes).optional().describe('Why this journey is made'),
    escorted: z.boolean().optional().describe('An escort travels along and pays a ticket of the same class'),
    governmentPaid: z.boolean().optional().describe('The Government pays this journey'),
  })
  .openapi('Traveller');
export type Traveller = z.infer<typeof travellerSchema>;

/** Facts that may be asked of a traveller to settle a rule. */
export const askableFacts = ['age', 'gender', 'domicileState', 'purpose'] as const;
export type AskableFact = (typeof askableFacts)[number];

export const refusalCodes = [
  'WITHDRAWN',
  'NOT_YET',
  'TATKAL',
  'GOVERNMENT_PAID',
  'TRAIN',
  'CLASS',
  'SERVICE',
  'OUTSIDE_STATE',
  'DOMICILE',
  'PURPOSE',
  'BETTER_ONE',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const outcomeSchema = z
  .object({
    ruleId: z.string(),
    title: z.string(),
    status: z
      .enum(['APPLIES', 'POSSIBLE', 'REFUSED', 'NOTE'])
      .describe(
        'POSSIBLE: if the facts in `asks` and the `condition` hold. NOTE: for information, no saving',
      ),
    reason: z
      .object({ code: z.enum(refusalCodes), text: z.string() })
      .nullable()
      .describe('Why a rule for this traveller did not apply'),
    asks: z.array(z.enum(askableFacts)),
    condition: z.string().nullable().describe('What RouteStitch cannot check'),
    percent: z
      .object({ low: z.number(), high: z.number() })
      .nullable()
      .describe('Of the base fare; null when the size is not recorded or there is none'),
    saving: amountsSchema.describe('What it saves, or would save when POSSIBLE; 0 when refused'),
    escort: z
      .enum(['SAME', 'UNSTATED'])
      .nullable()
      .describe('Whether an escort has the same; UNSTATED: some concession, of unknown size'),
    withdrawnSince: z.iso.date().nullable(),
    documents: z.string().nullable().describe('To carry'),
    whereToBuy: z.string().nullable(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    source: z.string(),
    asOf: z.iso.date(),
    certainty: z.enum(['A', 'B', 'C', 'D']),
  })
  .openapi('ConcessionOutcome');
export type Outcome = z.infer<typeof outcomeSchema>;

export const legConcessionsSchema = z
  .object({
    outcomes: z.array(outcomeSchema),
    best: z.string().nullable().describe('`ruleId` of the one that is counted: one concession a person'),
    saving: amountsSchema,
    effective: amountsSchema.describe('Price of the leg for the party with the saving taken off'),
  })
  .openapi('LegConcessions');
export type LegConcessions = z.infer<typeof legConcessionsSchema>;

export const partyConcessionsSchema = z
  .object({
    travellers: z.array(legConcessionsSchema).describe('As the travellers were described'),
    saving: amountsSchema,
    effective: amountsSchema.describe('Price of the leg for the party with all savings taken off'),
  })
  .openapi('PartyConcessions');
export type PartyConcessions = z.infer<typeof partyConcessionsSchema>;
