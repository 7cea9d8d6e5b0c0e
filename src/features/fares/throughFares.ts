import type { FareRide } from './ride.ts';
import type { FareTables } from './tables.ts';

/** Rides of one city's metro that are paid as one, changes inside the gates included. */
const LONGEST_CHANGE_MINUTES = 30;

export interface TimedRide {
  readonly ride: FareRide;
  /** Minutes on any common axis. */
  readonly departure: number;
  readonly arrival: number;
}

/**
 * The rides that are paid: metro rides of one city, or of cities that one fare table is for (Delhi and Noida),
 * that follow each other within half an hour are one ride from the first station to the last over all kilometres, paid
 * with the first of them (`null` stands for those after it). An Airport Express is a system of its own.
 */
export function paidRides(
  { metroFares }: Pick<FareTables, 'metroFares'>,
  rides: readonly TimedRide[],
): (FareRide | null)[] {
  const sameCity = (one: string | null, other: string | null): boolean =>
    one !== null &&
    other !== null &&
    (one === other || metroFares.some(({ cities }) => cities.includes(one) && cities.includes(other)));
  const paid: (FareRide | null)[] = [];
  let first = -1;
  rides.forEach((timed, index) => {
    const before = rides[index - 1];
    if (first >= 0 && before && goesOn(before, timed) && sameCity(before.ride.cityId, timed.ride.cityId)) {
      paid[first] = joined(paid[first]!, timed.ride);
      paid.push(null);
      return;
    }
    first = timed.ride.mode === 'metro' ? index : -1;
    paid.push(timed.ride);
  });
  return paid;
}

const goesOn = (before: TimedRide, after: TimedRide): boolean =>
  after.ride.mode === 'metro' &&
  before.ride.mode === 'metro' &&
  system(after.ride) === system(before.ride) &&
  after.departure - before.arrival <= LONGEST_CHANGE_MINUTES;

const system = ({ line }: FareRide): string => (line.includes('airport express') ? 'airport express' : '');

const joined = (one: FareRide, next: FareRide): FareRide => ({
  ...one,
  to: next.to,
  km: one.km + next.km,
  minutes: one.minutes + next.minutes,
});
