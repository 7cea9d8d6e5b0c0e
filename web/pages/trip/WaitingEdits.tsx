import { useQueryClient } from '@tanstack/react-query';
import type { BookingLeg, Trip } from '../../../src/features/trips/contract.ts';
import { tripChanged } from '../../api/trips.ts';
import { Icon } from '../../components/Icon.tsx';
import { useWrite } from '../../components/useWrite.ts';
import type { WaitingEdit } from '../../offline/edits.ts';
import { wished } from '../../offline/edits.ts';
import { sendAnyway, sendWaiting } from '../../offline/send.ts';
import { dropWaiting, useWaiting } from '../../offline/waiting.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { maskedReference } from '../../trip/readTrip.ts';
import { rupeesText } from '../../trip/rupees.ts';
import { offlineWords } from '../../words/offline.ts';
import { tripWords } from '../../words/trip.ts';
import { numberedLeg } from './say.ts';

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly booking: BookingLeg;
}

/** What of this leg is only in this browser yet, and what the traveller has to decide about it. */
export function WaitingEdits({ trip, leg, booking }: Props) {
  const edits = useWaiting().filter(
    ({ tripId, legIndex }) => tripId === trip.id && legIndex === booking.legIndex,
  );
  const held = edits.filter((edit) => edit.held !== null);
  if (held.length > 0) return <Held trip={trip} leg={leg} booking={booking} edits={edits} />;
  if (edits.length === 0) return null;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-sm">
      <Icon name="cloud" size={16} />
      {offlineWords.waits}
    </p>
  );
}

interface HeldProps extends Props {
  readonly edits: readonly WaitingEdit[];
}

/** Two people, or two devices, recorded this leg: nobody is overwritten unasked. */
function Held({ trip, leg, booking, edits }: HeldProps) {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const last = edits.at(-1)!;
  const held = edits[0]!.held;
  const refused = held !== null && held !== 'CHANGED' ? held.refused : null;
  const mine = wished(edits[0]!.seen, last.wish);
  const drop = (): void => void run(() => dropWaiting(edits));
  const send = (): void =>
    void run(async () => {
      await sendAnyway(edits, booking);
      await sendWaiting();
      await tripChanged(client, trip.id);
    });
  return (
    <div className="mt-2 border-l-4 border-accent bg-wash px-3 py-2 text-sm">
      <p className="font-medium">{refused === null ? offlineWords.changed : offlineWords.refused(refused)}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3">
        {refused === null ? (
          <>
            <dt className="text-soft">{offlineWords.theirs}</dt>
            <dd>{bookingText(booking)}</dd>
          </>
        ) : null}
        <dt className="text-soft">{offlineWords.mine}</dt>
        <dd>{bookingText(mine)}</dd>
      </dl>
      <p className="mt-2 flex flex-wrap gap-2">
        {refused === null ? (
          <button type="button" className="button" disabled={busy} onClick={send}>
            {offlineWords.sendMine}
            <span className="sr-only">{numberedLeg(leg)}</span>
          </button>
        ) : null}
        <button type="button" className="button" disabled={busy} onClick={drop}>
          {refused === null ? offlineWords.keepTheirs : offlineWords.dropMine}
          <span className="sr-only">{numberedLeg(leg)}</span>
        </button>
      </p>
    </div>
  );
}

/** "Booked · IRCTC · PNR •••5678 · 3A · paid ₹2,120". */
function bookingText({ isBooked, platform, bookingRef, fareClass, cost }: BookingLeg): string {
  const { booking } = tripWords;
  if (!isBooked) return booking.none;
  return [
    booking.booked,
    platform,
    bookingRef === null ? null : booking.reference(maskedReference(bookingRef)),
    fareClass,
    cost === null ? null : booking.paid(`₹${rupeesText(cost)}`),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
