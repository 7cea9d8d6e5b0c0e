import { stepAt } from './cells.ts';
import { composeFare, offering } from './compose.ts';
import type { Fare, FareNote, RideFares } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import type { Sourced } from './weakest.ts';
import { type DayKind, dayKindsOf } from './holidays.ts';
import { nameFits } from './names.ts';
import { checkParty, headsOf } from './party.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import type { FareTables, MetroFare } from './tables.ts';
import { amounts, item } from './ticket.ts';

/** How a metro ride is paid for. */
export const metroPayments = ['TOKEN', 'CARD'] as const;

/** A metro ride by token and, where cards are cheaper, by card: exact slabs of the city, by day. */
export function metroFares(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  const days = dayKindsOf(tables.holidays, ride.travelDate);
  const row = metroRow(tables, ride, days);
  if (!row) return null;
  checkParty(question.party);
  const pair = pairRow(tables, ride);
  const minor = pair?.minor ?? stepAt(row.steps, ride.km);
  const rows: [Sourced, ...Sourced[]] = [pair ?? row];
  const one = (pay: (typeof metroPayments)[number]): Fare => {
    const discount = discountOf(tables, ride, days, pay);
    const off = (minor * discount.percent) / 100;
    return composeFare({
      classCode: pay,
      class: pay === 'TOKEN' ? row.class : row.card_class,
      per: 'PERSON',
      units: headsOf(question.party),
      ticket: {
        base: amounts(minor),
        baseText: pair ? 'fare between these stations' : 'fare by distance slab',
        taxed: off > 0 ? [item('DISCOUNT', discount.text, amounts(-off))] : [],
        taxPercent: 0,
        untaxed: [],
        roundUpMinor: 1,
      },
      notes: metroNotes(row, discount.holiday && pay === 'TOKEN'),
      basis: pair ? 'fare between two stations' : 'distance slabs of the operator',
      rows,
    });
  };
  return offering(row.card_class === '' ? [one('TOKEN')] : [one('TOKEN'), one('CARD')], question, 'TOKEN');
}

const inCity = (cities: readonly string[], cityId: string | null): boolean =>
  cities.length === 0 || (cityId !== null && cities.includes(cityId));

/** The slab table of a city and line on such a day. */
export const metroRow = (
  tables: FareTables,
  { cityId, line, travelDate }: Pick<FareRide, 'cityId' | 'line' | 'travelDate'>,
  days: ReadonlySet<DayKind>,
): MetroFare | undefined =>
  tables.metroFares.find(
    (row) =>
      inForce(row, travelDate) &&
      inCity(row.cities, cityId) &&
      nameFits(row.line, line) &&
      (row.days.length === 0 || row.days.some((day) => days.has(day))),
  );

/** A fare between two stations, whichever way one rides. */
const pairRow = (tables: FareTables, { cityId, line, from, to, travelDate }: FareRide) =>
  tables.metroPairs.find(
    (row) =>
      inForce(row, travelDate) &&
      inCity(row.cities, cityId) &&
      nameFits(row.line, line) &&
      ((nameFits(row.from, from) && nameFits(row.to, to)) ||
        (nameFits(row.from, to) && nameFits(row.to, from))),
  );

function discountOf(
  tables: FareTables,
  ride: FareRide,
  days: ReadonlySet<DayKind>,
  pay: 'TOKEN' | 'CARD',
): { percent: number; text: string; holiday: boolean } {
  const rows = tables.metroDiscounts.filter(
    (row) =>
      inForce(row, ride.travelDate) &&
      inCity(row.cities, ride.cityId) &&
      (row.pay === '' || row.pay === pay) &&
      (row.days.length === 0 || row.days.some((day) => days.has(day))) &&
      (row.windows.length === 0 || row.windows.some(([from, to]) => ride.clock >= from && ride.clock < to)),
  );
  const added = rows.filter(({ combine }) => combine === 'ADD');
  const best = rows.filter(({ combine }) => combine === 'BEST').toSorted((a, b) => b.percent - a.percent)[0];
  const used = best ? [...added, best] : added;
  return {
    percent: used.reduce((sum, row) => sum + row.percent, 0),
    text: used.map((row) => row.text).join(', '),
    holiday: used.some((row) => row.days.length > 0),
  };
}

const metroNotes = (row: MetroFare, discounted: boolean): FareNote[] =>
  row.days.length > 0 || discounted
    ? [{ code: 'HOLIDAY_FARE', text: 'Fare of Sundays and national holidays' }]
    : [];
