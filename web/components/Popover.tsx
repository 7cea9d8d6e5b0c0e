import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { siteWords } from '../words/site.ts';
import { Icon } from './Icon.tsx';

interface Props {
  /** Names what opens, for those who hear it. */
  readonly label: string;
  /** On the button. */
  readonly button: ReactNode;
  readonly className?: string;
  readonly children: (close: () => void) => ReactNode;
}

/**
 * A button that opens a small dialogue beside it; on a phone it comes up from the foot. It closes by Escape (focus goes
 * back to the button), by a press elsewhere and when focus leaves it.
 */
export function Popover({ label, button, className = 'button', children }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [state, setState] = useState<'shut' | 'open' | 'left'>('shut');
  const open = state === 'open';
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>('[data-autofocus], .popover input, .popover button')?.focus();
    const elsewhere = ({ target }: Event): void => {
      if (target instanceof Node && !box.current?.contains(target)) setState('shut');
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  // Left by the keyboard or by a choice: back to the button.
  useEffect(() => {
    if (state === 'left') opener.current?.focus();
  }, [state]);
  const close = (): void => setState('left');
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is in it has the roles
    <div
      ref={box}
      className="relative min-w-0"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setState('shut');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={opener}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-haspopup="dialog"
        onClick={() => setState(open ? 'shut' : 'open')}
      >
        {button}
      </button>
      {open ? (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- not modal, and at its button
        <div id={id} role="dialog" aria-label={label} className="popover">
          {children(close)}
          <button type="button" className="button mt-4 w-full" onClick={close}>
            <Icon name="tick" size={16} />
            {siteWords.done}
          </button>
        </div>
      ) : null}
    </div>
  );
}
