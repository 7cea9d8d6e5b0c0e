import { useState } from 'react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { siteWords } from '../words/site.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';
import { useNow } from './useNow.ts';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What else may help, below the text. */
  readonly children?: ReactNode;
  /** False where the same would fail again. */
  readonly retryable?: boolean;
  /** Of its heading: one below that of the part of the page it stands in. */
  readonly level?: 2 | 3;
}

/** What failed, in words, with its code and a way to try again. The page around it is kept. */
export function Failure({ error, onRetry, children, retryable = true, level = 3 }: FailureProps) {
  const failure = error instanceof ApiError ? error : null;
  if (failure?.status === 429) return <RateLimited level={level} until={failure.retryAt} onRetry={onRetry} />;
  if (failure?.status === 0)
    return (
      <Panel
        level={level}
        icon="cloud"
        title={siteWords.problem.offlineTitle}
        text={siteWords.problem.offline}
      >
        <RetryButton onRetry={onRetry} />
      </Panel>
    );
  const problem = failure?.problem ?? null;
  const text = problem === null ? siteWords.problem.unreadable : (problem.detail ?? siteWords.problem.kept);
  return (
    <Panel level={level} icon="alert" title={problem?.title ?? siteWords.problem.title} text={text}>
      {children}
      {retryable ? <RetryButton onRetry={onRetry} /> : null}
      <dl className="mt-3 flex flex-wrap gap-x-4 text-sm text-soft">
        <Fact name={siteWords.problem.code} value={problem?.code || String(failure?.status ?? '')} />
        {problem?.requestId ? <Fact name={siteWords.problem.request} value={problem.requestId} /> : null}
      </dl>
    </Panel>
  );
}

interface LimitedProps {
  readonly level: 2 | 3;
  readonly until: number | null;
  readonly onRetry: () => void;
}

function RateLimited({ level, until, onRetry }: LimitedProps) {
  const now = useNow(1000);
  // A minute is the longest window of the limits (docs: Limits).
  const [fallback] = useState(() => Date.now() + 60_000);
  const seconds = Math.max(0, Math.ceil(((until ?? fallback) - now) / 1000));
  return (
    <Panel
      level={level}
      icon="clock"
      title={siteWords.problem.limitedTitle}
      text={`${seconds > 0 ? siteWords.problem.limited(seconds) : siteWords.problem.ready} ${siteWords.problem.kept}`}
    >
      <RetryButton onRetry={onRetry} disabled={seconds > 0} />
    </Panel>
  );
}

interface PanelProps {
  readonly level: 2 | 3;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Panel({ level, icon, title, text, children }: PanelProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="double-rule mt-4 border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
      <Heading className="flex items-center gap-2 text-lg font-semibold">
        <span className="text-accent">
          <Icon name={icon} />
        </span>
        {title}
      </Heading>
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
      {siteWords.problem.retry}
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
