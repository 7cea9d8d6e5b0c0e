import { parseDate } from '../../units/time.ts';
import { composeFare, offering } from './compose.ts';
import type { FareNote, RideFares } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import { dayKindsOf } from './holidays.ts';
import { checkParty, headsOf } from './party.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import type { AirFare, FareTables } from './tables.ts';
import { amounts, item, times } from './ticket.ts';

/** A flight by its distance and the days to departure; never above the ceiling that the Government set. */
export function airFares(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  const row = tables.airFares.find((entry) => inForce(entry, ride.travelDate));
  if (!row) return null;
  checkParty(question.party);
  const factor = leadTimeFactor(tables, daysBetween(question.bookingDate, ride.travelDate));
  const plain = (row.base_minor + ride.km * row.per_km_minor) * factor;
  const festival = dayKindsOf(tables.holidays, ride.travelDate).has('FESTIVAL');
  const ceiling = tables.airCeilings.find(
    (entry) => inForce(entry, ride.travelDate) && ride.km <= entry.up_to_km,
  );
  const most = ceiling?.maximum_minor ?? Infinity;
  const wanted = times(
    amounts(plain),
    (1 + row.low_percent / 100) * (festival ? 1 + row.festival_low_percent / 100 : 1),
    festival ? 1 + row.festival_likely_percent / 100 : 1,
    (1 + row.high_percent / 100) * (festival ? 1 + row.festival_high_percent / 100 : 1),
  );
  const base = amounts(
    Math.min(most, wanted.lowMinor),
    Math.min(most, wanted.likelyMinor),
    Math.min(most, wanted.highMinor),
  );
  const fare = composeFare({
    classCode: row.class,
    class: row.name,
    per: 'PERSON',
    units: headsOf(question.party),
    ticket: {
      base,
      baseText: 'fare by distance and days to departure',
      taxed: [],
      taxPercent: row.tax_percent,
      untaxed: [item('AIRPORT', 'airport charges', airportCharges(row))],
      roundUpMinor: row.round_up_minor,
    },
    notes: airNotes(festival, wanted.highMinor > most),
    basis: row.basis,
    rows: ceiling && wanted.highMinor > most ? [row, ceiling] : [row],
  });
  return offering([fare], question, row.class);
}

const airportCharges = (row: AirFare) =>
  amounts(row.charges_low_minor, row.charges_likely_minor, row.charges_high_minor);

function airNotes(festival: boolean, capped: boolean): FareNote[] {
  const notes: FareNote[] = [];
  if (festival) notes.push({ code: 'PEAK_DAY', text: 'Festival: flights are dearer' });
  if (capped)
    notes.push({
      code: 'FARE_CAPPED',
      text: 'The upper end is the ceiling that the Government ordered in December 2025',
    });
  return notes;
}

/** What a fare is multiplied with so many days before departure. */
export const leadTimeFactor = ({ leadTimes }: FareTables, days: number): number => {
  const nearer = leadTimes.filter((row) => days >= row.min_days);
  const best = nearer.toSorted((a, b) => b.min_days - a.min_days)[0];
  return best?.factor ?? Math.max(1, ...leadTimes.map((row) => row.factor));
};

export const daysBetween = (from: string, to: string): number =>
  (parseDate(to) ?? 0) - (parseDate(from) ?? 0);
