import { type EpochDay, formatDate } from '../../units/time.ts';
import {
  type ConcessionRide,
  concessionsFor,
  type LegConcessions,
  type Traveller,
} from '../concessions/index.ts';
import {
  chosenFare,
  type FareQuestion,
  type FareRide,
  faresOf,
  paidRides,
  type RideFares,
  type TimedRide,
  trainOf,
} from '../fares/index.ts';
import type { SearchRequest } from './contract.ts';
import type { JourneyRules } from './rules.ts';

/** A ride, and the states of India in which it begins and ends. */
export interface RideToPrice extends FareRide {
  readonly fromState: string | null;
  readonly toState: string | null;
}

/** What a ride costs a party, and what one of it saves. */
export interface PricedRide {
  readonly fares: RideFares;
  readonly concession: LegConcessions | null;
}

/** What prices depend on beside the ride. */
export type PriceQuestion = Pick<
  SearchRequest,
  'passengers' | 'children' | 'quota' | 'class' | 'preference' | 'traveller'
>;

/** Clocks matter to meters at night and to metros off the peak. */
const clocked: ReadonlySet<FareRide['mode']> = new Set(['auto', 'taxi', 'metro']);

/** The prices of one search: candidates share most of their rides, and each of those is priced once. */
export class RidePrices {
  readonly #rules: Pick<JourneyRules, 'fares' | 'concessions'>;
  readonly #question: FareQuestion;
  readonly #traveller: Traveller | null;
  readonly #known = new Map<string, PricedRide | null>();

  constructor(
    rules: Pick<JourneyRules, 'fares' | 'concessions'>,
    {
      passengers,
      children = [],
      quota = 'GENERAL',
      class: wished = [],
      preference,
      traveller,
    }: PriceQuestion,
    today: EpochDay,
  ) {
    this.#rules = rules;
    this.#question = {
      bookingDate: formatDate(today),
      party: { adults: passengers - children.length, childAges: children },
      quota,
      wished,
      preference,
    };
    this.#traveller = factsOf(traveller);
  }

  /** Likely price in minor units; 0 where nothing prices the ride. */
  likely(ride: RideToPrice): number {
    const priced = this.of(ride);
    return priced ? chosenFare(priced.fares).likelyMinor : 0;
  }

  /** The rides that are paid; `null` stands for those paid with one before. */
  paid(rides: readonly TimedRide[]): (FareRide | null)[] {
    return paidRides(this.#rules.fares, rides);
  }

  /** `null` when no table prices the ride. */
  of(ride: RideToPrice): PricedRide | null {
    const key = keyOf(ride);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fares = faresOf(this.#rules.fares, ride, this.#question);
    const priced = fares && { fares, concession: this.#concession(ride, fares) };
    this.#known.set(key, priced);
    return priced;
  }

  #concession(ride: RideToPrice, fares: RideFares): LegConcessions | null {
    if (!this.#traveller || ride.mode === 'auto' || ride.mode === 'taxi') return null;
    const { mode, line, cityId, travelDate, fromState, toState } = ride;
    const train = mode === 'train' ? trainOf(this.#rules.fares, ride, this.#question.bookingDate) : null;
    const asked: ConcessionRide = {
      mode,
      line,
      cityId,
      travelDate,
      fromState,
      toState,
      trainType: train?.type ?? null,
      quota: this.#question.quota ?? 'GENERAL',
      fare: chosenFare(fares),
    };
    return concessionsFor(this.#rules.concessions, asked, this.#traveller);
  }
}

/** The profile is about comfort: it alone describes nobody whom a concession could know. */
function factsOf(traveller: SearchRequest['traveller']): Traveller | null {
  const { profile: _, ...facts } = traveller ?? {};
  return Object.values(facts).some((fact) => fact !== undefined) ? facts : null;
}

const keyOf = (ride: RideToPrice): string =>
  [
    ride.mode,
    ride.line,
    ride.number,
    ride.kind,
    ride.cityId,
    ride.km,
    ride.travelDate,
    ...(clocked.has(ride.mode) ? [ride.clock, ride.minutes, ride.pickedUpAtHub, ride.from, ride.to] : []),
    ride.fromState,
    ride.toState,
  ].join('|');
