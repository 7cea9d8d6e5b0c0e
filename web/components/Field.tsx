import { useId } from 'react';
import type { ReactNode } from 'react';

export const noteIdOf = (fieldId: string): string => `${fieldId}-note`;

interface NoteProps {
  /** Of the field it belongs to, which names it in `aria-describedby`. */
  readonly id: string;
  readonly error: string | null;
  /** Said while nothing is wrong. */
  readonly hint?: string | null;
}

export function FieldNote({ id, error, hint = null }: NoteProps) {
  const text = error ?? hint;
  if (text === null || text === '') return null;
  return (
    <p
      id={noteIdOf(id)}
      className={`mt-1 text-sm ${error === null ? 'text-soft' : 'font-medium text-accent'}`}
    >
      {text}
    </p>
  );
}

interface Props {
  readonly label: string;
  readonly error?: string | null;
  readonly hint?: string | null;
  /** Draws the control with what ties it to its label and its note. */
  readonly children: (ties: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A control with its label above and what is wrong, or a hint, below. */
export function Field({ label, error = null, hint = null, children }: Props) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="label">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== null,
        'aria-describedby': error === null && !hint ? undefined : noteIdOf(id),
      })}
      <FieldNote id={id} error={error} hint={hint} />
    </div>
  );
}
