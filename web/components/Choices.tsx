import { useId } from 'react';
import { MAX_PASSENGERS, offeredModes, preferenceOrder } from '../search/query.ts';
import type { Preference, SearchMode } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { Segments } from './Segments.tsx';

interface StepperProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function PassengerStepper({ value, onChange }: StepperProps) {
  const id = useId();
  const set = (next: number): void => onChange(Math.min(MAX_PASSENGERS, Math.max(1, next)));
  return (
    <div>
      <label htmlFor={id} className="label">
        {searchWords.form.travellers}
      </label>
      <div className="choices-joined flex">
        <button
          type="button"
          className="button w-11 px-0!"
          aria-label={searchWords.form.fewer}
          disabled={value <= 1}
          onClick={() => set(value - 1)}
        >
          <Icon name="minus" size={16} />
        </button>
        <input
          id={id}
          type="number"
          name="passengers"
          inputMode="numeric"
          min={1}
          max={MAX_PASSENGERS}
          className="field -mx-px w-14! rounded-none! px-0! text-center [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
          value={value}
          onChange={(event) => {
            const typed = Math.trunc(event.currentTarget.valueAsNumber);
            if (!Number.isNaN(typed)) set(typed);
          }}
        />
        <button
          type="button"
          className="button w-11 px-0!"
          aria-label={searchWords.form.more}
          disabled={value >= MAX_PASSENGERS}
          onClick={() => set(value + 1)}
        >
          <Icon name="plus" size={16} />
        </button>
      </div>
    </div>
  );
}

interface PreferenceProps {
  readonly legend: string;
  /** Names the radio group in the document. */
  readonly name: string;
  readonly value: Preference;
  readonly onChange: (value: Preference) => void;
  /** Legend beside the choices instead of above them. */
  readonly inline?: boolean;
}

export function PreferenceChoice(props: PreferenceProps) {
  return (
    <Segments
      {...props}
      choices={preferenceOrder.map((value) => ({ value, text: siteWords.preferences[value] }))}
    />
  );
}

interface ModesProps {
  /** Empty = all. */
  readonly value: readonly SearchMode[];
  readonly error: string | null;
  readonly onChange: (modes: readonly SearchMode[] | null) => void;
  readonly none: boolean;
}

/** All ticked means "everything", trams and ferries included. */
export function ModeChoice({ value, none, error, onChange }: ModesProps) {
  const id = useId();
  const ticked: readonly SearchMode[] = none ? [] : value.length === 0 ? offeredModes : value;
  const toggle = (mode: SearchMode): void => {
    const next = offeredModes.filter((each) =>
      each === mode ? !ticked.includes(mode) : ticked.includes(each),
    );
    onChange(next.length === 0 ? null : next.length === offeredModes.length ? [] : next);
  };
  return (
    <fieldset className="min-w-0" aria-describedby={error === null ? undefined : id}>
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
      {error === null ? null : (
        <p id={id} className="mt-1 text-sm font-medium text-accent">
          {error}
        </p>
      )}
    </fieldset>
  );
}
