import { useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { siteWords } from '../words/site.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A native modal dialog, open as long as it is drawn: the browser keeps focus in it, closes it by Escape or a press
 * beside it, and gives focus back. On a phone it is a sheet at the foot.
 */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // Closed before it goes: an open one that is taken away leaves the focus nowhere.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="dialog"
      // The event comes later than the call: an element that is open again was closed by nobody.
      onClose={() => (dialog.current?.open ? undefined : onClose())}
      {...{ closedby: 'any' }}
    >
      <div className="p-4 md:p-6">
        <div className="mb-3 flex items-start justify-between gap-3">
          <h2 id={id} className="py-1.5 font-serif text-xl font-semibold">
            {title}
          </h2>
          <button
            type="button"
            className="button -mt-1 -mr-2 w-11 shrink-0 border-transparent! px-0!"
            aria-label={siteWords.close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
