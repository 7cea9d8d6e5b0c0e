import { useId } from 'react';
import {
  clockOf,
  dayName,
  durationText,
  isNight,
  optionSentence,
  priceRange,
  shortDate,
  weekdayName,
} from '../search/say.ts';
import type { Route } from '../search/shapes.ts';
import { words } from '../words.ts';
import { CostTable } from './CostTable.tsx';
import { Icon } from './Icon.tsx';
import { LegBar, LegWords } from './LegBar.tsx';
import { Timeline } from './Timeline.tsx';

interface Props {
  readonly route: Route;
  /** 1-based place in the list. */
  readonly position: number;
  readonly passengers: number;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function RouteCard({ route, position, passengers, open, onToggle }: Props) {
  const id = useId();
  return (
    <article
      aria-labelledby={`${id}-title`}
      className={`border-b border-rule bg-sheet px-4 py-4 md:px-6 ${route.labels.length > 0 ? 'border-l-4 border-l-accent pl-3! md:pl-5!' : ''}`}
    >
      <div className="grid gap-x-6 gap-y-3 md:grid-cols-[1fr_13rem]">
        <div className="min-w-0">
          <Badges route={route} />
          <h3 id={`${id}-title`}>
            <span className="sr-only">{optionSentence(route, position, passengers)}</span>
            <Times route={route} />
          </h3>
          <LegBar route={route} />
          <LegWords route={route} />
          <Cautions route={route} />
        </div>
        <div className="flex items-end justify-between gap-2 md:flex-col md:items-end md:text-right">
          <PriceBlock route={route} passengers={passengers} />
          <button
            type="button"
            className="button shrink-0"
            aria-expanded={open}
            aria-controls={`${id}-details`}
            onClick={onToggle}
          >
            {open ? words.card.hide : words.card.show}
            <span className="sr-only">{words.card.ofOption(position)}</span>
            <span className={open ? 'rotate-180' : ''}>
              <Icon name="down" size={16} />
            </span>
          </button>
        </div>
      </div>
      <div id={`${id}-details`} hidden={!open} className="mt-4 border-t border-rule pt-4">
        {open ? (
          <div className="grid gap-8 lg:grid-cols-[1fr_24rem]">
            <Timeline route={route} />
            <CostTable route={route} passengers={passengers} />
          </div>
        ) : null}
      </div>
    </article>
  );
}

function Badges({ route }: { readonly route: Route }) {
  const reason = route.reasons[0];
  if (route.labels.length === 0 && reason === undefined) return null;
  return (
    <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {route.labels.map((label) => (
        <strong key={label} className="bg-accent px-2 py-0.5 font-semibold text-on-accent">
          {words.picks[label]}
        </strong>
      ))}
      {reason === undefined ? null : <span className="text-soft">{reason}</span>}
    </p>
  );
}

/** Shown to the eye only: the heading's sentence says the same. */
function Times({ route }: { readonly route: Route }) {
  const sameDay = route.dayShift === 0;
  return (
    <span aria-hidden="true" className="mb-2 flex flex-wrap items-baseline gap-x-3">
      <span className="text-xl font-semibold whitespace-nowrap">
        <span className="text-base font-normal text-soft">{weekdayName(route.departure)} </span>
        {clockOf(route.departure)} <span className="font-normal text-soft">→</span>{' '}
        {sameDay ? null : (
          <span className="text-base font-normal text-soft">{weekdayName(route.arrival)} </span>
        )}
        {clockOf(route.arrival)}
        {sameDay ? null : (
          <sup className="ml-0.5 text-xs font-semibold text-accent" title={dayName(route.arrival)}>
            +{route.dayShift}
          </sup>
        )}
      </span>
      <span className="whitespace-nowrap">{durationText(route.durationMinutes)}</span>
      <span className="whitespace-nowrap text-soft">{words.card.changes(route.changes)}</span>
    </span>
  );
}

function PriceBlock({ route, passengers }: Pick<Props, 'route' | 'passengers'>) {
  const { price } = route;
  if (price === null) return <p className="text-soft">{words.card.noPrice}</p>;
  return (
    <div className="min-w-0 text-sm text-soft">
      <p className="whitespace-nowrap">
        {words.card.about}{' '}
        <span className="text-lg leading-6 font-semibold text-ink">{priceRange(price)}</span>
      </p>
      {passengers > 1 ? (
        <p>
          {words.card.forParty(passengers)} · {words.card.each(priceRange(price, passengers))}
        </p>
      ) : null}
      <p className="mt-1 flex flex-wrap items-center gap-x-2 md:justify-end">
        <span className="border border-dashed border-edge px-1.5">{words.card.estimate}</span>
        <span className="whitespace-nowrap">{words.card.asOf(shortDate(price.asOf, route.departure))}</span>
      </p>
    </div>
  );
}

function Cautions({ route }: { readonly route: Route }) {
  const { tightestChange: tight } = route;
  const cautions = [
    ...(tight === null
      ? []
      : [{ icon: 'clock' as const, text: words.card.tightest(durationText(tight.minutes), tight.place) }]),
    ...(isNight(route.departure)
      ? [{ icon: 'night' as const, text: words.card.nightStart(clockOf(route.departure)) }]
      : []),
    ...(isNight(route.arrival)
      ? [{ icon: 'night' as const, text: words.card.nightEnd(clockOf(route.arrival)) }]
      : []),
  ];
  if (cautions.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
      {cautions.map(({ icon, text }) => (
        <li key={text} className="flex items-center gap-1.5">
          <Icon name={icon} size={16} />
          {text}
        </li>
      ))}
    </ul>
  );
}
