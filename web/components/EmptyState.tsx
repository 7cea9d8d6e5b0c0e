import type { IconName } from './Icon.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** The way out. */
  readonly link: { readonly href: string; readonly text: string };
}

/** Nothing is here, why, and where to go. */
export function EmptyState({ icon, title, text, link }: Props) {
  return (
    <div className="double-rule border-b border-rule bg-sheet px-4 py-8 text-center">
      <p className="flex justify-center text-soft">
        <Icon name={icon} size={36} />
      </p>
      <p className="mt-2 font-serif text-lg font-semibold">{title}</p>
      <p className="mx-auto mt-1 max-w-prose text-sm text-soft">{text}</p>
      <p className="mt-4">
        <a className="button primary" href={link.href}>
          {link.text}
        </a>
      </p>
    </div>
  );
}

/** Rows of the height of real ones. */
export function ListSkeleton({ label }: { readonly label: string }) {
  return (
    <div aria-busy="true" className="double-rule">
      <p className="sr-only">{label}</p>
      {[1, 2, 3, 4].map((row) => (
        <span key={row} className="flex items-center gap-3 border-b border-rule bg-sheet px-4 py-3">
          <span className="skeleton h-16 w-14 shrink-0" />
          <span className="grid flex-1 gap-2">
            <span className="skeleton h-5 w-3/5" />
            <span className="skeleton h-4 w-2/5" />
          </span>
        </span>
      ))}
    </div>
  );
}
