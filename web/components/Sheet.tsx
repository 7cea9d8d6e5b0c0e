import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { siteWords } from '../words/site.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in sight at the foot. */
  readonly foot?: ReactNode;
}

/** A native modal dialogue: from the foot on a phone, at the right on a wide window. Drawn while it is open. */
export function Sheet({ title, onClose, children, foot }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id} onClose={onClose} {...{ closedby: 'any' }}>
      <div className="flex items-center justify-between gap-3 border-b border-ink px-4 py-2 md:px-6">
        <h2 id={id} className="font-serif text-lg font-semibold">
          {title}
        </h2>
        <button type="button" className="nav-link" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
          <span className="sr-only">{siteWords.close}</span>
        </button>
      </div>
      <div className="sheet-body">{children}</div>
      {foot === undefined ? null : <div className="border-t border-rule px-4 py-3 md:px-6">{foot}</div>}
    </dialog>
  );
}
