import { composeFare, offering } from './compose.ts';
import type { FareNote, RideFares } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import { dayKindsOf } from './holidays.ts';
import { nameFits } from './names.ts';
import { checkParty, headsOf } from './party.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import type { FareTables, RoadFare } from './tables.ts';
import { amounts, item, times } from './ticket.ts';

/** Buses, trams and ferries: the first row whose operator and type the line names. The travel date's fares hold. */
export function roadFares(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  const row = roadRow(tables, ride, ride.travelDate);
  if (!row) return null;
  checkParty(question.party);
  const base = times(
    amounts(roadMinor(row, ride.km)),
    1 + row.low_percent / 100,
    1,
    1 + row.high_percent / 100,
  );
  const days = dayKindsOf(tables.holidays, ride.travelDate);
  const peak = tables.busSurcharges.find(
    (entry) =>
      ride.mode === 'bus' &&
      inForce(entry, ride.travelDate) &&
      nameFits(entry.operators, ride.line) &&
      entry.days.some((day) => days.has(day)),
  );
  const notes: FareNote[] = peak ? [{ code: 'PEAK_DAY', text: peak.text }] : [];
  const extra =
    peak && times(base, peak.low_percent / 100, peak.likely_percent / 100, peak.high_percent / 100);
  const fare = composeFare({
    classCode: row.code,
    class: row.class,
    per: 'PERSON',
    units: headsOf(question.party),
    ticket: {
      base,
      baseText: 'fare by distance',
      taxed: extra ? [item('PEAK', 'busy day', extra)] : [],
      taxPercent: row.tax_percent,
      untaxed: [],
      roundUpMinor: row.round_up_minor,
    },
    notes,
    basis: row.basis,
    rows: peak ? [row, peak] : [row],
  });
  return offering([fare], question, row.code);
}

export const roadRow = (
  tables: FareTables,
  { mode, line }: Pick<FareRide, 'mode' | 'line'>,
  date: string,
): RoadFare | undefined =>
  tables.roadFares.find(
    (row) =>
      row.mode === mode && inForce(row, date) && nameFits(row.operators, line) && nameFits(row.types, line),
  );

/** Paise for one person, before tax: whole stages, or what the first kilometres cost and every further one. */
export function roadMinor(row: RoadFare, km: number): number {
  if (row.stage_km > 0) return Math.max(1, Math.ceil(km / row.stage_km)) * row.stage_minor;
  return row.base_minor + Math.max(0, km - row.included_km) * row.per_km_minor;
}
