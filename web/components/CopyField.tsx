import { useId } from 'react';
import { copyText } from './copyText.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Of the button. */
  readonly copy: string;
}

/** A link to take along: marked as a whole when it gets the focus, copied by its button. */
export function CopyField({ label, value, copy }: Props) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="label">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          className="field font-mono text-sm!"
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="button shrink-0" onClick={() => void copyText(value)}>
          <Icon name="copy" size={18} />
          {copy}
        </button>
      </div>
    </div>
  );
}
