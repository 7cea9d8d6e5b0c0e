import { clockOf, dayName, durationText, kilometres, priceRange } from '../words/say.ts';
import type { Leg, Route } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { classOf, legName, waitAfter } from './LegBar.tsx';

/** Time, line, place. */
const columns = 'grid grid-cols-[3.25rem_1.5rem_1fr]';

/** The legs as a printed timetable: times at the left, the line of the mode, places and rides at the right. */
export function Timeline({ route }: { readonly route: Route }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-3 font-serif text-base font-semibold">{searchWords.detail.timetable}</h4>
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
    <li data-mode={leg.mode}>
      <StopRow
        leaving
        instant={leg.departure}
        place={leg.from}
        newDay={leg.departure.slice(0, 10) !== before}
      />
      <div className={columns}>
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
          {betweenText(leg, next, wait)}
        </p>
      ) : null}
    </li>
  );
}

/** What the minutes between two legs are for: changing, waiting for a ride, or finding the way out. */
function betweenText(leg: Leg, next: Leg, wait: number): string {
  if (next.line === null) return searchWords.detail.getOut(durationText(wait));
  const buffer = durationText(next.bufferMinutes);
  const firstRide = leg.line === null;
  if (firstRide && next.bufferMinutes >= wait) return searchWords.detail.beThereOnly(buffer);
  const place = next.from.name === leg.to.name ? null : next.from.name;
  const between = firstRide
    ? searchWords.detail.waitAt(durationText(wait))
    : searchWords.detail.change(durationText(wait), place);
  return next.bufferMinutes > 0 ? `${between}, ${searchWords.detail.beThere(buffer)}` : between;
}

interface StopRowProps {
  readonly instant: string;
  readonly place: Leg['from'];
  /** The date is printed where a new one starts. */
  readonly newDay: boolean;
  /** The line of the ride starts here. */
  readonly leaving?: boolean;
}

function StopRow({ instant, place, newDay, leaving = false }: StopRowProps) {
  return (
    <>
      {newDay ? <p className="text-sm text-soft">{dayName(instant)}</p> : null}
      <p className={columns}>
        <time dateTime={instant} className="font-semibold">
          {clockOf(instant)}
        </time>
        <span aria-hidden="true" className="flex flex-col items-center">
          <span className="mt-1.5 size-3 shrink-0 rounded-full border-2 border-ink bg-sheet" />
          {leaving ? <span className="rail grow" /> : null}
        </span>
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
    durationText(leg.durationMinutes),
    siteWords.units.km(kilometres(leg.distanceKm)),
    ...(leg.line === null ? [] : [searchWords.detail.stops(leg.intermediateStops)]),
    ...(leg.everyMinutes === null ? [] : [searchWords.detail.every(leg.everyMinutes)]),
  ];
  const line = leg.line;
  const about = [
    line?.operator ?? null,
    line?.headsign ? searchWords.detail.towards(line.headsign) : null,
    leg.run !== null && leg.run.serviceDate !== leg.departure.slice(0, 10)
      ? searchWords.detail.started(dayName(leg.run.serviceDate))
      : null,
  ].filter((part) => part !== null);
  return (
    <div className="min-w-0 py-2 text-sm">
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
  if (leg.price === null) return leg.mode === 'walk' ? '' : searchWords.card.noPrice;
  return [siteWords.units.about(priceRange(leg.price)), classOf(leg)].filter(Boolean).join(' · ');
}
