import { z } from 'zod';
import type { Caller } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { type Asked, askedSchema, type Leg, legSchema } from '../journeys/contract.ts';
import type { Replanned, ReplanRequest } from '../journeys/index.ts';
import {
  legIndexSchema,
  type ReplanOptions,
  type ReplanQuestion,
  replanQuestionSchema,
  routeToKeepSchema,
  type Trip,
} from './contract.ts';
import { getTrip } from './getTrip.ts';
import { planLegs } from './planLegs.ts';

export interface ReplanServices {
  /** Other rides for one ride of a route, by a search of the active network. */
  replanRide(request: ReplanRequest): Promise<Replanned[]>;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Earlier or later rides for one leg of a trip that leave the rest of it valid, each with the route it would make and
 * what it costs more or less. Nothing is changed: `selectRoute` takes one of them. Throws `NOT_FOUND`, `CONFLICT` for
 * a trip that is over, cancelled or archived, and `UNPROCESSABLE` for a leg without a timetable.
 */
export async function replanLeg(
  caller: Caller,
  tripId: string,
  legIndex: number,
  question: z.input<typeof replanQuestionSchema>,
  services: ReplanServices,
): Promise<ReplanOptions> {
  const index = readInput(legIndexSchema, legIndex, 'legIndex');
  const { direction, limit }: ReplanQuestion = readInput(replanQuestionSchema, question);
  const trip = await getTrip(caller, tripId);
  const legs = ridesOf(trip, index);
  const found = await services.replanRide({
    legs,
    legIndex: index,
    direction,
    passengers: trip.passengers,
    preference: trip.preference,
    asked: askedFor(trip),
    now: services.now(),
  });
  return { options: found.slice(0, limit).map((one) => optionOf(trip, one)) };
}

/** What the search of the trip's route was told, as far as it still holds for as many passengers. */
function askedFor({ selectedRoute, passengers }: Trip): Asked | undefined {
  const { success, data } = askedSchema.safeParse(selectedRoute?.['asked']);
  if (!success) return undefined;
  const { children, ...asked } = data;
  return { ...asked, ...(children ? { children: children.slice(0, passengers) } : {}) };
}

/** The legs of the trip's route. Throws when the one at `index` cannot be replanned. */
function ridesOf({ archivedAt, status, selectedRoute }: Trip, index: number): Leg[] {
  if (archivedAt || status === 'COMPLETED' || status === 'CANCELLED')
    throw new AppError('CONFLICT', 'The trip is over or cancelled; there is nothing to replan.');
  if (!selectedRoute) throw new AppError('UNPROCESSABLE', 'The trip has no route yet. Select one first.');
  if (index >= selectedRoute.legs.length)
    throw new AppError('NOT_FOUND', `The selected route has no leg ${index}.`);
  const legs = z.array(legSchema).safeParse(selectedRoute.legs);
  if (!legs.success)
    throw new AppError('UNPROCESSABLE', 'The route was kept without its stops. Search it anew.');
  if (legs.data[index]!.run === null)
    throw new AppError('UNPROCESSABLE', `Leg ${index} keeps to no timetable: it goes along with the others.`);
  return legs.data;
}

function optionOf(trip: Trip, { route, legIndexes, movedLegs, priceDifference }: Replanned) {
  const kept = routeToKeepSchema.parse(route);
  const { lost } = planLegs(trip.selectedRoute, trip.bookingLegs, kept);
  const part = legIndexes.map((index) => route.legs[index]!);
  return {
    route: kept,
    legIndexes: [...legIndexes],
    line: part.find(({ line }) => line !== null)?.line?.name ?? null,
    departure: part[0]!.departure,
    arrival: part.at(-1)!.arrival,
    priceDifference,
    movedLegs: [...movedLegs],
    bookedLegsLost: lost.map((leg) => leg.legIndex),
  };
}
