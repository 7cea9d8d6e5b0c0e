import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  /** What stays when the rest is folded away. */
  readonly title: ReactNode;
  readonly open?: boolean | undefined;
  readonly id?: string;
  readonly onToggle?: (open: boolean) => void;
  readonly children: ReactNode;
}

/** A part that is folded away until it is asked for. */
export function Fold({ title, open, id, onToggle, children }: Props) {
  return (
    <details
      id={id}
      className="fold"
      open={open}
      onToggle={onToggle ? (event) => onToggle(event.currentTarget.open) : undefined}
    >
      <summary>
        {title}
        <span className="fold-mark">
          <Icon name="down" size={18} />
        </span>
      </summary>
      <div className="pb-4">{children}</div>
    </details>
  );
}
