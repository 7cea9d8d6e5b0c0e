import type { FareFamily, Fares, FareSlab, FareStep } from '../../engine/fares/family.ts';
import { leadTimeFactor, daysBetween } from './air.ts';
import { chosenFare, faresOf } from './faresOf.ts';
import type { FareMode } from './contract.ts';
import { type DayKind, dayKindsOf } from './holidays.ts';
import { metroRow } from './metro.ts';
import { nameFits } from './names.ts';
import { trainOf } from './rail.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import { roadRow } from './road.ts';
import type { FareTables, RoadFare } from './tables.ts';
import { plus } from './ticket.ts';

/** What a line of the timetable is to the fare tables. */
export type FareLine = Pick<FareRide, 'mode' | 'line' | 'number' | 'kind' | 'cityId'> & {
  readonly id: string;
};

/** What decides which fares hold in a search, beside the ride itself. */
export type EngineFareQuestion = Pick<FareQuestion, 'bookingDate' | 'preference' | 'wished' | 'quota'> & {
  readonly travelDate: string;
};

/** Beyond the longest ride there is. */
const LONGEST_KM = 6000;
/**
 * Where a fare leaps (second sitting is sold up to 250 km, sleepers beyond), it rises over so many kilometres
 * instead: how much dearer a ride can become with every kilometre bounds how much of a search may be left out.
 */
const RAMP_KM = 100;
const AIR_GRID_KM = 250;
const SAME_RATE = 0.01;
const NOON = 12 * 60;

/** Questions of this many kinds are remembered; the next one takes the place of the oldest. */
const MOST_KEPT = 16;

/** Lines that one question prices alike, by what they have in common. */
type Groups = ReadonlyMap<string, { readonly line: FareLine; readonly ids: string[] }>;

/**
 * The likely price of one adult on every line as fares of the engine, so that a search can count money: in the class
 * that the preference takes, as straight pieces over the distance. What a traveller is shown is priced again by
 * `faresOf`: fares between two named stations and parts of a stage are not in the pieces. Lines without a price are
 * left out.
 */
export class EngineFares {
  readonly #tables: FareTables;
  readonly #lines: readonly FareLine[];
  readonly #modes: ReadonlySet<FareMode>;
  readonly #kept = new Map<string, Fares>();
  /** The last: on 464 trains they take three times as long as all prices. */
  #groups: { readonly key: string; readonly groups: Groups } | undefined;

  constructor(tables: FareTables, lines: readonly FareLine[]) {
    this.#tables = tables;
    this.#lines = lines;
    this.#modes = new Set(lines.map(({ mode }) => mode));
  }

  /** Questions with the same key have the same fares on these lines; what no line depends on is not in it. */
  keyOf({ bookingDate, travelDate, preference, wished = [], quota }: EngineFareQuestion): string {
    const tables = this.#tables;
    const [rail, flights, metro] = (['train', 'flight', 'metro'] as const).map((mode) =>
      this.#modes.has(mode),
    );
    const road = this.#modes.has('bus');
    const known: Readonly<Record<DayKind, boolean>> = {
      FRIDAY: road,
      SUNDAY: road || metro === true,
      NATIONAL: metro === true,
      FESTIVAL: road || flights === true,
    };
    const days = [...dayKindsOf(tables.holidays, travelDate)].filter((kind) => known[kind]).toSorted();
    return [
      preference === 'CHEAPEST' ? 'cheapest' : 'usual',
      [...new Set(wished)].join('+'),
      rail ? (quota ?? 'GENERAL') : '',
      rail ? periodOf(railBounds(tables), bookingDate) : '',
      periodOf(travelBounds(tables), travelDate),
      days.join('+'),
      flights ? leadTimeFactor(tables, daysBetween(bookingDate, travelDate)) : '',
    ].join(' ');
  }

  /** The same object for questions of the same key, so that what is made of it can be kept, too. */
  faresFor(question: EngineFareQuestion): Fares {
    const key = this.keyOf(question);
    const known = this.#kept.get(key);
    if (known) return known;
    const families = [...this.#groupsFor(question)].flatMap(
      ([id, { line, ids }]) => familyOf(this.#tables, id, line, ids, question) ?? [],
    );
    const fares: Fares = { currency: 'INR', families };
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, fares);
    return fares;
  }

  /** They depend on the periods of the tables, and on the kinds of day that metros have rows for. */
  #groupsFor(question: EngineFareQuestion): Groups {
    const { bookingDate, travelDate } = question;
    const days = [...dayKindsOf(this.#tables.holidays, travelDate)].filter((kind) =>
      this.#tables.metroFares.some((row) => row.days.includes(kind)),
    );
    const periods = [
      periodOf(railBounds(this.#tables), bookingDate),
      periodOf(travelBounds(this.#tables), travelDate),
    ];
    const key = [...periods, ...days.toSorted()].join(' ');
    if (this.#groups?.key !== key)
      this.#groups = { key, groups: groupsOf(this.#tables, this.#lines, question) };
    return this.#groups.groups;
  }
}

function groupsOf(tables: FareTables, lines: readonly FareLine[], question: EngineFareQuestion): Groups {
  const families = new Map<string, { line: FareLine; ids: string[] }>();
  for (const line of lines) {
    const key = familyKey(tables, line, question);
    if (key === null) continue;
    const family = families.get(key);
    if (family) family.ids.push(line.id);
    else families.set(key, { line, ids: [line.id] });
  }
  return families;
}

const railBounds = (tables: FareTables): string[] =>
  boundsOf(
    tables.railClasses,
    tables.railTrains,
    tables.railFares,
    tables.railRevisions,
    tables.railQuotas,
    tables.railChildren,
  );
const travelBounds = (tables: FareTables): string[] =>
  boundsOf(
    tables.roadFares,
    tables.busSurcharges,
    tables.airFares,
    tables.airCeilings,
    tables.metroFares,
    tables.metroDiscounts,
  );

/** Days on which a row begins (`2025-01-25`) or after which one has ended (`2025-01-24~`, before any later day). */
const boundsOf = (...all: readonly (readonly Pick<RoadFare, 'valid_from' | 'valid_to'>[])[]): string[] =>
  all.flat().flatMap(({ valid_from, valid_to }) => [valid_from, valid_to === null ? '' : `${valid_to}~`]);

/** The last bound on or before a day: no row begins or ends between two days of one period. */
const periodOf = (bounds: readonly string[], date: string): string =>
  bounds.reduce((last, bound) => (bound <= date && bound > last ? bound : last), '');

/** Lines of one key have one price at every distance; autos and taxis are no lines. */
function familyKey(tables: FareTables, line: FareLine, question: EngineFareQuestion): string | null {
  const { bookingDate, travelDate } = question;
  if (line.mode === 'auto' || line.mode === 'taxi') return null;
  if (line.mode === 'flight') return 'flight';
  if (line.mode === 'train') {
    const train = trainOf(tables, line, bookingDate);
    return train && `train ${train.type} ${train.usual_class}`;
  }
  if (line.mode === 'metro') {
    const row = metroRow(tables, { ...line, travelDate }, dayKindsOf(tables.holidays, travelDate));
    const discounts = tables.metroDiscounts.filter(({ cities }) => cities.includes(line.cityId ?? ''));
    return row ? ['metro', row.id, ...discounts.map(({ id }) => id)].join(' ') : null;
  }
  const row = roadRow(tables, line, travelDate);
  const peaks = tables.busSurcharges.filter(({ operators }) => nameFits(operators, line.line));
  return row ? [line.mode, row.id, ...peaks.map(({ id }) => id)].join(' ') : null;
}

function familyOf(
  tables: FareTables,
  id: string,
  line: FareLine,
  routeIds: string[],
  question: EngineFareQuestion,
): FareFamily | null {
  const start = pricedAt(tables, line, 0, question);
  if (!start) return null;
  const metro = line.mode === 'metro';
  return {
    id,
    routeTypes: [],
    routeIds,
    baseMinor: metro ? 0 : start.minor,
    perBoardingMinor: 0,
    slabs: metro ? [] : slabsOf(tables, line, question),
    steps: metro ? stepsOf(tables, line, question) : [],
    minimumMinor: 0,
    roundUpToMinor: start.roundUpMinor,
    vehicleCapacity: null,
    transfer: null,
  };
}

function slabsOf(tables: FareTables, line: FareLine, question: EngineFareQuestion): FareSlab[] {
  const corners = [...new Set([0, ...bendsOf(tables, line, question), LONGEST_KM])]
    .filter((km) => km >= 0 && km <= LONGEST_KM)
    .toSorted((a, b) => a - b);
  const prices = corners.map((km) => pricedAt(tables, line, km, question)?.minor ?? 0);
  const slabs = corners.slice(1).map((upToKm, index): FareSlab => {
    const rise = Math.max(0, prices[index + 1]! - prices[index]!);
    return { upToKm, minorPerKm: rise / (upToKm - corners[index]!) };
  });
  return joined(slabs);
}

function stepsOf(tables: FareTables, line: FareLine, question: EngineFareQuestion): FareStep[] {
  const days = dayKindsOf(tables.holidays, question.travelDate);
  const row = metroRow(tables, { ...line, travelDate: question.travelDate }, days);
  return (row?.steps ?? []).map(([upToKm]) => ({
    upToKm,
    priceMinor: pricedAt(tables, line, upToKm, question)?.minor ?? 0,
  }));
}

/** Likely price of one adult before rounding; `null` when nothing prices the line at this distance. */
function pricedAt(
  tables: FareTables,
  line: FareLine,
  km: number,
  { travelDate, ...question }: EngineFareQuestion,
): { minor: number; roundUpMinor: number } | null {
  const ride: FareRide = { ...line, from: '', to: '', km, minutes: 0, clock: NOON, travelDate };
  const fares = faresOf(tables, ride, { ...question, party: { adults: 1, childAges: [] } });
  if (!fares) return null;
  const { breakdown, ticket } = chosenFare(fares);
  const paid = plus(...breakdown.filter(({ code }) => code !== 'ROUNDING'));
  return { minor: paid.likelyMinor, roundUpMinor: ticket?.roundUpMinor ?? 1 };
}

/** Kilometres at which the price of a line may bend, and at which a leap has been climbed. */
function bendsOf(tables: FareTables, line: FareLine, question: EngineFareQuestion): number[] {
  const climbed = (leaps: readonly number[]): number[] => leaps.flatMap((km) => [km, km + RAMP_KM]);
  if (line.mode === 'train') {
    const train = trainOf(tables, line, question.bookingDate);
    if (!train) return [];
    const own = tables.railFares.filter(({ trains }) => nameFits(trains, train.type));
    const revisions = tables.railRevisions.filter(({ trains }) => nameFits(trains, train.type));
    const limits = [...train.classes, train.short_class ?? { mostKm: 0 }].map(({ mostKm }) => mostKm);
    const least = tables.railQuotas
      .filter((row) => row.quota === question.quota)
      .map(({ minimum_km }) => minimum_km);
    return [
      ...least,
      ...own.flatMap(({ minimum_km, table }) => [
        minimum_km,
        ...(tables.railLines.get(table) ?? []).map(([km]) => km),
      ]),
      ...climbed([...limits, ...revisions.flatMap(({ steps }) => steps.map(([km]) => km))]),
    ];
  }
  if (line.mode === 'flight') {
    const grid = Array.from({ length: LONGEST_KM / AIR_GRID_KM }, (_, index) => index * AIR_GRID_KM);
    return [...grid, ...climbed(tables.airCeilings.map(({ up_to_km }) => up_to_km))];
  }
  const row = roadRow(tables, line, question.travelDate);
  return row ? [row.included_km, row.stage_km] : [];
}

/** Slabs of one price a kilometre, up to a paisa in a hundred kilometres, are one slab. */
function joined(slabs: readonly FareSlab[]): FareSlab[] {
  const out: FareSlab[] = [];
  for (const slab of slabs) {
    const last = out.at(-1);
    if (last && Math.abs(last.minorPerKm - slab.minorPerKm) < SAME_RATE)
      out[out.length - 1] = { upToKm: slab.upToKm, minorPerKm: last.minorPerKm };
    else out.push(slab);
  }
  return out;
}
