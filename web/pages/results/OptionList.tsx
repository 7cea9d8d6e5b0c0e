import { startTransition, useEffect, useRef, useState } from 'react';
import type { Route, SearchResponse } from '../../search/shapes.ts';
import { resultWords } from '../../words/results.ts';
import { RouteCard } from './RouteCard.tsx';
import type { CardActions } from './RouteCard.tsx';

export const OPTION_FRAGMENT = 'option-';
/** Cards drawn at once: as many as a tall window shows, and few enough that no frame takes 50 ms. */
const BATCH = 10;

interface Props {
  /** Filters and order: with others the list begins anew. */
  readonly view: string;
  readonly answer: SearchResponse;
  readonly routes: readonly Route[];
  readonly passengers: number;
  readonly open: ReadonlySet<string>;
  readonly lit: string | null;
  readonly saved: ReadonlySet<string>;
  readonly compared: readonly string[];
  readonly actions: CardActions;
}

/** The options in order, by and by: more are drawn as the end comes near, or by the button. */
export function OptionList(props: Props) {
  const { view, answer, routes, passengers, open, lit, saved, compared, actions } = props;
  // An option that the link opens is drawn, however far down it stands.
  const last = Math.max(0, ...[...open].map((id) => routes.findIndex((route) => route.id === id) + 1));
  const [drawn, setDrawn] = useState({ view, most: BATCH });
  const most = Math.max(drawn.view === view ? drawn.most : BATCH, last);
  const left = routes.length - most;
  return (
    <>
      <ol className="double-rule">
        {routes.slice(0, most).map((route, index) => (
          <li key={route.id} id={OPTION_FRAGMENT + route.id} className="option">
            <RouteCard
              route={route}
              answer={answer}
              position={index + 1}
              passengers={passengers}
              open={open.has(route.id)}
              lit={lit === route.id}
              saved={saved.has(route.id)}
              compared={compared.includes(route.id)}
              actions={actions}
            />
          </li>
        ))}
      </ol>
      {left > 0 ? (
        <More
          shown={most}
          all={routes.length}
          next={Math.min(BATCH, left)}
          onMore={() => startTransition(() => setDrawn({ view, most: most + BATCH }))}
        />
      ) : null}
    </>
  );
}

interface MoreProps {
  readonly shown: number;
  readonly all: number;
  readonly next: number;
  readonly onMore: () => void;
}

function More({ shown, all, next, onMore }: MoreProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) more.current();
    });
    if (end.current) watch.observe(end.current);
    return () => watch.disconnect();
    // Watched anew after each batch: an end that stays in sight is told only once.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [shown]);
  return (
    <div ref={end} className="flex flex-wrap items-center gap-4 py-4">
      <button type="button" className="button" onClick={onMore}>
        {resultWords.card.more(next)}
      </button>
      <p className="text-sm text-soft">{resultWords.card.of(shown, all)}</p>
    </div>
  );
}
