import { isDeepStrictEqual } from 'node:util';
import { asCaller, type Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { AppError, readInput } from '../../errors.ts';
import {
  type BookingLeg,
  type CheckedChanges,
  type Trip,
  type TripChanges,
  tripChangesSchema,
  tripIdSchema,
} from './contract.ts';
import { replaceLegs, selectLegs } from './legStore.ts';
import { planLegs } from './planLegs.ts';
import { noTrip } from './refusals.ts';
import { type LockedTrip, lockTrip, selectTrip, updateTripRow } from './store.ts';

/**
 * Changes what is named; null takes a stop list, a time or the route away. A route that no longer fits, because an
 * end, a stop or the date has changed, goes unless a new one comes along. Booked legs are carried over to the new
 * route where it has the same ride. Throws `NOT_FOUND`, and `CONFLICT` when a booked leg would be lost.
 */
export async function updateTrip(caller: Caller, tripId: string, changes: TripChanges): Promise<Trip> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const checked = readInput(tripChangesSchema, changes);
  return asCaller(caller, (database) =>
    database.transaction(async (tx) => {
      const before = await lockTrip(tx, caller.userId, id);
      if (!before) throw noTrip();
      const whole = withoutUnfitRoute(before, checked);
      if (whole.selectedRoute !== undefined) await changeLegs(tx, caller.userId, id, before, whole);
      await updateTripRow(tx, caller.userId, id, whole, isReplanned(whole));
      const trip = await selectTrip(tx, caller.userId, id);
      if (!trip) throw noTrip();
      return trip;
    }),
  );
}

function withoutUnfitRoute(before: LockedTrip, changes: CheckedChanges): CheckedChanges {
  if (changes.selectedRoute !== undefined || before.selectedRoute === null) return changes;
  const fits = (['origin', 'destination', 'stops', 'date'] as const).every(
    (key) => changes[key] === undefined || isDeepStrictEqual(changes[key], before[key]),
  );
  return fits ? changes : { ...changes, selectedRoute: null };
}

async function changeLegs(
  tx: Queryable,
  userId: string,
  id: string,
  before: LockedTrip,
  changes: CheckedChanges,
): Promise<void> {
  const existing = await selectLegs(tx, userId, id);
  const { legs, lost } = planLegs(before.selectedRoute, existing, changes.selectedRoute ?? null);
  if (lost.length > 0) throw bookingsLost(lost);
  await replaceLegs(tx, userId, id, legs);
}

const isReplanned = (changes: CheckedChanges): boolean =>
  (['date', 'time', 'timezone', 'selectedRoute'] as const).some((key) => changes[key] !== undefined);

const bookingsLost = (lost: readonly BookingLeg[]): AppError =>
  new AppError(
    'CONFLICT',
    `Booked legs are not part of the trip any more: ${lost.map((leg) => `${leg.legIndex} (${leg.mode})`).join(', ')}. Take their bookings back first, or keep the route.`,
    { facts: { legIndexes: lost.map((leg) => leg.legIndex) } },
  );
