import { z } from 'zod';
import { cell, datedProvenance, inForce, listCell, readTable } from '../../rule-tables/index.ts';
import { type LegMode, legModes } from '../contract.ts';
import { type LogNormal, logNormalOf } from './logNormal.ts';

const delayRow = z
  .object({
    category: z.string().min(1),
    /** Any of these in the folded name of the train; empty: every other. */
    trains: listCell,
    mean_minutes: cell(),
    median_minutes: cell(),
    ...datedProvenance,
  })
  .refine((row) => row.mean_minutes > row.median_minutes, 'the mean must be above the median');
const monthDay = z.string().regex(/^\d\d-\d\d$/);
const fogRow = z.object({
  /** Month and day, both included; may pass over the new year. */
  from: monthDay,
  to: monthDay,
  south: cell(),
  north: cell(),
  west: cell(),
  east: cell(),
  factor: cell(),
  ...datedProvenance,
});
const minimumRow = z.object({ mode: z.enum(legModes), minutes: cell(), ...datedProvenance });

interface Tables {
  readonly delays: readonly z.infer<typeof delayRow>[];
  readonly fog: readonly z.infer<typeof fogRow>[];
  readonly minimum: ReadonlyMap<LegMode, number>;
}
let read: Tables | undefined;
const tables = (): Tables =>
  (read ??= {
    delays: readTable('rules/train-delays.csv', delayRow),
    fog: readTable('rules/fog.csv', fogRow),
    minimum: new Map(
      readTable('rules/change-minimum.csv', minimumRow).map(({ mode, minutes }) => [mode, minutes]),
    ),
  });

interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** How late a train is on a day, by its kind and in the fog of winter; with the words that say where this is from. */
export function trainDelays(
  name: string,
  date: string,
  ends: readonly Point[],
): { readonly delays: LogNormal; readonly category: string; readonly fog: boolean; readonly source: string } {
  const folded = name.toLowerCase();
  const { delays } = tables();
  // Before the first figures the last row, that of all trains, is the best there is.
  const row =
    delays.find(
      (kind) =>
        inForce(kind, date) &&
        (kind.trains.length === 0 || kind.trains.some((word) => folded.includes(word))),
    ) ?? delays.at(-1)!;
  const fog = tables().fog.find(
    (area) => inForce(area, date) && inSeason(area, date.slice(5)) && ends.some((end) => inArea(area, end)),
  );
  const { median, sigma } = logNormalOf(row.mean_minutes, row.median_minutes);
  return {
    delays: { median: median * (fog?.factor ?? 1), sigma },
    category: row.category,
    fog: fog !== undefined,
    source: row.source,
  };
}

/** How late trains of any kind are: the last row. */
export function allTrains(): LogNormal {
  const row = tables().delays.at(-1)!;
  return logNormalOf(row.mean_minutes, row.median_minutes);
}

const inSeason = ({ from, to }: { from: string; to: string }, day: string): boolean =>
  from <= to ? from <= day && day <= to : day >= from || day <= to;
const inArea = (area: z.infer<typeof fogRow>, { lat, lng }: Point): boolean =>
  area.south <= lat && lat <= area.north && area.west <= lng && lng <= area.east;

/** Minutes that one must be there before a departure at the very least. */
export const leastMinutes = (mode: LegMode): number => tables().minimum.get(mode) ?? 0;
