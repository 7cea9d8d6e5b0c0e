import { useState } from 'react';
import type { BookingLeg, Trip } from '../../../src/features/trips/contract.ts';
import { formatRupees } from '../../../src/units/money.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { maskedReference } from '../../trip/readTrip.ts';
import { tripWords } from '../../words/trip.ts';
import { copyText } from '../../components/copyText.ts';
import { Icon } from '../../components/Icon.tsx';
import { numberedLeg } from './say.ts';

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly booking: BookingLeg;
}

/** Not booked, booked with what is known of it, or cancelled with the trip. */
export function BookingState({ trip, leg, booking }: Props) {
  const { booking: words } = tripWords;
  const cancelled = trip.status === 'CANCELLED';
  const { isBooked, platform, cost, currency, fareClass } = booking;
  const facts = [platform, fareClass, cost === null ? null : words.paid(costText(cost, currency))].filter(
    (fact) => fact !== null,
  );
  return (
    <div className="text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-soft">{tripWords.legTitle(leg.number ?? 0)}</span>
        <span
          className={`inline-flex items-center gap-1 border px-1.5 leading-5 ${
            cancelled
              ? 'border-edge text-soft line-through'
              : isBooked
                ? 'border-ink bg-ink font-medium text-paper'
                : 'border-dashed border-edge'
          }`}
        >
          {isBooked && !cancelled ? <Icon name="tick" size={14} /> : null}
          {cancelled ? words.cancelled : isBooked ? words.booked : words.none}
        </span>
        {isBooked && cancelled ? <span>{words.booked}</span> : null}
        {isBooked && facts.length > 0 ? <span>{facts.join(' · ')}</span> : null}
      </p>
      {isBooked && booking.bookingRef ? <Reference leg={leg} reference={booking.bookingRef} /> : null}
    </div>
  );
}

const costText = (minor: number, currency: string): string =>
  currency === 'INR' ? formatRupees(minor) : `${currency} ${(minor / 100).toFixed(2)}`;

/** Masked until it is asked for. */
function Reference({ leg, reference }: { readonly leg: TripLeg; readonly reference: string }) {
  const [shown, setShown] = useState(false);
  const { booking: words } = tripWords;
  return (
    <p className="flex flex-wrap items-center gap-x-3">
      <span className="font-mono">{words.reference(shown ? reference : maskedReference(reference))}</span>
      <span className="flex gap-x-3 print:hidden">
        <button type="button" className="text-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
          <span className="sr-only"> {numberedLeg(leg)}</span>
        </button>
        <button type="button" className="text-button" onClick={() => void copyText(reference)}>
          {words.copy}
          <span className="sr-only"> {numberedLeg(leg)}</span>
        </button>
      </span>
    </p>
  );
}
