import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { cell, listCell, provenance, readTable, datedProvenance } from '../rule-tables/index.ts';
import { clockCell, type Pairs, pairsCell, windowsCell, yesCell } from './cells.ts';
import { railQuotas } from './contract.ts';
import { holidayRow, dayKinds } from './holidays.ts';
import { namesCell } from './names.ts';

const shortClassCell = z
  .string()
  .regex(/^([A-Z0-9]+:\d+)?$/, 'must be class:km')
  .transform((entry) => {
    const [code = '', mostKm] = entry.split(':');
    return code === '' ? null : { code, mostKm: Number(mostKm) };
  });
const daysCell = listCell.pipe(z.array(z.enum(dayKinds)));
const text = z.string().min(1);
const percents = { low_percent: cell(), high_percent: cell() };

const railClassRow = z.object({
  class: text,
  name: text,
  ac: yesCell,
  reservation_minor: cell(),
  superfast_minor: cell(),
  tax_percent: cell(0),
  /** Fee of the railway's site on a ticket, before GST: paid by UPI, and otherwise. */
  online_upi_minor: cell(),
  online_other_minor: cell(),
  ...datedProvenance,
});

const railTrainRow = z.object({
  type: text,
  words: namesCell,
  /** How a five-digit train number begins. */
  numbers: listCell,
  /** What feeds call such trains. */
  kinds: listCell,
  superfast: yesCell,
  premium: yesCell,
  /** Cheapest first; `2S:250` is sold up to 250 km. */
  classes: listCell.transform((list) =>
    list.map((entry) => {
      const [code = '', most] = entry.split(':');
      return { code, mostKm: most === undefined ? Infinity : Number(most) };
    }),
  ),
  usual_class: text,
  /** `SL:300`: what most take up to 300 km, where the usual class charges a longer distance; or blank. */
  short_class: shortClassCell,
  ...datedProvenance,
});

const railFareRow = z.object({
  trains: namesCell,
  class: text,
  table: z.string(),
  ratio: cell(0),
  per_km_minor: cell(0),
  minimum_km: cell(),
  /** Revisions after this date come on top. */
  table_as_of: z.iso.date(),
  /** Whether reservation fee and superfast surcharge are charged apart. */
  fees: yesCell,
  flexi_percent: cell(0),
  catering_per_km_minor: cell(0),
  basis: text,
  ...percents,
  ...datedProvenance,
});

const railPointRow = z.object({ table: text, km: cell(), minor: cell(), ...datedProvenance });
const railRevisionRow = z.object({
  trains: namesCell,
  classes: namesCell,
  per_km_minor: cell(0),
  steps: pairsCell,
  ...datedProvenance,
});
const railQuotaRow = z.object({
  quota: z.enum(railQuotas),
  trains: namesCell,
  classes: namesCell,
  percent: cell(),
  minimum_minor: cell(-Infinity),
  maximum_minor: cell(Infinity),
  minimum_km: cell(0),
  passengers: cell(),
  ...datedProvenance,
});
const railChildRow = z.object({
  from_age: cell(),
  to_age: cell(),
  percent: cell(),
  /** Blank: no berth is sold at a child's fare. */
  percent_with_berth: cell(0),
  ...datedProvenance,
});

const roadFareRow = z.object({
  id: text,
  mode: z.enum(['bus', 'tram', 'ferry']),
  operators: namesCell,
  types: namesCell,
  class: text,
  code: text,
  included_km: cell(0),
  base_minor: cell(0),
  per_km_minor: cell(0),
  /** A fare by stages: whole stages are paid. */
  stage_km: cell(0),
  stage_minor: cell(0),
  tax_percent: cell(0),
  round_up_minor: cell(),
  basis: text,
  ...percents,
  ...datedProvenance,
});
const busSurchargeRow = z.object({
  id: text,
  operators: namesCell,
  days: daysCell,
  likely_percent: cell(),
  text,
  ...percents,
  ...datedProvenance,
});

const airFareRow = z.object({
  class: text,
  name: text,
  base_minor: cell(),
  per_km_minor: cell(),
  tax_percent: cell(),
  charges_low_minor: cell(),
  charges_likely_minor: cell(),
  charges_high_minor: cell(),
  festival_low_percent: cell(),
  festival_likely_percent: cell(),
  festival_high_percent: cell(),
  round_up_minor: cell(),
  basis: text,
  ...percents,
  ...datedProvenance,
});
const airCeilingRow = z.object({ up_to_km: cell(Infinity), maximum_minor: cell(), ...datedProvenance });
const leadTimeRow = z.object({ min_days: cell(), factor: cell(), ...provenance });

const metroFareRow = z.object({
  id: text,
  cities: listCell,
  line: namesCell,
  days: daysCell,
  class: text,
  /** Blank: no discount for cards is known. */
  card_class: z.string(),
  steps: pairsCell,
  ...datedProvenance,
});
const metroPairRow = z.object({
  cities: listCell,
  line: namesCell,
  from: namesCell,
  to: namesCell,
  minor: cell(),
  ...datedProvenance,
});
const metroDiscountRow = z.object({
  id: text,
  cities: listCell,
  pay: z.enum(['CARD', '']),
  days: daysCell,
  windows: windowsCell,
  percent: cell(),
  /** ADD: on top of others; BEST: only the largest counts. */
  combine: z.enum(['ADD', 'BEST']),
  text,
  ...datedProvenance,
});

const meterRow = z.object({
  id: text,
  vehicle: z.enum(['auto', 'taxi']),
  class: text,
  code: text,
  cities: listCell,
  from_km: cell(0),
  included_km: cell(0),
  base_minor: cell(0),
  per_km_minor: cell(),
  per_minute_minor: cell(0),
  night_percent: cell(0),
  night_from: clockCell,
  night_to: clockCell,
  luggage_minor: cell(0),
  pickup_low_minor: cell(0),
  pickup_high_minor: cell(0),
  capacity: cell(),
  round_up_minor: cell(),
  basis: text,
  ...percents,
  ...datedProvenance,
});

export type RailClass = z.infer<typeof railClassRow>;
export type RailTrain = z.infer<typeof railTrainRow>;
export type RailFare = z.infer<typeof railFareRow>;
export type RailQuotaRule = z.infer<typeof railQuotaRow>;
export type RoadFare = z.infer<typeof roadFareRow>;
export type AirFare = z.infer<typeof airFareRow>;
export type MetroFare = z.infer<typeof metroFareRow>;
export type Meter = z.infer<typeof meterRow>;

const shapes = {
  railClasses: ['rail-classes', railClassRow],
  railTrains: ['rail-trains', railTrainRow],
  railFares: ['rail-fares', railFareRow],
  railPoints: ['rail-points', railPointRow],
  railRevisions: ['rail-revisions', railRevisionRow],
  railQuotas: ['rail-quotas', railQuotaRow],
  railChildren: ['rail-children', railChildRow],
  roadFares: ['road-fares', roadFareRow],
  busSurcharges: ['bus-surcharges', busSurchargeRow],
  airFares: ['air-fares', airFareRow],
  airCeilings: ['air-ceilings', airCeilingRow],
  leadTimes: ['flight-lead-times', leadTimeRow],
  metroFares: ['metro-fares', metroFareRow],
  metroPairs: ['metro-pairs', metroPairRow],
  metroDiscounts: ['metro-discounts', metroDiscountRow],
  meters: ['meters', meterRow],
  holidays: ['holidays', holidayRow],
} as const satisfies Record<string, readonly [string, z.ZodObject]>;

type Shapes = typeof shapes;

/** The tables of `data/rules` that price rides, as they are in the files; rows are looked up by date. */
export type FareTables = { readonly [K in keyof Shapes]: readonly z.infer<Shapes[K][1]>[] } & {
  /** Fare at km, by the name of the table. */
  readonly railLines: ReadonlyMap<string, Pairs>;
};

/** Reads and checks the fare tables once; throws `CONFIGURATION` naming file and row. */
export function readFareTables(folder?: string): FareTables {
  const tables = Object.fromEntries(
    Object.entries(shapes).map(([key, [name, row]]) => [key, readTable(`rules/${name}.csv`, row, folder)]),
  ) as { [K in keyof Shapes]: z.infer<Shapes[K][1]>[] };
  const railLines = new Map<string, [number, number][]>();
  for (const { table, km, minor } of tables.railPoints) {
    const line = railLines.get(table) ?? [];
    if (km <= (line.at(-1)?.[0] ?? -1))
      throw new AppError(
        'CONFIGURATION',
        `rules/rail-points.csv: km of "${table}" must rise, ${km} does not`,
      );
    line.push([km, minor]);
    railLines.set(table, line);
  }
  const missing = tables.railFares.find(({ table }) => table !== '' && !railLines.has(table));
  if (missing)
    throw new AppError('CONFIGURATION', `rules/rail-fares.csv: no points of table "${missing.table}"`);
  return { ...tables, railLines };
}
