import { z } from 'zod';
import { parseClock } from '../../units/time.ts';

export type Pairs = readonly (readonly [km: number, minor: number])[];

/** `km:minor` pairs with rising kilometres, separated by `;`. */
export const pairsCell: z.ZodType<Pairs> = z
  .string()
  .transform((text): Pairs =>
    text === '' ? [] : text.split(';').map((pair) => pair.split(':').map(Number) as [number, number]),
  )
  .refine(
    (pairs) =>
      pairs.every(
        ([km, minor], index) => Number.isFinite(minor) && km >= 0 && km > (pairs[index - 1]?.[0] ?? -1),
      ),
    'must be km:minor pairs with rising km',
  );

/** `yes` or blank. */
export const yesCell = z.enum(['yes', '']).transform((text) => text === 'yes');

/** `HH:MM` or blank, as minutes of the day or null. */
export const clockCell = z.string().transform((text, context): number | null => {
  if (text === '') return null;
  const minutes = parseClock(text);
  if (minutes === null) context.addIssue({ code: 'custom', message: `"${text}" is not HH:MM` });
  return minutes;
});

/** `HH:MM-HH:MM` windows of a day, separated by `;`; 24:00 ends the day. */
export const windowsCell = z.string().transform((text, context) =>
  (text === '' ? [] : text.split(';')).map((window): readonly [number, number] => {
    const [from = NaN, to = NaN] = window.split('-').map(minutesOf);
    if (!(from < to)) context.addIssue({ code: 'custom', message: `"${window}" is not HH:MM-HH:MM` });
    return [from, to];
  }),
);

const minutesOf = (clock: string): number => (clock === '24:00' ? 1440 : (parseClock(clock) ?? NaN));

/** The value of the first pair that reaches so far; beyond the last, the last. */
export const stepAt = (steps: Pairs, km: number): number =>
  (steps.find(([upTo]) => km <= upTo) ?? steps.at(-1))?.[1] ?? 0;

/** Linear between points, level before the first, on along the last piece after it. */
export function lineAt(points: Pairs, km: number): number {
  const after = points.findIndex(([at]) => km <= at);
  if (after === 0 || points.length < 2) return points[0]?.[1] ?? 0;
  const end = after < 0 ? points.length - 1 : after;
  const [fromKm, from] = points[end - 1]!;
  const [toKm, to] = points[end]!;
  return from + ((km - fromKm) / (toKm - fromKm)) * (to - from);
}
