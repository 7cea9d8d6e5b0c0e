import { useId } from 'react';
import { FieldNote, noteIdOf } from '../../components/Field.tsx';
import { Icon, modeIcons } from '../../components/Icon.tsx';
import { offeredModes } from '../../search/query.ts';
import type { SearchMode } from '../../search/shapes.ts';
import { searchWords } from '../../words/search.ts';
import { siteWords } from '../../words/site.ts';

interface Props {
  /** Empty = all. */
  readonly value: readonly SearchMode[];
  readonly error: string | null;
  readonly onChange: (modes: readonly SearchMode[] | null) => void;
  readonly none: boolean;
}

/** All ticked means "everything", trams and ferries included. */
export function ModeChoice({ value, none, error, onChange }: Props) {
  const id = useId();
  const ticked: readonly SearchMode[] = none ? [] : value.length === 0 ? offeredModes : value;
  const toggle = (mode: SearchMode): void => {
    const next = offeredModes.filter((each) =>
      each === mode ? !ticked.includes(mode) : ticked.includes(each),
    );
    onChange(next.length === 0 ? null : next.length === offeredModes.length ? [] : next);
  };
  return (
    <fieldset className="min-w-0" aria-describedby={error === null ? undefined : noteIdOf(id)}>
      <legend className="label">{searchWords.form.modes}</legend>
      <div className="grid grid-cols-2 gap-2 sm:flex">
        {offeredModes.map((mode) => (
          <label key={mode} className="choice many sm:flex-1">
            <input type="checkbox" checked={ticked.includes(mode)} onChange={() => toggle(mode)} />
            <Icon name={modeIcons[mode]} size={18} />
            {siteWords.modes[mode]}
            <span className="tick">
              <Icon name="tick" size={16} />
            </span>
          </label>
        ))}
      </div>
      <FieldNote id={id} error={error} />
    </fieldset>
  );
}
