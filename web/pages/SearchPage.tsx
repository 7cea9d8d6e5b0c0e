import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { announce } from '../components/Announcer.tsx';
import { Outcome } from '../components/Outcome.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { SearchForm } from '../components/SearchForm.tsx';
import { Start } from '../components/Start.tsx';
import { SummaryBar } from '../components/SummaryBar.tsx';
import { navigate, useAddress } from '../router/location.ts';
import { paramsOf, queryOf, readParams, readPreference, requestOf } from '../search/query.ts';
import type { SearchParams, TripQuery } from '../search/query.ts';
import { rememberSearch } from '../search/recents.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';

interface Filled {
  readonly query: TripQuery;
  readonly turn: number;
}

/** The URL holds what was searched, the form what is being typed; only "Search" copies one to the other. */
export function SearchPage() {
  const { sort, ...params } = useParams();
  const client = useQueryClient();
  const [submits, setSubmits] = useState(0);
  const [filled, setFilled] = useState<Filled | null>(null);
  const [editing, setEditing] = useState(false);
  const key = JSON.stringify(params);
  const query = queryOf(params);
  const request = requestOf(query);
  const showForm = editing || request === null;

  const submit = (next: TripQuery): void => {
    const nextParams = paramsOf(next);
    rememberSearch(nextParams);
    setEditing(false);
    setFilled(null);
    setSubmits(submits + 1);
    if (JSON.stringify(nextParams) === key)
      void client.resetQueries({ queryKey: searchQuery(request).queryKey, exact: true });
    else navigate(pathOf(nextParams), { keepScroll: true });
  };
  const fill = (next: TripQuery): void => {
    setFilled({ query: next, turn: (filled?.turn ?? 0) + 1 });
    announce(searchWords.recents.filled);
  };

  return (
    <>
      <PageHeading
        hidden={!showForm}
        title={
          request === null
            ? siteWords.title
            : searchWords.results.pageTitle(query.origin.text, query.destination.text)
        }
      >
        {searchWords.form.title}
      </PageHeading>
      {request === null ? null : (
        <SummaryBar query={query} expanded={editing} onToggle={() => setEditing(!editing)} />
      )}
      <div id="search-form" className={showForm ? '' : 'max-md:hidden'}>
        <SearchForm key={`${key} ${filled?.turn ?? ''}`} initial={filled?.query ?? query} onSubmit={submit} />
      </div>
      <section aria-label={searchWords.results.label}>
        {request === null ? (
          <Start onFill={fill} />
        ) : (
          <Outcome
            query={query}
            request={request}
            submits={submits}
            order={readPreference(sort) ?? query.preference}
            onOrder={(next) =>
              navigate(pathOf({ ...params, sort: next }), { replace: true, keepScroll: true })
            }
            onSearch={submit}
          />
        )}
      </section>
    </>
  );
}

/** Plain `name=value` pairs: links are readable and equal to those of the HTTP interface. */
function useParams(): SearchParams {
  const { search } = useAddress();
  return readParams(Object.fromEntries(new URLSearchParams(search)));
}

const pathOf = (params: SearchParams): string => {
  const text = new URLSearchParams(Object.entries(params)).toString();
  return text === '' ? '/' : `/?${text}`;
};
