/** Sends what waits, leg by leg, once there is a connection: by one tab at a time, each write at most once. */
import type { BookingLeg } from '../../src/features/trips/contract.ts';
import { ApiError, callApi, newKey } from '../api/client.ts';
import { readTrip } from '../api/trips.ts';
import { byLeg, stillToSend } from './edits.ts';
import type { Edit, WaitingEdit } from './edits.ts';
import { dropWaiting, reload, replaceWaiting, waitingNow } from './waiting.ts';

export const writeBooking = async ({ tripId, legIndex, wish, key }: Edit): Promise<void> => {
  const path = `trips/${encodeURIComponent(tripId)}/legs/${legIndex}/booking`;
  await callApi<BookingLeg>(
    path,
    wish === null ? { method: 'DELETE', key } : { method: 'PUT', body: wish, key },
  );
};

interface Outcome {
  /** Trips of which something was sent. */
  readonly sent: Set<string>;
  /** Something was for a trip that is not there any more. */
  gone: boolean;
}

export async function sendWaiting(): Promise<Readonly<Outcome>> {
  const outcome: Outcome = { sent: new Set(), gone: false };
  const work = async (): Promise<void> => {
    await reload();
    for (const edits of byLeg(waitingNow())) if (!(await sendLeg(edits, outcome))) return;
  };
  // Where the browser has no locks, it has no second tab that works without a connection either.
  if ('locks' in navigator) await navigator.locks.request('send-waiting', work);
  else await work();
  return outcome;
}

/** False: it is of no use to try the next. */
async function sendLeg(edits: readonly WaitingEdit[], outcome: Outcome): Promise<boolean> {
  const [{ tripId, legIndex, held }] = edits as [WaitingEdit];
  if (held !== null) {
    // What came after a question waits for its answer.
    if (edits.some((edit) => edit.held === null)) await hold(edits, held);
    return true;
  }
  try {
    const leg = (await readTrip(tripId)).bookingLegs.find((one) => one.legIndex === legIndex);
    const left = leg ? stillToSend(leg, edits) : null;
    if (left === null) {
      await hold(edits, 'CHANGED');
      return true;
    }
    await dropWaiting(edits.filter((edit) => !left.includes(edit)));
    for (const edit of left) {
      await writeBooking(edit);
      await dropWaiting([edit]);
    }
    outcome.sent.add(tripId);
    return true;
  } catch (error) {
    if (!isRefusal(error)) return false;
    if (error.status === 404) {
      outcome.gone = true;
      await dropWaiting(edits);
    } else await hold(edits, { refused: error.message });
    return true;
  }
}

const hold = (edits: readonly WaitingEdit[], held: NonNullable<WaitingEdit['held']>): Promise<void> =>
  replaceWaiting(edits.map((edit) => ({ ...edit, held })));

/** The same would be refused again: not a matter of the connection, of too many requests or of the session. */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 408, 429].includes(error.status);

/** The traveller's answer to a question: what was recorded here goes over what is there. */
export async function sendAnyway(edits: readonly WaitingEdit[], seen: BookingLeg): Promise<void> {
  const last = edits.at(-1)!;
  await dropWaiting(edits.slice(0, -1));
  await replaceWaiting([{ ...last, seen, held: null, key: newKey() }]);
}
