import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { ApiError } from '../../api/client.ts';
import { searchQuery } from '../../api/queries.ts';
import { announce } from '../../components/Announcer.tsx';
import { Failure } from '../../components/Failure.tsx';
import type { TripQuery } from '../../search/query.ts';
import type { SearchRequestInput, SearchResponse } from '../../search/shapes.ts';
import { languageReady } from '../../words/language.ts';
import { placeName } from '../../words/placeNames.ts';
import { searchWords } from '../../words/search.ts';
import { siteWords } from '../../words/site.ts';
import { Searching, Skeletons, Stopped } from './Searching.tsx';

const loadAnswer = () => import('../results/Answer.tsx');
const Answer = lazy(async () => {
  const { Answer } = await loadAnswer();
  await languageReady();
  return { default: Answer };
});

interface Props {
  readonly query: TripQuery;
  readonly request: SearchRequestInput;
  /** Counts searches sent from the form: after each, focus goes to the heading. */
  readonly submits: number;
  readonly params: URLSearchParams;
  readonly onView: (pairs: readonly [string, string][]) => void;
  readonly onSearch: (query: TripQuery) => void;
}

/** The heading with whatever the search came to: skeleton, options, nothing found, failure. */
export function Outcome({ query, request, submits, params, onView, onSearch }: Props) {
  const search = useQuery(searchQuery(request));
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (submits > 0) heading.current?.focus();
  }, [submits]);
  // The options' own code comes while the server searches.
  useEffect(() => void loadAnswer(), []);
  const title = titleOf(query, search);
  useNews(title, search);

  const retry = (): void => void search.refetch();
  const waiting = search.isFetching && !search.isPlaceholderData;
  return (
    <div aria-busy={search.isFetching}>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mt-6 scroll-mt-20 font-serif text-xl font-semibold md:text-2xl"
      >
        {title}
      </h2>
      {waiting ? (
        <Searching onCancel={() => void client.cancelQueries({ queryKey: searchQuery(request).queryKey })} />
      ) : search.isError ? (
        <SearchFailure
          error={search.error}
          onRetry={retry}
          onSuggestion={(end, text) => onSearch({ ...query, [end]: { text, picked: null } })}
        />
      ) : search.data === undefined ? (
        <Stopped onAgain={retry} />
      ) : (
        <Suspense fallback={<Skeletons />}>
          <Answer
            answer={search.data}
            query={query}
            params={params}
            updating={search.isPlaceholderData}
            onView={onView}
            onSearch={onSearch}
            onRefresh={retry}
          />
        </Suspense>
      )}
    </div>
  );
}

type Search = UseQueryResult<SearchResponse>;

function titleOf(query: TripQuery, { data, isFetching, isError, isPlaceholderData }: Search): string {
  const { results } = searchWords;
  const from = placeName(data?.origin.name ?? query.origin.text);
  const to = placeName(data?.destination.name ?? query.destination.text);
  if (isFetching && !isPlaceholderData) return results.searching(query.origin.text, query.destination.text);
  if (isError || data === undefined) return results.failed(from, to);
  return data.routes.length === 0
    ? results.emptyTitle(from, to)
    : results.title(data.routes.length, from, to);
}

/** Says each new state once. The error's countdown is not in it: it would speak every second. */
function useNews(title: string, { error, isFetching }: Search): void {
  const why = error instanceof ApiError ? error.message : siteWords.problem.title;
  const news = error && !isFetching ? `${title}. ${why}` : title;
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
          {searchWords.results.didYouMean}
          {suggestions.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              onClick={() => onSuggestion(problem?.field === 'destination' ? 'destination' : 'origin', name)}
            >
              {placeName(name)}
            </button>
          ))}
        </p>
      )}
    </Failure>
  );
}
