import type { TripLeg } from '../../trip/readTrip.ts';
import { tripWords } from '../../words/trip.ts';
import { Icon } from '../../components/Icon.tsx';
import { modeIcon } from './say.ts';

/** A stitch for each leg that is booked with somebody: firm when it is, dashed until then. */
export function Progress({ legs }: { readonly legs: readonly TripLeg[] }) {
  const stitches = legs.filter(({ booking }) => booking !== null);
  if (stitches.length === 0) return <p className="text-sm text-soft">{tripWords.nothingToBook}</p>;
  const booked = stitches.filter(({ booking }) => booking?.isBooked).length;
  return (
    <div>
      <p className="text-sm font-medium">{tripWords.progress(booked, stitches.length)}</p>
      <ul aria-hidden="true" className="mt-1.5 flex gap-1.5">
        {stitches.map(({ index, mode, booking }) => (
          <li key={index} data-mode={mode} className="flex min-w-0 flex-1 flex-col items-start gap-1">
            <span
              className={`h-0 w-full border-t-4 ${booking?.isBooked ? 'border-mode-line' : 'border-dashed border-edge'}`}
            />
            <span className={booking?.isBooked ? 'text-mode-line' : 'text-soft'}>
              <Icon name={modeIcon(mode)} size={16} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
