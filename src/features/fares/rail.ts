import { formatRupees } from '../../units/money.ts';
import { lineAt, stepAt } from './cells.ts';
import { composeFare, offering } from './compose.ts';
import type { Fare, FareItem, FareNote, RailQuota, RideFares, Ticket } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import type { Sourced } from './weakest.ts';
import { nameFits } from './names.ts';
import { railPayers } from './railParty.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import type { FareTables, RailClass, RailFare, RailQuotaRule, RailTrain } from './tables.ts';
import { amounts, item, times } from './ticket.ts';

const TRAIN_NUMBER = /^\d{5}$/;
const ROUND_UP_MINOR = 500;

/** What kind of train it is: the first row of the table that its kind, or its name and number, fits. */
export function trainOf(
  tables: FareTables,
  { line, number, kind = null }: Pick<FareRide, 'line' | 'number' | 'kind'>,
  date: string,
): RailTrain | null {
  const known = number !== null && TRAIN_NUMBER.test(number) ? number : null;
  const named = ({ words, numbers }: RailTrain): boolean =>
    nameFits(words, line) &&
    (numbers.length === 0 || (known !== null && numbers.some((start) => known.startsWith(start))));
  const fits = (row: RailTrain): boolean => (kind !== null && row.kinds.includes(kind)) || named(row);
  return tables.railTrains.find((row) => inForce(row, date) && fits(row)) ?? null;
}

/**
 * The classes of a train ride. The fares of the booking date hold, as the railway's revisions say. A train on which
 * the quota is not sold shows its general fares, and says so.
 */
export function railFares(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  const train = trainOf(tables, ride, question.bookingDate);
  if (!train) return null;
  const codes = train.classes.filter(({ mostKm }) => ride.km <= mostKm).map(({ code }) => code);
  if (question.classCode !== undefined && !codes.includes(question.classCode)) codes.push(question.classCode);
  const offered = codes.flatMap((code) => railFare(tables, train, code, ride.km, question) ?? []);
  const { quota = 'GENERAL' } = question;
  if (offered.length === 0 && quota !== 'GENERAL') {
    const general = railFares(tables, ride, { ...question, quota: 'GENERAL' });
    return general && { ...general, offered: general.offered.map((fare) => notSold(fare, quota)) };
  }
  return offering(
    offered,
    question,
    question.preference === 'CHEAPEST' ? undefined : usualClass(train, ride.km),
  );
}

/** Where a class charges more kilometres than one rides, most take a lower one. */
const usualClass = ({ usual_class, short_class }: RailTrain, km: number): string =>
  short_class && km <= short_class.mostKm ? short_class.code : usual_class;

const notSold = (fare: Fare, quota: RailQuota): Fare => ({
  ...fare,
  notes: [
    ...fare.notes,
    {
      code: 'QUOTA_NOT_SOLD',
      text: `This train has no ${quota.toLowerCase()} quota: the general fare is shown`,
    },
  ],
});

interface RailRows {
  readonly fare: RailFare;
  readonly own: RailClass;
  readonly quota: RailQuotaRule;
}

/** One class of one train; `null` when no row prices it on the booking date or the quota does not sell it. */
export function railFare(
  tables: FareTables,
  train: RailTrain,
  code: string,
  km: number,
  question: FareQuestion,
): Fare | null {
  const rows = railRows(tables, train, code, question.bookingDate, question.quota ?? 'GENERAL');
  if (!rows) return null;
  const { fare, own, quota } = rows;
  const paidKm = Math.max(km, fare.minimum_km, quota.minimum_km);
  const base = baseMinor(tables, train, fare, paidKm, question.bookingDate);
  const ticket = railTicket(train, rows, base.minor, paidKm);
  const party = railPayers(tables, question, ticket, quota.passengers);
  return composeFare({
    classCode: code,
    class: own.name,
    per: 'PERSON',
    ticket,
    ...party,
    notes: [...railNotes(rows, km, paidKm), ...party.notes],
    basis: `${fare.basis}, ${Math.round(paidKm)} km`,
    rows: [fare, own, ...(quota.quota === 'GENERAL' ? [] : [quota]), ...base.rows],
  });
}

function railRows(
  tables: FareTables,
  train: RailTrain,
  code: string,
  date: string,
  wanted: RailQuota,
): RailRows | null {
  const fare = tables.railFares.find(
    (row) => inForce(row, date) && row.class === code && nameFits(row.trains, train.type),
  );
  const own = tables.railClasses.find((row) => inForce(row, date) && row.class === code);
  const quota = tables.railQuotas.find(
    (row) =>
      inForce(row, date) &&
      row.quota === wanted &&
      nameFits(row.trains, train.type) &&
      nameFits(row.classes, code),
  );
  return fare && own && quota ? { fare, own, quota } : null;
}

/** Base fare of one adult: the table, and every revision after it that was in force when the ticket was bought. */
function baseMinor(
  tables: FareTables,
  { type }: RailTrain,
  fare: RailFare,
  km: number,
  bookingDate: string,
): { minor: number; rows: readonly Sourced[] } {
  const revisions = tables.railRevisions.filter(
    (row) =>
      row.valid_from > fare.table_as_of &&
      inForce(row, bookingDate) &&
      nameFits(row.trains, type) &&
      nameFits(row.classes, fare.class),
  );
  const increase = revisions.reduce(
    (sum, row) => sum + row.per_km_minor * km + (row.steps.length > 0 ? stepAt(row.steps, km) : 0),
    0,
  );
  const table = lineAt(tables.railLines.get(fare.table) ?? [], km) * fare.ratio;
  return { minor: table + fare.per_km_minor * km + increase, rows: revisions };
}

function railTicket(
  { superfast }: RailTrain,
  { fare, own, quota }: RailRows,
  base: number,
  km: number,
): Ticket {
  const taxed: FareItem[] = [];
  // Flexi-fare: a tenth dearer with every tenth of the berths sold, up to the cap; half of it is likely.
  const flexi = (base * fare.flexi_percent) / 100;
  if (flexi > 0) taxed.push(item('FLEXI', 'flexi-fare, as berths sell', amounts(0, flexi / 2, flexi)));
  if (fare.fees) taxed.push(item('RESERVATION', 'reservation fee', amounts(own.reservation_minor)));
  if (fare.fees && superfast)
    taxed.push(item('SUPERFAST', 'superfast surcharge', amounts(own.superfast_minor)));
  if (quota.percent !== 0) {
    const extra = (base * quota.percent) / 100;
    const charged = Math.min(quota.maximum_minor, Math.max(quota.minimum_minor, extra));
    if (charged < 0) taxed.push(item('DISCOUNT', 'booked after charting', amounts(charged)));
    else taxed.push(item('QUOTA', 'Tatkal charge', amounts(charged)));
  }
  const meals = km * fare.catering_per_km_minor;
  return {
    base: times(amounts(base), 1 + fare.low_percent / 100, 1, 1 + fare.high_percent / 100),
    baseText: 'base fare',
    taxed,
    taxPercent: own.tax_percent,
    untaxed: meals > 0 ? [item('CATERING', 'meals, if taken', amounts(0, 0, meals))] : [],
    roundUpMinor: ROUND_UP_MINOR,
  };
}

function railNotes({ fare, own }: RailRows, km: number, paidKm: number): FareNote[] {
  const notes: FareNote[] = [];
  if (paidKm > km)
    notes.push({ code: 'MINIMUM_DISTANCE', text: `At least ${paidKm} km are charged in this class` });
  if (fare.flexi_percent > 0)
    notes.push({
      code: 'FARE_MAY_RISE',
      text: `The base fare rises by up to ${fare.flexi_percent} % as berths sell`,
    });
  if (fare.catering_per_km_minor > 0)
    notes.push({ code: 'CATERING_OPTIONAL', text: 'The upper end includes meals, which are optional' });
  notes.push(onlineFee(own));
  return notes;
}

/** Writing the amounts anew for every fare took a tenth of a search. */
const onlineFees = new WeakMap<RailClass, FareNote>();

function onlineFee(own: RailClass): FareNote {
  let note = onlineFees.get(own);
  if (!note) {
    const fees = [own.online_upi_minor, own.online_other_minor].map(formatRupees);
    const text = `Booked online, ${fees[0]} by UPI or ${fees[1]} otherwise and GST come on top of each ticket`;
    onlineFees.set(own, (note = { code: 'ONLINE_FEE', text }));
  }
  return note;
}
