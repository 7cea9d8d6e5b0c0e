import { useId } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  readonly label: string;
  /** Below the label. */
  readonly hint?: string;
  readonly name: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly fewer: string;
  readonly more: string;
  readonly onChange: (value: number) => void;
}

/** A whole number by buttons or by typing. */
export function Stepper({ label, hint, name, value, least, most, fewer, more, onChange }: Props) {
  const id = useId();
  const set = (next: number): void => onChange(Math.min(most, Math.max(least, next)));
  return (
    <div className="flex items-center justify-between gap-4">
      <label htmlFor={id} className="min-w-0">
        {label}
        {hint === undefined ? null : <span className="block text-sm text-soft">{hint}</span>}
      </label>
      <div className="choices-joined flex shrink-0">
        <button
          type="button"
          className="button w-11 px-0!"
          aria-label={fewer}
          disabled={value <= least}
          onClick={() => set(value - 1)}
        >
          <Icon name="minus" size={16} />
        </button>
        <input
          id={id}
          type="number"
          name={name}
          inputMode="numeric"
          min={least}
          max={most}
          className="field number -mx-px w-14! rounded-none! px-0! text-center"
          value={value}
          onChange={(event) => {
            const typed = Math.trunc(event.currentTarget.valueAsNumber);
            if (!Number.isNaN(typed)) set(typed);
          }}
        />
        <button
          type="button"
          className="button w-11 px-0!"
          aria-label={more}
          disabled={value >= most}
          onClick={() => set(value + 1)}
        >
          <Icon name="plus" size={16} />
        </button>
      </div>
    </div>
  );
}
