import { z } from 'zod';
import { provenance } from './readTable.ts';

/**
 * Provenance of a row that holds for some days only: from `valid_from` to `valid_to`, both included; no `valid_to`:
 * until further notice. Where the begin of a rule is not recorded, `valid_from` is the date of its source.
 */
export const datedProvenance = {
  ...provenance,
  valid_to: z.union([z.literal('').transform(() => null), z.iso.date()]),
};

interface Dated {
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/** Whether a row holds on a date `YYYY-MM-DD`. */
export const inForce = ({ valid_from, valid_to }: Dated, date: string): boolean =>
  valid_from <= date && (valid_to === null || date <= valid_to);
