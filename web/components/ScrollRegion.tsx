import type { ReactNode } from 'react';

interface Props {
  /** No two of a page have the same. */
  readonly label: string;
  readonly children: ReactNode;
}

/** What may be wider than a phone: moved through by keyboard too. */
export function ScrollRegion({ label, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls
    <section aria-label={label} tabIndex={0} className="overflow-x-auto border-y border-rule bg-sheet">
      {children}
    </section>
  );
}
