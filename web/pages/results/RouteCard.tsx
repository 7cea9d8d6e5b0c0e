import { lazy, memo, Suspense, useId } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { classOf, LegBar, LegWords } from '../../components/LegBar.tsx';
import { reasonText } from '../../search/reasonText.ts';
import { optionSentence } from '../../search/sentence.ts';
import type { Route, SearchResponse } from '../../search/shapes.ts';
import { languageReady, useLanguage } from '../../words/language.ts';
import { resultWords } from '../../words/results.ts';
import { clockOf, dayName, durationText, priceRange, shortDate, weekdayName } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { Cautions } from './Cautions.tsx';

const Details = lazy(async () => {
  const { Details } = await import('../details/Details.tsx');
  await languageReady();
  return { default: Details };
});

export interface CardActions {
  readonly onToggle: (id: string) => void;
  readonly onSave: (route: Route) => void;
  readonly onCompare: (id: string) => void;
  /** Points at an option, so that the chart shows it too. */
  readonly onLit: (id: string | null) => void;
}

interface Props {
  readonly route: Route;
  readonly answer: SearchResponse;
  /** 1-based place in the list. */
  readonly position: number;
  readonly passengers: number;
  readonly open: boolean;
  readonly lit: boolean;
  readonly saved: boolean;
  readonly compared: boolean;
  readonly actions: CardActions;
}

/** One option: drawn again only when something of it changes, since an answer may have hundreds. */
export const RouteCard = memo(function RouteCard(props: Props) {
  useLanguage();
  const { route, answer, position, passengers, open, lit, actions } = props;
  const id = useId();
  return (
    <article
      aria-labelledby={`${id}-title`}
      className="card"
      data-pick={route.labels.length > 0 || undefined}
      data-lit={lit || undefined}
      onPointerEnter={() => actions.onLit(route.id)}
      onPointerLeave={() => actions.onLit(null)}
    >
      <div className="card-face">
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
        <div className="card-price">
          <PriceBlock route={route} passengers={passengers} />
        </div>
      </div>
      <CardButtons {...props} controls={`${id}-details`} />
      <div id={`${id}-details`} className={open ? 'mt-4 border-t border-rule pt-4' : ''}>
        {open ? (
          <Suspense fallback={<span className="skeleton block h-96 w-full" />}>
            <Details route={route} answer={answer} passengers={passengers} />
          </Suspense>
        ) : null}
      </div>
    </article>
  );
});

function CardButtons(props: Props & { readonly controls: string }) {
  const { route, position, open, saved, compared, actions, controls } = props;
  const { card } = resultWords;
  const ofOption = <span className="sr-only">{card.ofOption(position)}</span>;
  return (
    <div className="card-buttons">
      <button
        type="button"
        className="button"
        aria-expanded={open}
        aria-controls={controls}
        onClick={() => actions.onToggle(route.id)}
      >
        {open ? card.hide : card.show}
        {ofOption}
        <span className={open ? 'rotate-180' : ''}>
          <Icon name="down" size={16} />
        </span>
      </button>
      <button type="button" className="link-button" disabled={saved} onClick={() => actions.onSave(route)}>
        <Icon name={saved ? 'tick' : 'bookmark'} size={18} />
        {saved ? card.saved : card.save}
        {ofOption}
      </button>
      <button
        type="button"
        className="link-button"
        aria-pressed={compared}
        onClick={() => actions.onCompare(route.id)}
      >
        <Icon name={compared ? 'tick' : 'plus'} size={18} />
        {card.compare}
        {ofOption}
      </button>
    </div>
  );
}

function Badges({ route }: { readonly route: Route }) {
  const reason = reasonText(route);
  if (route.labels.length === 0 && reason === '') return null;
  return (
    <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {route.labels.map((label) => (
        <strong key={label} className="badge">
          {siteWords.picks[label]}
        </strong>
      ))}
      {reason === '' ? null : <span className="text-soft">{reason}</span>}
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
  const { card } = resultWords;
  const { price, saving, effectivePrice } = route;
  if (price === null) return <p className="text-soft">{card.noPrice}</p>;
  const saves = saving !== null && saving.highMinor > 0;
  const paid = saves && effectivePrice !== null ? effectivePrice : price;
  const kind = mainClass(route);
  return (
    <div className="min-w-0 text-sm text-soft">
      <p className="whitespace-nowrap">
        <About price={priceRange(paid)} />
      </p>
      {passengers > 1 ? (
        <p>
          {card.forParty(passengers)} ·{' '}
          <span className="whitespace-nowrap">{card.each(priceRange(paid, passengers))}</span>
        </p>
      ) : null}
      {saves ? (
        <p className="font-medium text-ink">
          {card.youSave(priceRange(saving), '')}{' '}
          <span className="font-normal">{card.before(priceRange(price))}</span>
        </p>
      ) : null}
      {kind === null ? null : <p>{kind}</p>}
      <p className="mt-1 flex flex-wrap items-center gap-x-2 md:justify-end">
        <span className="border border-dashed border-edge px-1.5">{card.estimate}</span>
        <span className="whitespace-nowrap">{card.asOf(shortDate(price.asOf, route.departure))}</span>
      </p>
    </div>
  );
}

/** The class that the longest ride is priced in: a price without it says little. */
function mainClass(route: Route): string | null {
  const [longest] = route.legs
    .filter(({ line }) => line !== null)
    .toSorted((a, b) => b.distanceKm - a.distanceKm);
  return longest === undefined ? null : classOf(longest);
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
