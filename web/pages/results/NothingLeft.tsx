import { inTheWay, noFilters } from '../../search/filters.ts';
import type { Facets, Filters } from '../../search/filters.ts';
import { resultWords } from '../../words/results.ts';

interface Props {
  readonly facets: readonly Facets[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** No option passes: the filter that removed most is named, and dropped by one press. */
export function NothingLeft({ facets, filters, onChange }: Props) {
  const words = resultWords.filters;
  const worst = inTheWay(facets, filters);
  return (
    <div className="double-rule border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
      <p className="font-semibold">{words.nothing}</p>
      {worst === null ? null : (
        <>
          <p className="mt-1">
            {worst.left > 0
              ? words.inTheWay(words.names[worst.name], worst.left)
              : words.several(words.names[worst.name])}
          </p>
          <p className="mt-4 flex flex-wrap gap-3">
            <button
              type="button"
              className="button primary"
              onClick={() => onChange({ ...filters, [worst.name]: noFilters[worst.name] })}
            >
              {words.drop(words.names[worst.name])}
            </button>
            <button type="button" className="button" onClick={() => onChange(noFilters)}>
              {words.clear}
            </button>
          </p>
        </>
      )}
    </div>
  );
}
