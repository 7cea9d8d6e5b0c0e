import type { ReactNode } from 'react';

interface Props {
  /** As a feed gives it: anything. */
  readonly href: string | undefined;
  readonly children: ReactNode;
}

/** A link to another site, where the address is one of the web; nothing but the text otherwise. */
export function Outside({ href, children }: Props) {
  if (href === undefined || !isWebAddress(href)) return children;
  return (
    <a className="link inline-flex min-h-11 items-center" href={href} rel="noreferrer nofollow">
      {children}
    </a>
  );
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}
