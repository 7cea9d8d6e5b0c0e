import { Field } from '../../components/Field.tsx';
import { travellerWords } from '../../words/travellers.ts';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: string | null | undefined;
  /** By value. */
  readonly choices: Readonly<Record<string, string>>;
}

/** One of a list, or not said. */
export function Choice({ label, name, value, choices }: Props) {
  return (
    <Field label={label}>
      {(ties) => (
        <select {...ties} name={name} className="field" defaultValue={value ?? ''}>
          <option value="">{travellerWords.none}</option>
          {Object.entries(choices).map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
