import { lazy, Suspense, useState } from 'react';
import { copyText } from '../../components/copyText.ts';
import { CostTable } from '../../components/CostTable.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Timeline } from '../../components/Timeline.tsx';
import { sentenceOf } from '../../search/reasonText.ts';
import type { Route, SearchResponse } from '../../search/shapes.ts';
import { detailWords } from '../../words/details.ts';
import { RiskChip } from '../results/Cautions.tsx';
import { Booking } from './Booking.tsx';
import { Concessions } from './Concessions.tsx';
import { PlanB } from './PlanB.tsx';
import { routeText } from './routeText.ts';

const RouteMap = lazy(() => import('./RouteMap.tsx').then(({ RouteMap }) => ({ default: RouteMap })));

interface Props {
  readonly route: Route;
  readonly answer: SearchResponse;
  readonly passengers: number;
}

/** One option in full: when and where, what it costs and why, who sells it, and what if a change is missed. */
export function Details({ route, answer, passengers }: Props) {
  return (
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
      <div className="grid content-start gap-6">
        <Timeline
          route={route}
          renderChange={(change) => (
            <>
              <p>
                <RiskChip change={change} />
              </p>
              <PlanB route={route} change={change} destination={answer.destination} passengers={passengers} />
            </>
          )}
        />
        <MapPart route={route} />
      </div>
      <div className="grid content-start gap-6">
        <CostTable route={route} passengers={passengers} />
        <Concessions route={route} />
        <Booking route={route} searchId={answer.searchId} passengers={passengers} />
        <Why route={route} />
        <Take route={route} passengers={passengers} />
      </div>
    </div>
  );
}

function Why({ route }: Pick<Props, 'route'>) {
  if (route.why.length < 2) return null;
  return (
    <section>
      <h4 className="mb-1 font-serif text-base font-semibold">{detailWords.notes}</h4>
      <ul className="list-disc pl-5 text-sm text-soft">
        {route.why.map((reason) => (
          <li key={reason.code}>{sentenceOf(route, reason)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Takes the option elsewhere: as text, or as a link that opens it. */
function Take({ route, passengers }: Pick<Props, 'route' | 'passengers'>) {
  const { copyAll, share } = detailWords;
  return (
    <p className="flex flex-wrap gap-x-4">
      <button
        type="button"
        className="link-button"
        onClick={() => void copyText(routeText(route, passengers))}
      >
        <Icon name="copy" size={18} />
        {copyAll}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          // The share sheet of a phone; elsewhere the link is copied. Closing the sheet is no failure.
          if ('share' in navigator) navigator.share({ url: location.href }).catch(() => undefined);
          else void copyText(location.href);
        }}
      >
        <Icon name="share" size={18} />
        {share}
      </button>
    </p>
  );
}

function MapPart({ route }: Pick<Props, 'route'>) {
  const [open, setOpen] = useState(false);
  const { map } = detailWords;
  return (
    <section>
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="map" size={18} />
        {open ? map.hide : map.show}
      </button>
      {open ? (
        <Suspense fallback={<span className="skeleton mt-3 block h-80 w-full" />}>
          <RouteMap route={route} />
        </Suspense>
      ) : null}
    </section>
  );
}
