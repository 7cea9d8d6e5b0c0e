import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  readonly name?: string;
  readonly checked?: boolean;
  readonly defaultChecked?: boolean;
  readonly disabled?: boolean;
  /** Id of what explains it. */
  readonly describedBy?: string;
  readonly onChange?: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A sentence to agree to: a real checkbox over the whole of it, drawn as a box with a tick. */
export function Checkbox({ describedBy, onChange, children, ...input }: Props) {
  return (
    <label className="check">
      <input
        type="checkbox"
        aria-describedby={describedBy}
        onChange={onChange ? (event) => onChange(event.currentTarget.checked) : undefined}
        {...input}
      />
      <span aria-hidden="true" className="check-box">
        <Icon name="tick" size={16} />
      </span>
      {children}
    </label>
  );
}
