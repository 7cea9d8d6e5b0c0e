import { useState } from 'react';
import type { BookingLeg, Trip } from '../../../src/features/trips/contract.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { isClosed } from '../../trip/readTrip.ts';
import { tripWords } from '../../words/trip.ts';
import { Icon } from '../../components/Icon.tsx';
import { BookMenu } from './BookMenu.tsx';
import { MarkBooked } from './MarkBooked.tsx';
import { Replan } from './Replan.tsx';
import { numberedLeg } from './say.ts';
import { useRecord } from './useRecord.ts';

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  /** Where it is the next thing to do. */
  readonly prominent?: boolean;
}

/** What can be done with the booking of a leg: where to book it, what was booked, another ride. */
export function BookingActions({ trip, leg, prominent = false }: Props) {
  const [menu, setMenu] = useState(false);
  const [dialog, setDialog] = useState<'mark' | 'replan' | null>(null);
  const { booking, whole } = leg;
  if (!booking || isClosed(trip)) return null;
  const { isBooked } = booking;
  const menuId = `book-${prominent ? 'next-' : ''}${leg.index}`;
  return (
    <div className="mt-3">
      <div className="flex flex-wrap gap-2">
        {isBooked || !whole ? null : (
          <button
            type="button"
            className={`button ${prominent ? 'primary' : ''}`}
            aria-expanded={menu}
            aria-controls={menuId}
            onClick={() => setMenu(!menu)}
          >
            {tripWords.booking.bookAt}
            <OfLeg leg={leg} />
            <span className={menu ? 'rotate-180' : ''}>
              <Icon name="down" size={16} />
            </span>
          </button>
        )}
        <button type="button" className="button" onClick={() => setDialog('mark')}>
          {isBooked ? tripWords.booking.change : tripWords.booking.mark}
          <OfLeg leg={leg} />
        </button>
        {isBooked ? <Unbook trip={trip} leg={leg} booking={booking} /> : null}
        {isBooked || !whole?.run || prominent ? null : (
          <button type="button" className="button" onClick={() => setDialog('replan')}>
            {tripWords.replan.open}
            <OfLeg leg={leg} />
          </button>
        )}
      </div>
      {menu && whole && !isBooked ? <BookMenu id={menuId} trip={trip} leg={leg} whole={whole} /> : null}
      {dialog === 'replan' ? <Replan trip={trip} leg={leg} onClose={() => setDialog(null)} /> : null}
      {dialog === 'mark' ? (
        <MarkBooked trip={trip} leg={leg} platform={null} onClose={() => setDialog(null)} />
      ) : null}
    </div>
  );
}

/** Tells the buttons of the legs apart for those who hear them. */
const OfLeg = ({ leg }: { readonly leg: TripLeg }) => <span className="sr-only">{numberedLeg(leg)}</span>;

interface UnbookProps extends Props {
  readonly booking: BookingLeg;
}

function Unbook({ trip, leg, booking }: UnbookProps) {
  const { busy, record } = useRecord(trip, booking);
  return (
    <button
      type="button"
      className="button"
      disabled={busy}
      onClick={() => void record(null, tripWords.booking.undone(numberedLeg(leg)))}
    >
      {tripWords.booking.undo}
      <OfLeg leg={leg} />
    </button>
  );
}
