import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { announce } from '../components/Announcer.tsx';
import { RESULTS_ID } from '../components/Layout.tsx';
import { Outcome } from '../components/Outcome.tsx';
import { SearchForm } from '../components/SearchForm.tsx';
import { Start } from '../components/Start.tsx';
import { SummaryBar } from '../components/SummaryBar.tsx';
import { paramsOf, queryOf, readPreference, requestOf } from '../search/query.ts';
import type { TripQuery } from '../search/query.ts';
import { rememberSearch } from '../search/recents.ts';
import { words } from '../words.ts';

const page = getRouteApi('/');

interface Filled {
  readonly query: TripQuery;
  readonly turn: number;
}

/** The URL holds what was searched, the form what is being typed; only "Search" copies one to the other. */
export function SearchPage() {
  const { sort, ...params } = page.useSearch();
  const navigate = page.useNavigate();
  const client = useQueryClient();
  const [submits, setSubmits] = useState(0);
  const [filled, setFilled] = useState<Filled | null>(null);
  const [editing, setEditing] = useState(false);
  const key = JSON.stringify(params);
  const query = queryOf(params);
  const request = requestOf(query);
  const showForm = editing || request === null;
  useTitle(request === null ? null : words.results.pageTitle(query.origin.text, query.destination.text));

  const submit = (next: TripQuery): void => {
    const nextParams = paramsOf(next);
    rememberSearch(nextParams);
    setEditing(false);
    setFilled(null);
    setSubmits(submits + 1);
    if (JSON.stringify(nextParams) === key)
      void client.resetQueries({ queryKey: searchQuery(request).queryKey, exact: true });
    else void navigate({ search: nextParams, hash: '', resetScroll: false });
  };
  const fill = (next: TripQuery): void => {
    setFilled({ query: next, turn: (filled?.turn ?? 0) + 1 });
    announce(words.recents.filled);
  };

  return (
    <>
      <h1
        className={showForm ? 'mt-2 mb-4 font-serif text-2xl font-semibold md:mt-6 md:text-3xl' : 'sr-only'}
      >
        {words.form.title}
      </h1>
      {request === null ? null : (
        <SummaryBar query={query} expanded={editing} onToggle={() => setEditing(!editing)} />
      )}
      <div id="search-form" className={showForm ? '' : 'max-md:hidden'}>
        <SearchForm key={`${key} ${filled?.turn ?? ''}`} initial={filled?.query ?? query} onSubmit={submit} />
      </div>
      <section id={RESULTS_ID} tabIndex={-1} aria-label={words.site.results}>
        {request === null ? (
          <Start onFill={fill} />
        ) : (
          <Outcome
            query={query}
            request={request}
            submits={submits}
            order={readPreference(sort) ?? query.preference}
            onOrder={(next) =>
              void navigate({ search: { ...params, sort: next }, replace: true, resetScroll: false })
            }
            onSearch={submit}
          />
        )}
      </section>
    </>
  );
}

const siteTitle = document.title;
function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ?? siteTitle;
  }, [title]);
}
