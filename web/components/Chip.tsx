import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

interface Props {
  readonly icon?: IconName;
  readonly pressed: boolean;
  /** Pressed is the usual state: then it is the other one that stands out. */
  readonly usual?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (pressed: boolean) => void;
  readonly children: ReactNode;
}

/** A small choice that is on or off: a firm edge and a tick, not only another colour, say that it is on. */
export function Chip({ icon, pressed, usual = false, disabled = false, onChange, children }: Props) {
  return (
    <button
      type="button"
      className={usual ? 'chip usual' : 'chip'}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={() => onChange(!pressed)}
    >
      {icon === undefined ? null : <Icon name={icon} size={18} />}
      <span>{children}</span>
      {pressed && !usual ? <Icon name="tick" size={14} /> : null}
    </button>
  );
}
