import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { searchQuery } from '../../api/queries.ts';
import { cheapestOf, daysRound, tintOf } from '../../search/days.ts';
import { likelyOf } from '../../search/order.ts';
import { requestOf } from '../../search/query.ts';
import type { TripQuery } from '../../search/query.ts';
import type { SearchResponse } from '../../search/shapes.ts';
import { useToday } from '../../search/useToday.ts';
import { resultWords } from '../../words/results.ts';
import { dayName, priceRange } from '../../words/say.ts';

interface Props {
  readonly answer: SearchResponse;
  readonly query: TripQuery;
  readonly onSearch: (query: TripQuery) => void;
}

/**
 * The lowest price of each day of a week. Only the day that was searched is known; the others are searched one after the
 * other when asked for, can be stopped, and stay for the day that is picked: seven requests at most, never by themselves.
 */
export function DayStrip({ answer, query, onSearch }: Props) {
  const id = useId();
  const today = useToday();
  const dates = daysRound(answer.date, today);
  const { known, asking, failed, start, stop } = useDays(query);
  const answers = new Map([...known, [answer.date, answer] as const]);
  const prices = dates.flatMap((date) => {
    const found = answers.get(date);
    const cheapest = found && cheapestOf(found.routes);
    return cheapest ? [likelyOf(cheapest)!] : [];
  });
  const { days } = resultWords;
  const missing = dates.filter((date) => !answers.has(date));
  return (
    <section aria-labelledby={id} className="mt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h3 id={id} className="font-serif font-semibold">
          {days.title}
        </h3>
        {asking === null ? (
          missing.length === 0 ? null : (
            <button type="button" className="link-button" onClick={() => start(missing)}>
              {days.compare}
            </button>
          )
        ) : (
          <button type="button" className="link-button" onClick={stop}>
            {days.stop}
          </button>
        )}
      </div>
      <ol className="days">
        {dates.map((date) => {
          const found = answers.get(date);
          const cheapest = found ? cheapestOf(found.routes) : null;
          const minor = cheapest ? likelyOf(cheapest)! : null;
          const price = cheapest?.effectivePrice ?? cheapest?.price;
          const text = price
            ? priceRange(price)
            : found
              ? days.none
              : date === asking
                ? days.searching
                : failed.has(date)
                  ? days.failed
                  : days.notYet;
          return (
            <li key={date}>
              <button
                type="button"
                className="day"
                aria-current={date === answer.date ? 'date' : undefined}
                data-tint={minor === null ? undefined : tintOf(minor, prices)}
                onClick={() => {
                  if (date !== answer.date) onSearch({ ...query, date });
                }}
              >
                <span className="font-medium">{dayName(date)}</span>
                <span className={price ? 'font-semibold' : 'text-soft'}>{text}</span>
                <span className="text-xs text-soft">
                  {date === answer.date
                    ? days.chosen
                    : minor !== null && minor === Math.min(...prices)
                      ? days.cheapestDay
                      : ''}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <p className="text-sm text-soft">{days.hint}</p>
    </section>
  );
}

interface Days {
  readonly known: ReadonlyMap<string, SearchResponse>;
  /** The day that is being searched. */
  readonly asking: string | null;
  readonly failed: ReadonlySet<string>;
  readonly start: (dates: readonly string[]) => void;
  readonly stop: () => void;
}

function useDays(query: TripQuery): Days {
  const client = useQueryClient();
  const [known, setKnown] = useState<ReadonlyMap<string, SearchResponse>>(new Map());
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (dates: readonly string[], { signal }: AbortController): Promise<void> => {
    for (const date of dates) {
      if (signal.aborted) break;
      setAsking(date);
      const options = searchQuery(requestOf({ ...query, date }));
      const cancel = (): void => void client.cancelQueries({ queryKey: options.queryKey });
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const answer = await client.fetchQuery(options);
        setKnown((before) => new Map([...before, [date, answer]]));
      } catch {
        if (signal.aborted) break;
        setFailed((before) => new Set([...before, date]));
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    }
    setAsking(null);
  };
  return {
    known,
    asking,
    failed,
    start: (dates) => {
      const controller = new AbortController();
      running.current = controller;
      setFailed(new Set());
      void run(dates, controller);
    },
    stop: () => running.current?.abort(),
  };
}
