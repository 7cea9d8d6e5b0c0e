import { useState } from 'react';
import type { Trip } from '../../../src/features/trips/contract.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { DidYouBook } from './DidYouBook.tsx';
import { MarkBooked } from './MarkBooked.tsx';

/** Asks after every hand-off that is not answered for; a yes leads to what was booked. */
export function Outcomes({ trip, legs }: { readonly trip: Trip; readonly legs: readonly TripLeg[] }) {
  const [booked, setBooked] = useState<{ readonly leg: TripLeg; readonly platform: string } | null>(null);
  return (
    <>
      {legs
        .filter(({ booking }) => booking && !booking.isBooked)
        .map((leg) => (
          <DidYouBook
            key={leg.index}
            trip={trip}
            leg={leg}
            onYes={(platform) => setBooked({ leg, platform })}
          />
        ))}
      {booked ? <MarkBooked trip={trip} {...booked} onClose={() => setBooked(null)} /> : null}
    </>
  );
}
