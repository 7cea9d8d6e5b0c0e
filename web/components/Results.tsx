import { useEffect, useState } from 'react';
import { orderRoutes } from '../search/order.ts';
import { navigate } from '../router/location.ts';
import type { TripQuery } from '../search/query.ts';
import { clockNow, durationText, longDate, priceRange } from '../words/say.ts';
import type { Preference, SearchResponse } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { announce } from './Announcer.tsx';
import { PreferenceChoice } from './Choices.tsx';
import { Icon } from './Icon.tsx';
import { RouteCard } from './RouteCard.tsx';

interface Props {
  readonly answer: SearchResponse;
  readonly query: TripQuery;
  readonly order: Preference;
  readonly onOrder: (order: Preference) => void;
}

const OPTION_FRAGMENT = 'option-';

export function Results({ answer, query, order, onOrder }: Props) {
  const [open, toggle] = useOpenOptions();
  const routes = orderRoutes(answer.routes, answer.picks, order);
  return (
    <>
      <Notes answer={answer} query={query} />
      <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p>{summary(answer, query)}</p>
        <PreferenceChoice
          inline
          legend={searchWords.results.sort}
          name="order"
          value={order}
          onChange={(next) => {
            onOrder(next);
            announce(searchWords.results.sorted(siteWords.preferences[next]));
          }}
        />
      </div>
      <ol className="double-rule mt-4">
        {routes.map((route, index) => (
          <li key={route.id} id={OPTION_FRAGMENT + route.id} className="scroll-mt-20">
            <RouteCard
              route={route}
              position={index + 1}
              passengers={query.passengers}
              open={open.has(route.id)}
              onToggle={() => toggle(route.id)}
            />
          </li>
        ))}
      </ol>
      <p className="mt-3 text-sm text-soft">
        {searchWords.results.workedOut(clockNow(answer.generatedAt), answer.network.name)}
      </p>
    </>
  );
}

/** Which options are unfolded; the last one is the link's fragment, so that a link can show it. */
function useOpenOptions(): [ReadonlySet<string>, (id: string) => void] {
  const [linked] = useState(() =>
    location.hash.startsWith(`#${OPTION_FRAGMENT}`) ? location.hash.slice(1 + OPTION_FRAGMENT.length) : '',
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(linked === '' ? [] : [linked]));
  useEffect(() => {
    if (linked !== '') document.getElementById(OPTION_FRAGMENT + linked)?.scrollIntoView();
  }, [linked]);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
    const hash = next.has(id) ? `#${OPTION_FRAGMENT}${id}` : '';
    navigate(location.pathname + location.search + hash, { replace: true, keepScroll: true });
  };
  return [open, toggle];
}

/** "Thu 10 Dec 2026, leave after 08:00 · fastest 6 h 40 m · cheapest about ₹1,240". */
export function summary(answer: SearchResponse, query: TripQuery): string {
  const by = query.arriveBy ? searchWords.form.arriveBy : searchWords.form.leaveAfter;
  const when = answer.time === null ? searchWords.form.anyTime : `${by} ${answer.time}`;
  const pick = (id: string | null) => answer.routes.find((route) => route.id === id);
  const fastest = pick(answer.picks.FASTEST);
  const price = pick(answer.picks.CHEAPEST)?.price;
  return [
    `${longDate(answer.date)}, ${when.toLowerCase()}`,
    ...(fastest ? [searchWords.results.fastest(durationText(fastest.durationMinutes))] : []),
    ...(price ? [searchWords.results.cheapest(priceRange(price))] : []),
  ].join(' · ');
}

/** What the traveller should know of the whole answer. */
export function Notes({ answer, query }: Pick<Props, 'answer' | 'query'>) {
  const { sample } = answer.network;
  const notes = [
    ...takenNotes(answer, query),
    ...(answer.partial ? [searchWords.results.partial] : []),
    // The box below says this one already.
    ...answer.notes.filter(({ code }) => code !== 'SAMPLE_TIMETABLE').map(({ text }) => text),
  ];
  return (
    <>
      {sample ? (
        <p className="mt-3 flex items-start gap-2 bg-wash px-3 py-2 text-sm">
          <Icon name="alert" size={18} />
          <span>
            <strong className="font-semibold">{searchWords.results.sampleTitle}</strong>{' '}
            {searchWords.results.sample}
          </span>
        </p>
      ) : null}
      {notes.length === 0 ? null : (
        <ul className="mt-3 text-sm text-soft">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

const placeNotes: ReadonlySet<string> = new Set(['PLACE_READ_AS', 'PLACE_AMBIGUOUS']);

/** "Bangalore" was taken as Bengaluru: said where the server does not say it itself. */
function takenNotes(answer: SearchResponse, query: TripQuery): string[] {
  return (['origin', 'destination'] as const).flatMap((end) => {
    const text = query[end].text.trim();
    const place = answer[end];
    const shown = place.displayName ?? place.name;
    const same = [place.name, shown].some((name) => name.toLowerCase() === text.toLowerCase());
    const said = answer.notes.some((note) => placeNotes.has(note.code) && note.text.startsWith(`"${text}"`));
    return query[end].picked !== null || same || said ? [] : [searchWords.results.taken(text, shown)];
  });
}
