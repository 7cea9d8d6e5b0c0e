import type { ReactNode } from 'react';
import type { ChangeRisk, Leg, Route } from '../search/shapes.ts';
import { detailWords } from '../words/details.ts';
import { placeName } from '../words/placeNames.ts';
import { resultWords } from '../words/results.ts';
import { clockOf, dayName, durationText, kilometres, priceRange } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { classOf, LegName, Quoted, waitAfter } from './LegBar.tsx';

/** Time, line, place. */
const columns = 'grid grid-cols-[3.25rem_1.5rem_1fr]';

type Journey = Pick<Route, 'legs' | 'risk'>;

interface Props {
  readonly route: Journey;
  /** What else to say of a change, and of a leg. */
  readonly renderChange?: (change: ChangeRisk) => ReactNode;
  readonly renderLeg?: (leg: Leg) => ReactNode;
}

/** The legs as a printed timetable: times at the left, the line of the mode, places and rides at the right. */
export function Timeline({ route, renderChange, renderLeg }: Props) {
  return (
    <section className="min-w-0">
      <h4 className="mb-3 font-serif text-base font-semibold">{detailWords.timetable}</h4>
      <ol>
        {route.legs.map((leg, index) => (
          <TimelineLeg
            key={leg.index}
            route={route}
            leg={leg}
            index={index}
            {...{ renderChange, renderLeg }}
          />
        ))}
      </ol>
    </section>
  );
}

interface LegProps extends Pick<Props, 'route'> {
  readonly leg: Leg;
  readonly index: number;
  readonly renderChange: Props['renderChange'];
  readonly renderLeg: Props['renderLeg'];
}

function TimelineLeg({ route, leg, index, renderChange, renderLeg }: LegProps) {
  const before = index === 0 ? '' : route.legs[index - 1]!.arrival.slice(0, 10);
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
        <Ride leg={leg}>{renderLeg?.(leg)}</Ride>
      </div>
      <StopRow
        instant={leg.arrival}
        place={leg.to}
        newDay={leg.arrival.slice(0, 10) !== leg.departure.slice(0, 10)}
      />
      <Between route={route} index={index} renderChange={renderChange} />
    </li>
  );
}

/** What the minutes between two legs are for: a stay, changing, waiting for a ride, or finding the way out. */
function Between({ route, index, renderChange }: Pick<LegProps, 'route' | 'index' | 'renderChange'>) {
  const leg = route.legs[index]!;
  const next = route.legs[index + 1];
  const wait = waitAfter(route, index);
  if (next === undefined || (wait <= 0 && next.bufferMinutes <= 0)) return null;
  const change = route.risk?.changes.find(({ toLeg }) => toLeg === next.index);
  return (
    <div className="my-2 ml-[4.75rem] grid gap-1 bg-wash px-3 py-2 text-sm">
      <p className="flex items-start gap-2">
        <Icon name={next.stayMinutes === undefined ? 'clock' : 'pin'} size={18} />
        {next.stayMinutes === undefined
          ? betweenText(leg, next, wait)
          : stayText(leg, next, next.stayMinutes)}
      </p>
      {change === undefined ? null : (
        <p>
          {resultWords.risk.minutes(
            durationText(change.availableMinutes),
            durationText(change.neededMinutes),
          )}
        </p>
      )}
      {change === undefined ? null : renderChange?.(change)}
    </div>
  );
}

function stayText(leg: Leg, next: Leg, minutes: number): string {
  const nights = Math.round(
    (Date.parse(next.departure.slice(0, 10)) - Date.parse(leg.arrival.slice(0, 10))) / 86_400_000,
  );
  const stay = detailWords.stay(placeName(next.from.city ?? next.from.name), durationText(minutes));
  return nights > 0 ? `${stay}. ${detailWords.nights(nights)}.` : stay;
}

function betweenText(leg: Leg, next: Leg, wait: number): string {
  if (next.line === null) return detailWords.getOut(durationText(wait));
  const buffer = durationText(next.bufferMinutes);
  const firstRide = leg.line === null;
  if (firstRide && next.bufferMinutes >= wait) return detailWords.beThereOnly(buffer);
  const place = next.from.name === leg.to.name ? null : placeName(next.from.name);
  const between = firstRide
    ? detailWords.waitAt(durationText(wait))
    : detailWords.change(durationText(wait), place);
  return next.bufferMinutes > 0 ? `${between}, ${detailWords.beThere(buffer)}` : between;
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
  const name = placeName(place.name);
  return (
    <>
      {newDay ? <p className="day-rule">{dayName(instant)}</p> : null}
      <p className={columns}>
        <time dateTime={instant} className="font-semibold">
          {clockOf(instant)}
        </time>
        <span aria-hidden="true" className="flex flex-col items-center">
          <span className="mt-1.5 size-3 shrink-0 rounded-full border-2 border-ink bg-sheet" />
          {leaving ? <span className="rail grow" /> : null}
        </span>
        <span>
          <span className="font-medium">{name}</span>
          {place.code === null ? null : <span className="text-soft"> ({place.code})</span>}
          {place.city === null || place.name.includes(place.city) ? null : (
            <span className="text-soft">, {placeName(place.city)}</span>
          )}
        </span>
      </p>
    </>
  );
}

function Ride({ leg, children }: { readonly leg: Leg; readonly children: ReactNode }) {
  const facts = [
    durationText(leg.durationMinutes),
    siteWords.units.km(kilometres(leg.distanceKm)),
    ...(leg.line === null ? [] : [detailWords.stops(leg.intermediateStops)]),
    ...(leg.everyMinutes === null ? [] : [detailWords.every(leg.everyMinutes)]),
    ...(leg.estimatedTimes ? [detailWords.estimated] : []),
  ];
  const line = leg.line;
  const about = [
    line?.headsign ? detailWords.towards(placeName(line.headsign)) : null,
    leg.run !== null && leg.run.serviceDate !== leg.departure.slice(0, 10)
      ? detailWords.started(dayName(leg.run.serviceDate))
      : null,
  ].filter((part) => part !== null);
  return (
    <div className="min-w-0 py-2 text-sm">
      <p className="flex items-start gap-1.5 font-medium">
        <span className="text-mode-line">
          <Icon name={modeIcons[leg.mode]} size={18} />
        </span>
        <span>
          <LegName leg={leg} />
        </span>
      </p>
      {line?.operator ? (
        <p className="text-soft">
          <Quoted>{line.operator}</Quoted>
          {about.map((part) => ` · ${part}`)}
        </p>
      ) : about.length === 0 ? null : (
        <p className="text-soft">{about.join(' · ')}</p>
      )}
      <p className="text-soft">{facts.join(' · ')}</p>
      <p>{ridePrice(leg)}</p>
      {children}
    </div>
  );
}

function ridePrice(leg: Leg): string {
  if (leg.price === null) return leg.mode === 'walk' ? '' : resultWords.card.noPrice;
  return [siteWords.units.about(priceRange(leg.price)), classOf(leg)].filter(Boolean).join(' · ');
}
