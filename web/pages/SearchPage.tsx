import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { announce } from '../components/Announcer.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { navigate, useAddress } from '../router/location.ts';
import { pairsOf, paramsOf, queryOf, readParams, requestOf } from '../search/query.ts';
import type { TripQuery } from '../search/query.ts';
import { rememberSearch } from '../search/recents.ts';
import { placeName } from '../words/placeNames.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { Outcome } from './search/Outcome.tsx';
import { SearchForm } from './search/SearchForm.tsx';
import { Start } from './search/Start.tsx';
import { SummaryBar } from './search/SummaryBar.tsx';

interface Filled {
  readonly query: TripQuery;
  readonly turn: number;
}

/** The URL holds what was searched, the form what is being typed; only "Search" copies one to the other. */
export function SearchPage() {
  const { search } = useAddress();
  const link = new URLSearchParams(search);
  const pairs = pairsOf(readParams(link));
  const query = queryOf(readParams(link));
  const request = requestOf(query);
  const key = JSON.stringify(pairs);
  const client = useQueryClient();
  const [submits, setSubmits] = useState(0);
  const [filled, setFilled] = useState<Filled | null>(null);
  const [editing, setEditing] = useState(false);
  const showForm = editing || request === null;

  const submit = (next: TripQuery): void => {
    const nextParams = paramsOf(next);
    const nextPairs = pairsOf(nextParams);
    rememberSearch(nextParams);
    setEditing(false);
    setFilled(null);
    setSubmits(submits + 1);
    if (JSON.stringify(nextPairs) === key)
      void client.resetQueries({ queryKey: searchQuery(request).queryKey, exact: true });
    else navigate(pathOf(nextPairs), { keepScroll: true });
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
            : searchWords.results.pageTitle(placeName(query.origin.text), placeName(query.destination.text))
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
            params={link}
            onView={(view) => navigate(pathOf([...pairs, ...view]), { replace: true, keepScroll: true })}
            onSearch={submit}
          />
        )}
      </section>
    </>
  );
}

/** Plain `name=value` pairs: links are readable and equal to those of the HTTP interface. */
const pathOf = (pairs: readonly [string, string][]): string =>
  pairs.length === 0 ? '/' : `/?${new URLSearchParams([...pairs]).toString()}`;
