import type { Database } from '../../database/connect.ts';
import { sqlStateOf, translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { epochMinuteOf } from '../../units/time.ts';
import { findRecipient } from '../accounts/index.ts';
import { getTrip, type Trip } from '../trips/index.ts';
import { plannedReminders, type PlannedReminder } from './plannedReminders.ts';
import { markPlanned, planWithout, selectTripsToPlan, type TripToPlan, writePlan } from './store.ts';

const TRIPS = 200;
const WITHOUT = 500;
/** So long a run may take; what is left comes with the next one. */
const PATIENCE_MS = 45_000;

export interface Planned {
  /** Trips looked at. */
  readonly trips: number;
  /** New reminders. */
  readonly reminders: number;
}

/**
 * Plans the reminders of trips that have changed, or whose user has changed wishes, since it was last done. A trip at
 * a time, and none that changes meanwhile.
 * @param service a database as rs_service: the job sees the trips of all users.
 */
export const planReminders = (service: Database, now: Date, signal?: AbortSignal): Promise<Planned> =>
  translatingErrors(async () => {
    const until = performance.now() + PATIENCE_MS;
    const goesOn = (): boolean => !(signal?.aborted ?? false) && performance.now() < until;
    let [trips, reminders] = [0, 0];
    const faults: unknown[] = [];
    for (let found = WITHOUT; found === WITHOUT && goesOn(); trips += found)
      found = await planWithout(service, now, WITHOUT);
    for (let found = TRIPS; found === TRIPS && goesOn();) {
      const batch = await selectTripsToPlan(service, now, TRIPS);
      found = batch.length;
      for (const trip of batch) {
        if (!goesOn()) break;
        try {
          reminders += await planTrip(service, trip, now);
        } catch (error) {
          faults.push(error);
          await leaveOut(service, trip, error);
        }
        trips++;
      }
    }
    if (faults.length > 0)
      throw new AppError('INTERNAL', `${faults.length} trips cannot be reminded of`, { cause: faults[0] });
    return { trips, reminders };
  });

/** A trip that makes the planning fail must not keep the others from it: it has no new reminders until it changes. */
async function leaveOut(service: Database, { id }: TripToPlan, fault: unknown): Promise<void> {
  if (sqlStateOf(fault) !== undefined || (fault instanceof AppError && fault.code === 'DATABASE'))
    throw fault;
  await markPlanned(service, id);
}

/** Answers how many reminders are new. A trip or user that is gone by now has none. */
async function planTrip(service: Database, { id, userId }: TripToPlan, now: Date): Promise<number> {
  const trip = await findTrip(service, userId, id);
  const recipient = trip && (await findRecipient(service, userId));
  if (!trip || !recipient) return 0;
  const minute = epochMinuteOf(now.getTime());
  const changed = epochMinuteOf(Date.parse(trip.updatedAt));
  const planned = plannedReminders(trip, recipient.wishes, minute).map((one) =>
    Object.assign(one, { fresh: isFresh(one, minute, changed) }),
  );
  return (await writePlan(service, { id, userId, version: trip.updatedAt }, planned, now)) ?? 0;
}

/**
 * Whether a reminder that is not there yet may be made: not of what has opened already, and not of what was due when
 * the traveller saved or changed the trip and so had it in mind.
 */
const isFresh = (
  { kind, eventAt, dueAt, useUntil }: PlannedReminder,
  now: number,
  changed: number,
): boolean =>
  useUntil > now && (kind === 'NOT_BOOKED' || kind === 'LEAVE' ? dueAt >= changed : eventAt > now);

/** Null when there is none. `service` sees every trip; the statement asks for the user's. */
export async function findTrip(service: Database, userId: string, id: string): Promise<Trip | null> {
  try {
    return await getTrip({ userId, database: service }, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
