import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError } from '../api/client.ts';
import { searchQuery } from '../api/queries.ts';
import type { TripQuery } from '../search/query.ts';
import type { Preference, SearchRequestInput, SearchResponse } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { announce } from './Announcer.tsx';
import { Notes, Results, summary } from './Results.tsx';
import { Failure } from './Failure.tsx';
import { Empty, Searching, Stopped } from './States.tsx';

interface Props {
  readonly query: TripQuery;
  readonly request: SearchRequestInput;
  /** Counts searches sent from the form: after each, focus goes to the heading. */
  readonly submits: number;
  readonly order: Preference;
  readonly onOrder: (order: Preference) => void;
  readonly onSearch: (query: TripQuery) => void;
}

/** The heading with whatever the search came to: skeleton, options, nothing found, failure. */
export function Outcome({ query, request, submits, order, onOrder, onSearch }: Props) {
  const search = useQuery(searchQuery(request));
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (submits > 0) heading.current?.focus();
  }, [submits]);
  const title = titleOf(query, search);
  useNews(title, query, search);

  const retry = (): void => void search.refetch();
  return (
    <div aria-busy={search.isFetching}>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mt-6 scroll-mt-20 font-serif text-xl font-semibold md:text-2xl"
      >
        {title}
      </h2>
      {search.isFetching ? (
        <Searching onCancel={() => void client.cancelQueries({ queryKey: searchQuery(request).queryKey })} />
      ) : search.isError ? (
        <SearchFailure
          error={search.error}
          onRetry={retry}
          onSuggestion={(end, text) => onSearch({ ...query, [end]: { text, picked: null } })}
        />
      ) : search.data === undefined ? (
        <Stopped onAgain={retry} />
      ) : search.data.routes.length === 0 ? (
        <>
          <Notes answer={search.data} query={query} />
          <Empty query={query} date={search.data.date} onSearch={onSearch} />
        </>
      ) : (
        <Results
          key={search.data.searchId}
          answer={search.data}
          query={query}
          order={order}
          onOrder={onOrder}
        />
      )}
    </div>
  );
}

type Search = UseQueryResult<SearchResponse>;

function titleOf(query: TripQuery, { data, isFetching, isError }: Search): string {
  const from = data?.origin.name ?? query.origin.text;
  const to = data?.destination.name ?? query.destination.text;
  if (isFetching) return searchWords.results.searching(query.origin.text, query.destination.text);
  if (isError || data === undefined) return searchWords.results.failed(from, to);
  return data.routes.length === 0
    ? searchWords.results.emptyTitle(from, to)
    : searchWords.results.title(data.routes.length, from, to);
}

/** Says each new state once. The error's countdown is not in it: it would speak every second. */
function useNews(title: string, query: TripQuery, { data, error, isFetching }: Search): void {
  const news = isFetching
    ? title
    : error
      ? `${title}. ${error instanceof ApiError ? error.message : siteWords.problem.title}`
      : data && data.routes.length > 0
        ? `${title}. ${summary(data, query)}`
        : title;
  useEffect(() => announce(news), [news]);
}

interface FailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onSuggestion: (end: 'origin' | 'destination', text: string) => void;
}

/** An unknown place comes with names that are known; the same name would be unknown again. */
function SearchFailure({ error, onRetry, onSuggestion }: FailureProps) {
  const problem = error instanceof ApiError ? error.problem : null;
  const suggestions = problem?.suggestions ?? [];
  return (
    <Failure error={error} onRetry={onRetry} retryable={problem?.code !== 'PLACE_NOT_FOUND'}>
      {suggestions.length === 0 ? null : (
        <p className="mt-3 flex flex-wrap items-center gap-2">
          {searchWords.didYouMean}
          {suggestions.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              onClick={() => onSuggestion(problem?.field === 'destination' ? 'destination' : 'origin', name)}
            >
              {name}
            </button>
          ))}
        </p>
      )}
    </Failure>
  );
}
