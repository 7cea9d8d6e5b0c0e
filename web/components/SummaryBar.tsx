import type { TripQuery } from '../search/query.ts';
import { dayName } from '../search/say.ts';
import { words } from '../words.ts';

interface Props {
  readonly query: TripQuery;
  readonly expanded: boolean;
  readonly onToggle: () => void;
}

/** On a phone the form folds into one line that stays in sight. */
export function SummaryBar({ query, expanded, onToggle }: Props) {
  const facts = [
    query.date === null ? words.form.today : dayName(query.date),
    ...(query.time === null
      ? []
      : [`${query.arriveBy ? words.form.arriveBy : words.form.leaveAfter} ${query.time}`]),
    words.form.party(query.passengers),
  ];
  return (
    <div className="sticky top-0 z-10 -mx-4 flex items-center gap-3 border-y border-y-ink bg-sheet px-4 py-1.5 md:hidden">
      <p className="min-w-0 flex-1">
        <span className="relative block truncate font-semibold">
          {query.origin.text} <span aria-hidden="true">→</span>
          <span className="sr-only">{words.form.to}</span> {query.destination.text}
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
        {expanded ? words.form.fold : words.form.edit}
      </button>
    </div>
  );
}
