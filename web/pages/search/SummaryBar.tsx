import type { TripQuery } from '../../search/query.ts';
import { dayName } from '../../words/say.ts';
import { searchWords } from '../../words/search.ts';
import { partyText } from './TravellersField.tsx';
import { timeText } from './WhenFields.tsx';

interface Props {
  readonly query: TripQuery;
  readonly expanded: boolean;
  readonly onToggle: () => void;
}

/** On a phone the form folds into one line that stays in sight. */
export function SummaryBar({ query, expanded, onToggle }: Props) {
  const facts = [
    query.date === null ? searchWords.form.today : dayName(query.date),
    ...(query.time === null ? [] : [timeText(query.time, query.arriveBy)]),
    partyText(query),
  ];
  const places = [query.origin, ...query.stops.map(({ place }) => place), query.destination];
  return (
    <div className="sticky top-0 z-10 -mx-4 flex items-center gap-3 border-y border-y-ink bg-sheet px-4 py-1.5 md:hidden">
      <p className="min-w-0 flex-1">
        <span className="relative block truncate font-semibold">
          {places.map(({ text }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a place may come twice
            <span key={at}>
              {at === 0 ? null : (
                <>
                  {' '}
                  <span aria-hidden="true">→</span>
                  <span className="sr-only">{searchWords.form.to}</span>{' '}
                </>
              )}
              {text}
            </span>
          ))}
        </span>
        <span className="block truncate text-sm text-soft">{facts.join(' · ')}</span>
      </p>
      <button
        type="button"
        className="button"
        aria-expanded={expanded}
        aria-controls="search-form"
        onClick={onToggle}
      >
        {expanded ? searchWords.form.fold : searchWords.form.edit}
      </button>
    </div>
  );
}
