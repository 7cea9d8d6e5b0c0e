import { useEffect, useRef } from 'react';
import { pageMoves } from '../router/location.ts';
import { siteWords } from '../words/site.ts';

interface Props {
  readonly children: string;
  /** For the eye there is another; the document and those who hear it still have one. */
  readonly hidden?: boolean;
  /** Of the document; default: the heading. */
  readonly title?: string;
}

/** The heading of a page. Someone who came by a link of ours starts to read here. */
export function PageHeading({ children, hidden = false, title = siteWords.pageTitle(children) }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (pageMoves() > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className={hidden ? 'sr-only' : 'mt-2 mb-4 font-serif text-2xl font-semibold md:mt-6 md:text-3xl'}
    >
      {children}
    </h1>
  );
}
