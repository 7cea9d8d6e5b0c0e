import { useId } from 'react';

interface Props<Value extends string> {
  readonly legend: string;
  /** Names the radio group in the document. */
  readonly name: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly text: string; readonly lang?: string }[];
  readonly onChange: (value: Value) => void;
  /** Legend beside the choices instead of above them. */
  readonly inline?: boolean;
}

/** One of a few: a real radio group drawn as one joined row. */
export function Segments<Value extends string>(props: Props<Value>) {
  const { legend, name, value, choices, onChange, inline = false } = props;
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className={inline ? 'flex items-center gap-3' : ''}>
      <span id={id} className={inline ? 'text-sm text-soft' : 'label'}>
        {legend}
      </span>
      <div className="choices-joined flex">
        {choices.map((choice) => (
          <label key={choice.value} lang={choice.lang} className="choice flex-1 md:flex-none">
            <input
              type="radio"
              name={name}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            {choice.text}
          </label>
        ))}
      </div>
    </div>
  );
}
