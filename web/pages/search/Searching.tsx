import { useEffect, useState } from 'react';
import { searchWords } from '../../words/search.ts';

const SLOW_AFTER_MS = 5000;
const SKELETON_CARDS = [1, 2, 3, 4];

export function Searching({ onCancel }: { readonly onCancel: () => void }) {
  const slow = useElapsed(SLOW_AFTER_MS);
  const { results } = searchWords;
  return (
    <>
      <div className="mt-3 flex min-h-11 items-center justify-between gap-4 text-soft">
        <p>{slow ? results.slow : results.stages}</p>
        {slow ? (
          <button type="button" className="button" onClick={onCancel}>
            {results.cancel}
          </button>
        ) : null}
      </div>
      <Skeletons />
    </>
  );
}

/** Cards of the height of real ones, so that nothing jumps when they come. */
export function Skeletons() {
  return (
    <ul aria-hidden="true" className="double-rule mt-4">
      {SKELETON_CARDS.map((card) => (
        <li key={card} className="h-80 border-b border-rule bg-sheet px-4 py-5 md:h-52 md:px-6">
          <span className="skeleton block h-4 w-2/5" />
          <span className="skeleton mt-3 block h-6 w-3/5" />
          <span className="skeleton mt-4 block h-9 w-full md:w-4/5" />
          <span className="skeleton mt-3 block h-4 w-4/5 md:w-3/5" />
          <span className="skeleton mt-8 block h-6 w-2/5 md:hidden" />
        </li>
      ))}
    </ul>
  );
}

export function Stopped({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <p className="mt-4 flex items-center gap-4">
      {searchWords.results.cancelled}
      <button type="button" className="button" onClick={onAgain}>
        {searchWords.results.again}
      </button>
    </p>
  );
}

function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return elapsed;
}
