import { airFares } from './air.ts';
import type { Fare, FareMode, RideFares } from './contract.ts';
import { checkParty, headsOf } from './party.ts';
import { meterFares } from './meters.ts';
import { metroFares } from './metro.ts';
import { railFares } from './rail.ts';
import type { FareQuestion, FareRide, FeedFare } from './ride.ts';
import { roadFares } from './road.ts';
import type { FareTables } from './tables.ts';
import { amounts, item, plus, times } from './ticket.ts';

/**
 * The classes of a ride with their prices for the whole party, each an indicative range with a breakdown, and the
 * one that follows from preference or wish. A fare that the timetable itself states wins over every model. `null`
 * when no table prices the ride on its date. Throws `INVALID_REQUEST` for a class the ride does not have.
 */
export function faresOf(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  if (ride.feedFare) return { offered: [feedFare(ride.feedFare, question)], chosen: FEED_CLASS };
  return pricers[ride.mode](tables, ride, question);
}

const pricers: Readonly<Record<FareMode, typeof railFares>> = {
  train: railFares,
  bus: roadFares,
  tram: roadFares,
  ferry: roadFares,
  flight: airFares,
  metro: metroFares,
  auto: meterFares,
  taxi: meterFares,
};

/** The fare that was chosen. */
export const chosenFare = ({ offered, chosen }: RideFares): Fare =>
  offered.find((fare) => fare.classCode === chosen) ?? offered[0]!;

export const FEED_CLASS = 'TICKET';

function feedFare({ minor, source, asOf }: FeedFare, { party }: FareQuestion): Fare {
  checkParty(party);
  const units = headsOf(party);
  const whole = item('BASE', 'fare stated by the timetable', times(amounts(minor), units));
  return {
    ...plus(whole),
    currency: 'INR',
    indicative: true,
    classCode: FEED_CLASS,
    class: 'Ticket',
    per: 'PERSON',
    units,
    tickets: Array.from({ length: units }, () => 1),
    breakdown: [whole],
    ticket: null,
    notes: [{ code: 'FEED_FARE', text: 'The timetable states this fare' }],
    basis: 'fare stated by the timetable',
    source,
    asOf,
    certainty: 'B',
  };
}
