import { useState } from 'react';
import type { TripQuery } from '../../search/query.ts';
import { emptyQuery, queryOf } from '../../search/query.ts';
import { forgetRecents, recentSearches } from '../../search/recents.ts';
import type { LegMode } from '../../search/shapes.ts';
import { placeName } from '../../words/placeNames.ts';
import { searchWords } from '../../words/search.ts';
import { siteWords } from '../../words/site.ts';
import { Icon, modeIcons } from '../../components/Icon.tsx';

const example = (from: string, to: string): TripQuery => ({
  ...emptyQuery,
  origin: { text: from, picked: null },
  destination: { text: to, picked: null },
});
const examples = [example('Noida', 'Bengaluru'), example('Mumbai', 'Jaipur'), example('Kolkata', 'Chennai')];
const drawn = ['train', 'bus', 'flight', 'metro', 'taxi', 'walk'] as const satisfies readonly LegMode[];

/** Below the empty form: recents (or examples) that fill it in, and how a journey is drawn. */
export function Start({ onFill }: { readonly onFill: (query: TripQuery) => void }) {
  const [recents, setRecents] = useState(() => recentSearches().map(queryOf));
  const offers = recents.length > 0 ? recents : examples;
  return (
    <div className="mt-6 grid gap-8 md:grid-cols-2">
      <section>
        <h2 className="mb-2 font-serif text-lg font-semibold">
          {recents.length > 0 ? searchWords.recents.title : searchWords.examples}
        </h2>
        <ul className="border-t border-rule">
          {offers.map((query) => (
            <li key={`${query.origin.text}>${query.destination.text}`} className="border-b border-rule">
              <button
                type="button"
                className="flex min-h-12 w-full items-center gap-2 px-1 text-left hover:bg-wash"
                onClick={() => onFill(query)}
              >
                <span className="text-soft">
                  <Icon name={recents.length > 0 ? 'history' : 'search'} size={18} />
                </span>
                <span className="sr-only">{searchWords.recents.use}: </span>
                {placeName(query.origin.text)}
                <span aria-hidden="true" className="text-soft">
                  →
                </span>
                <span className="sr-only">{searchWords.form.to}</span>
                {placeName(query.destination.text)}
              </button>
            </li>
          ))}
        </ul>
        {recents.length > 0 ? (
          <button
            type="button"
            className="link min-h-11 text-sm"
            onClick={() => {
              forgetRecents();
              setRecents([]);
            }}
          >
            {searchWords.recents.forget}
          </button>
        ) : null}
      </section>
      <section>
        <h2 className="mb-2 font-serif text-lg font-semibold">{searchWords.legend}</h2>
        <ul className="grid grid-cols-2 border-t border-rule">
          {drawn.map((mode) => (
            <li key={mode} data-mode={mode} className="flex min-h-12 items-center gap-3 border-b border-rule">
              <span
                className={`flex h-7 w-14 items-center justify-center bg-mode text-on-mode ${mode === 'walk' ? 'border-y-2 border-dotted border-mode-line' : ''}`}
              >
                <Icon name={modeIcons[mode]} size={18} />
              </span>
              {siteWords.modes[mode]}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
