import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import type { TripQuery } from '../search/query.ts';
import { dateAfter } from '../search/say.ts';
import { parseDate } from '../../src/units/time.ts';
import { words } from '../words.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

const SLOW_AFTER_MS = 5000;
const SKELETON_CARDS = [1, 2, 3, 4];

/** Cards of the height of real ones, so that nothing jumps when they come. */
export function Searching({ onCancel }: { readonly onCancel: () => void }) {
  const slow = useElapsed(SLOW_AFTER_MS);
  return (
    <>
      <div className="mt-3 flex min-h-11 items-center justify-between gap-4 text-soft">
        <p>{slow ? words.results.slow : words.results.stages}</p>
        {slow ? (
          <button type="button" className="button" onClick={onCancel}>
            {words.results.cancel}
          </button>
        ) : null}
      </div>
      <ul aria-hidden="true" className="double-rule mt-4">
        {SKELETON_CARDS.map((card) => (
          <li key={card} className="h-80 border-b border-rule bg-sheet px-4 py-5 md:h-44 md:px-6">
            <span className="skeleton block h-4 w-2/5" />
            <span className="skeleton mt-3 block h-6 w-3/5" />
            <span className="skeleton mt-4 block h-9 w-full md:w-4/5" />
            <span className="skeleton mt-3 block h-4 w-4/5 md:w-3/5" />
            <span className="skeleton mt-8 block h-6 w-2/5 md:hidden" />
          </li>
        ))}
      </ul>
    </>
  );
}

export function Stopped({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <p className="mt-4 flex items-center gap-4">
      {words.results.cancelled}
      <button type="button" className="button" onClick={onAgain}>
        {words.results.again}
      </button>
    </p>
  );
}

interface EmptyProps {
  readonly query: TripQuery;
  readonly date: string;
  readonly onSearch: (query: TripQuery) => void;
}

export function Empty({ query, date, onSearch }: EmptyProps) {
  const day = parseDate(date);
  const hints = [
    ...(day === null ? [] : [{ text: words.results.nextDay, query: { ...query, date: dateAfter(day, 1) } }]),
    ...(query.modes.length === 0 ? [] : [{ text: words.results.allModes, query: { ...query, modes: [] } }]),
    ...(query.time === null ? [] : [{ text: words.results.noTime, query: { ...query, time: null } }]),
  ];
  return (
    <div className="mt-4">
      <p>{words.results.emptyHints}</p>
      <p className="mt-2 flex flex-wrap gap-2">
        {hints.map((hint) => (
          <button key={hint.text} type="button" className="button" onClick={() => onSearch(hint.query)}>
            {hint.text}
          </button>
        ))}
      </p>
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onSuggestion: (end: 'origin' | 'destination', text: string) => void;
}

export function Failure({ error, onRetry, onSuggestion }: FailureProps) {
  const failure = error instanceof ApiError ? error : null;
  if (failure?.status === 429) return <RateLimited until={failure.retryAt} onRetry={onRetry} />;
  if (failure?.status === 0)
    return (
      <Panel icon="cloud" title={words.problem.offlineTitle} text={words.problem.offline}>
        <RetryButton onRetry={onRetry} />
      </Panel>
    );
  const problem = failure?.problem ?? null;
  const text = problem === null ? words.problem.unreadable : (problem.detail ?? words.problem.kept);
  return (
    <Panel icon="alert" title={problem?.title ?? words.problem.title} text={text}>
      {problem !== null && problem.suggestions.length > 0 ? (
        <p className="mt-3 flex flex-wrap items-center gap-2">
          {words.problem.didYouMean}
          {problem.suggestions.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              onClick={() => onSuggestion(problem.field === 'destination' ? 'destination' : 'origin', name)}
            >
              {name}
            </button>
          ))}
        </p>
      ) : null}
      {/* The same unknown place would be unknown again. */}
      {problem?.code === 'PLACE_NOT_FOUND' ? null : <RetryButton onRetry={onRetry} />}
      <dl className="mt-3 flex flex-wrap gap-x-4 text-sm text-soft">
        <Fact name={words.problem.code} value={problem?.code || String(failure?.status ?? '')} />
        {problem?.requestId ? <Fact name={words.problem.request} value={problem.requestId} /> : null}
      </dl>
    </Panel>
  );
}

function RateLimited({ until, onRetry }: { readonly until: number | null; readonly onRetry: () => void }) {
  const now = useClock();
  // A minute is the longest window of the limits (docs: Limits).
  const [fallback] = useState(() => Date.now() + 60_000);
  const seconds = Math.max(0, Math.ceil(((until ?? fallback) - now) / 1000));
  return (
    <Panel
      icon="clock"
      title={words.problem.limitedTitle}
      text={`${seconds > 0 ? words.problem.limited(seconds) : words.problem.ready} ${words.problem.kept}`}
    >
      <RetryButton onRetry={onRetry} disabled={seconds > 0} />
    </Panel>
  );
}

interface PanelProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Panel({ icon, title, text, children }: PanelProps) {
  return (
    <div className="double-rule mt-4 border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
      <h3 className="flex items-center gap-2 text-lg font-semibold">
        <span className="text-accent">
          <Icon name={icon} />
        </span>
        {title}
      </h3>
      <p className="mt-1 max-w-prose">{text}</p>
      {children}
    </div>
  );
}

function RetryButton({
  onRetry,
  disabled = false,
}: {
  readonly onRetry: () => void;
  readonly disabled?: boolean;
}) {
  return (
    <button type="button" className="button primary mt-4" disabled={disabled} onClick={onRetry}>
      {words.problem.retry}
    </button>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt>{name}</dt>
      <dd className="font-mono">{value}</dd>
    </div>
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

function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
