import { useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { filtered, noFilters, setFilters } from '../../search/filters.ts';
import { resultWords } from '../../words/results.ts';
import { CountChip, ModeChips } from './FilterChips.tsx';
import type { FilterProps } from './FilterChips.tsx';
import { FilterFields } from './FilterFields.tsx';

/** What most people filter by, one press away, each with what would be left; the rest in a sheet. */
export function FilterBar({
  facets,
  filters,
  onChange,
  children,
}: FilterProps & { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const words = resultWords.filters;
  const set = setFilters(filters).length;
  const left = filtered(facets, filters).length;
  return (
    <fieldset className="chip-row">
      <legend className="sr-only">{words.group}</legend>
      <button type="button" className="chip" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="filter" size={18} />
        {words.all(set)}
      </button>
      {children}
      <ModeChips facets={facets} filters={filters} onChange={onChange} />
      <CountChip part={{ maxChanges: 0 }} name={words.direct} {...{ facets, filters, onChange }} />
      <CountChip part={{ calmNights: true }} name={words.calmNights} {...{ facets, filters, onChange }} />
      <CountChip part={{ acOnly: true }} name={words.acOnly} {...{ facets, filters, onChange }} />
      {set === 0 ? null : (
        <button type="button" className="link-button shrink-0" onClick={() => onChange(noFilters)}>
          {words.clear}
        </button>
      )}
      {open ? (
        <Sheet
          title={words.title}
          onClose={() => setOpen(false)}
          foot={
            <div className="flex gap-3">
              <button type="button" className="button primary flex-1" onClick={() => setOpen(false)}>
                {words.show(left)}
              </button>
              <button type="button" className="button" onClick={() => onChange(noFilters)}>
                {words.clear}
              </button>
            </div>
          }
        >
          <FilterFields facets={facets} filters={filters} onChange={onChange} />
        </Sheet>
      ) : null}
    </fieldset>
  );
}
