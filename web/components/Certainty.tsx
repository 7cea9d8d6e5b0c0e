import type { Price } from '../search/shapes.ts';
import { siteWords } from '../words/site.ts';

type Grade = Price['certainty'];

/** How sure a figure is: a letter whose frame gets looser with it, and the word. */
export function Certainty({ grade, word = true }: { readonly grade: Grade; readonly word?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="grade" data-grade={grade} aria-hidden={word}>
        {grade}
      </span>
      {word ? siteWords.certainty[grade] : <span className="sr-only">{siteWords.certainty[grade]}</span>}
    </span>
  );
}
