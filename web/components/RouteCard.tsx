import { useId } from 'react';
import { clockOf, dayName, durationText, isNight, priceRange, shortDate, weekdayName } from '../words/say.ts';
import { optionSentence } from '../search/sentence.ts';
import type { Route } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
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
            {open ? searchWords.card.hide : searchWords.card.show}
            <span className="sr-only">{searchWords.card.ofOption(position)}</span>
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
          {siteWords.picks[label]}
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
      <span className="whitespace-nowrap text-soft">{siteWords.units.changes(route.changes)}</span>
    </span>
  );
}

function PriceBlock({ route, passengers }: Pick<Props, 'route' | 'passengers'>) {
  const { price } = route;
  if (price === null) return <p className="text-soft">{searchWords.card.noPrice}</p>;
  return (
    <div className="min-w-0 text-sm text-soft">
      <p className="whitespace-nowrap">
        <About price={priceRange(price)} />
      </p>
      {passengers > 1 ? (
        <p>
          {searchWords.card.forParty(passengers)} · {searchWords.card.each(priceRange(price, passengers))}
        </p>
      ) : null}
      <p className="mt-1 flex flex-wrap items-center gap-x-2 md:justify-end">
        <span className="border border-dashed border-edge px-1.5">{searchWords.card.estimate}</span>
        <span className="whitespace-nowrap">
          {searchWords.card.asOf(shortDate(price.asOf, route.departure))}
        </span>
      </p>
    </div>
  );
}

/** "about ₹1,240", the figure larger than the word, wherever a language puts it. */
function About({ price }: { readonly price: string }) {
  const [before = '', after = ''] = siteWords.units.about('\n').split('\n');
  return (
    <>
      {before}
      <span className="text-lg leading-6 font-semibold text-ink">{price}</span>
      {after}
    </>
  );
}

function Cautions({ route }: { readonly route: Route }) {
  const { tightestChange: tight } = route;
  const cautions = [
    ...(tight === null
      ? []
      : [
          {
            icon: 'clock' as const,
            text: searchWords.card.tightest(durationText(tight.minutes), tight.place),
          },
        ]),
    ...(isNight(route.departure)
      ? [{ icon: 'night' as const, text: searchWords.card.nightStart(clockOf(route.departure)) }]
      : []),
    ...(isNight(route.arrival)
      ? [{ icon: 'night' as const, text: searchWords.card.nightEnd(clockOf(route.arrival)) }]
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
