import type { Trip } from '../../../src/features/trips/contract.ts';
import type { Leg } from '../../search/shapes.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import type { TimelineEntry } from '../../trip/timeline.ts';
import { timelineOf } from '../../trip/timeline.ts';
import { clockOf, dayName, durationText, kilometres, priceRange } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Icon } from '../../components/Icon.tsx';
import { classOf } from '../../components/LegBar.tsx';
import { BetweenRow } from './BetweenRow.tsx';
import { BookingActions } from './BookingActions.tsx';
import { BookingState } from './BookingState.tsx';
import { columns } from './columns.ts';
import { modeIcon, rideName } from './say.ts';
import { WaitingEdits } from './WaitingEdits.tsx';

interface Props {
  readonly trip: Trip;
  readonly legs: readonly TripLeg[];
}

/** The trip as a printed timetable: times at the left, the line of the mode, rides and their bookings at the right. */
export function TripTimeline({ trip, legs }: Props) {
  if (!trip.selectedRoute) return null;
  const entries = timelineOf(trip.selectedRoute, legs);
  return (
    <section aria-labelledby="timetable" className="min-w-0">
      <h2 id="timetable" className="section-title">
        {tripWords.timeline.title}
      </h2>
      {legs.some(({ whole }) => whole === null) ? (
        <p className="mb-3 text-sm text-soft">{tripWords.timeline.unknown}</p>
      ) : null}
      <ol>
        {entries.map((entry, at) => (
          <Entry key={entry.leg.index} trip={trip} entry={entry} next={entries[at + 1] ?? null} />
        ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly trip: Trip;
  readonly entry: TimelineEntry;
  readonly next: TimelineEntry | null;
}

function Entry({ trip, entry, next }: EntryProps) {
  const { leg, between, departureDay, arrivalDay } = entry;
  const { whole } = leg;
  // Where the next ride leaves at once from the same place, its row says both.
  const joined =
    next !== null &&
    next.between.length === 0 &&
    next.leg.departure === leg.arrival &&
    next.leg.whole?.from.name === whole?.to.name;
  return (
    <li data-mode={leg.mode} className="break-inside-avoid">
      {between.map((part) => (
        <BetweenRow key={part.kind} part={part} />
      ))}
      <StopRow leaving instant={leg.departure} place={whole?.from ?? null} newDay={departureDay} />
      <div className={columns}>
        <span />
        <span className="rail justify-self-center" />
        <div className="min-w-0 py-2">
          <Ride leg={leg} />
          {leg.booking ? (
            <div className="mt-2 border-l border-rule pl-3">
              <BookingState trip={trip} leg={leg} booking={leg.booking} />
              <WaitingEdits trip={trip} leg={leg} booking={leg.booking} />
              <BookingActions trip={trip} leg={leg} />
            </div>
          ) : null}
        </div>
      </div>
      {joined ? null : <StopRow instant={leg.arrival} place={whole?.to ?? null} newDay={arrivalDay} />}
    </li>
  );
}

interface StopRowProps {
  readonly instant: string | null;
  readonly place: Leg['from'] | null;
  /** The date is printed where a new one starts. */
  readonly newDay: string | null;
  /** The line of the ride starts here. */
  readonly leaving?: boolean;
}

function StopRow({ instant, place, newDay, leaving = false }: StopRowProps) {
  if (instant === null && place === null) return null;
  return (
    <>
      {newDay ? (
        <p className="my-1 flex items-center gap-3 text-sm font-medium text-soft">
          {dayName(newDay)}
          <span aria-hidden="true" className="h-px flex-1 bg-rule" />
        </p>
      ) : null}
      <p className={columns}>
        {instant === null ? (
          <span />
        ) : (
          <time dateTime={instant} className="font-semibold">
            {clockOf(instant)}
          </time>
        )}
        <span aria-hidden="true" className="flex flex-col items-center">
          <span className="mt-1.5 size-3 shrink-0 rounded-full border-2 border-ink bg-sheet" />
          {leaving ? <span className="rail grow" /> : null}
        </span>
        <span>
          <span className="font-medium">{place?.name ?? ''}</span>
          {place === null || place.code === null || place.name.includes(place.code) ? null : (
            <span className="text-soft"> ({place.code})</span>
          )}
          {place === null || place.city === null || place.name.includes(place.city) ? null : (
            <span className="text-soft">, {place.city}</span>
          )}
        </span>
      </p>
    </>
  );
}

function Ride({ leg }: { readonly leg: TripLeg }) {
  const { whole } = leg;
  return (
    <div className="text-sm">
      <h3 className="flex items-start gap-1.5 text-base font-medium">
        <span className="mt-0.5 text-mode-line">
          <Icon name={modeIcon(leg.mode)} />
        </span>
        {rideName(leg)}
      </h3>
      {whole ? <RideFacts leg={whole} /> : null}
    </div>
  );
}

function RideFacts({ leg }: { readonly leg: Leg }) {
  const facts = [
    durationText(leg.durationMinutes),
    siteWords.units.km(kilometres(leg.distanceKm)),
    ...(leg.line === null ? [] : [tripWords.timeline.stops(leg.intermediateStops)]),
  ];
  const about = [leg.line?.operator, leg.line?.headsign && tripWords.timeline.towards(leg.line.headsign)];
  const priced = leg.price && leg.price.highMinor > 0 ? leg.price : null;
  return (
    <>
      <p className="text-soft">{about.filter(Boolean).join(' · ')}</p>
      <p className="text-soft">{facts.join(' · ')}</p>
      {priced ? (
        <p className="text-soft">
          {[tripWords.timeline.estimate(priceRange(priced)), classOf(leg)].filter(Boolean).join(' · ')}
        </p>
      ) : null}
    </>
  );
}
