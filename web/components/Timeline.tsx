import { formatDuration } from '../../src/units/time.ts';
import { clockOf, dayName, kilometres, priceRange } from '../search/say.ts';
import type { Leg, Route } from '../search/shapes.ts';
import { words } from '../words.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { legName, waitAfter } from './LegBar.tsx';

/** Time, line, place. */
const columns = 'grid grid-cols-[3.25rem_1.5rem_1fr]';

/** The legs as a printed timetable: times at the left, the line of the mode, places and rides at the right. */
export function Timeline({ route }: { readonly route: Route }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-3 font-serif text-base font-semibold">{words.detail.timetable}</h4>
      <ol>
        {route.legs.map((leg, index) => (
          <TimelineLeg key={leg.index} route={route} leg={leg} index={index} />
        ))}
      </ol>
    </section>
  );
}

function TimelineLeg({
  route,
  leg,
  index,
}: {
  readonly route: Route;
  readonly leg: Leg;
  readonly index: number;
}) {
  const before = index === 0 ? '' : route.legs[index - 1]!.arrival.slice(0, 10);
  const next = route.legs[index + 1];
  const wait = waitAfter(route, index);
  return (
    <li>
      <StopRow instant={leg.departure} place={leg.from} newDay={leg.departure.slice(0, 10) !== before} />
      <div data-mode={leg.mode} className={columns}>
        <span />
        <span className="rail justify-self-center" />
        <Ride leg={leg} />
      </div>
      <StopRow
        instant={leg.arrival}
        place={leg.to}
        newDay={leg.arrival.slice(0, 10) !== leg.departure.slice(0, 10)}
      />
      {next !== undefined && (wait > 0 || next.bufferMinutes > 0) ? (
        <p className="my-2 ml-[4.75rem] flex items-start gap-2 bg-wash px-3 py-2 text-sm">
          <Icon name="clock" size={18} />
          {changeText(leg, next, wait)}
        </p>
      ) : null}
    </li>
  );
}

/** "Change to Bhopal bus stand: 1 h 20 m, be there 15 m before departure". */
function changeText(leg: Leg, next: Leg, wait: number): string {
  const place = next.from.name === leg.to.name ? null : next.from.name;
  const change = words.detail.change(formatDuration(wait), place);
  return next.bufferMinutes > 0
    ? `${change}, ${words.detail.beThere(formatDuration(next.bufferMinutes))}`
    : change;
}

interface StopRowProps {
  readonly instant: string;
  readonly place: Leg['from'];
  /** The date is printed where a new one starts. */
  readonly newDay: boolean;
}

function StopRow({ instant, place, newDay }: StopRowProps) {
  return (
    <>
      {newDay ? <p className="text-sm text-soft">{dayName(instant)}</p> : null}
      <p className={columns}>
        <time dateTime={instant} className="font-semibold">
          {clockOf(instant)}
        </time>
        <span
          aria-hidden="true"
          className="mt-1.5 size-3 justify-self-center rounded-full border-2 border-ink bg-sheet"
        />
        <span>
          <span className="font-medium">{place.name}</span>
          {place.code === null ? null : <span className="text-soft"> ({place.code})</span>}
          {place.city === null || place.name.includes(place.city) ? null : (
            <span className="text-soft">, {place.city}</span>
          )}
        </span>
      </p>
    </>
  );
}

function Ride({ leg }: { readonly leg: Leg }) {
  const facts = [
    formatDuration(leg.durationMinutes),
    words.detail.km(kilometres(leg.distanceKm)),
    ...(leg.line === null ? [] : [words.detail.stops(leg.intermediateStops)]),
    ...(leg.everyMinutes === null ? [] : [words.detail.every(leg.everyMinutes)]),
  ];
  const line = leg.line;
  const about = [
    line?.operator ?? null,
    line?.headsign ? words.detail.towards(line.headsign) : null,
    leg.run !== null && leg.run.serviceDate !== leg.departure.slice(0, 10)
      ? words.detail.started(dayName(leg.run.serviceDate))
      : null,
  ].filter((part) => part !== null);
  return (
    <div className="my-1.5 min-w-0 py-1 text-sm">
      <p className="flex items-start gap-1.5 font-medium">
        <span className="text-mode-line">
          <Icon name={modeIcons[leg.mode]} size={18} />
        </span>
        {legName(leg)}
      </p>
      {about.length === 0 ? null : <p className="text-soft">{about.join(' · ')}</p>}
      <p className="text-soft">{facts.join(' · ')}</p>
      <p>{ridePrice(leg)}</p>
    </div>
  );
}

function ridePrice(leg: Leg): string {
  if (leg.price === null) return leg.mode === 'walk' ? '' : words.card.noPrice;
  const range = `${words.card.about} ${priceRange(leg.price)}`;
  return leg.price.class === null ? range : `${range} · ${leg.price.class}`;
}
