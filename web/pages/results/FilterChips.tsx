import { Chip } from '../../components/Chip.tsx';
import { modeIcons } from '../../components/Icon.tsx';
import { countUsing, countWith, modesIn, noFilters } from '../../search/filters.ts';
import type { Facets, Filters } from '../../search/filters.ts';
import type { LegMode } from '../../search/shapes.ts';
import { resultWords } from '../../words/results.ts';
import { siteWords } from '../../words/site.ts';

export interface FilterProps {
  readonly facets: readonly Facets[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** Every way of the answer with how many options use it; pressed once more, options with it are left out. */
export function ModeChips({ facets, filters, onChange }: FilterProps) {
  const toggle = (mode: LegMode): readonly LegMode[] =>
    filters.without.includes(mode)
      ? filters.without.filter((one) => one !== mode)
      : [...filters.without, mode];
  return modesIn(facets).map((mode) => (
    <Chip
      key={mode}
      icon={modeIcons[mode]}
      usual
      pressed={!filters.without.includes(mode)}
      onChange={() => onChange({ ...filters, without: toggle(mode) })}
    >
      {resultWords.filters.withCount(siteWords.modes[mode], countUsing(facets, filters, mode))}
    </Chip>
  ));
}

interface CountProps extends FilterProps {
  /** What pressing sets; once more takes it back. */
  readonly part: Partial<Filters>;
  readonly name: string;
}

export function CountChip({ facets, filters, onChange, part, name }: CountProps) {
  const names = Object.keys(part) as (keyof Filters)[];
  const pressed = names.every((one) => filters[one] === part[one]);
  const off = Object.fromEntries(names.map((one) => [one, noFilters[one]]));
  return (
    <Chip pressed={pressed} onChange={() => onChange({ ...filters, ...(pressed ? off : part) })}>
      {resultWords.filters.withCount(name, countWith(facets, filters, part))}
    </Chip>
  );
}
