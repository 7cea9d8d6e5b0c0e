/** What the figures are from. */
import { queryOptions } from '@tanstack/react-query';
import type { AboutData, RuleTable } from '../../src/features/rule-tables/contract.ts';
import { callApi } from './client.ts';

const FIVE_MINUTES = 300_000;

export const aboutDataQuery = queryOptions({
  queryKey: ['data'],
  queryFn: ({ signal }) => callApi<AboutData>('data', { signal }),
  staleTime: FIVE_MINUTES,
});

/** Of a table that nobody opened, nothing is asked. */
export const ruleTableQuery = (name: string, opened: boolean) =>
  queryOptions({
    queryKey: ['data', name],
    queryFn: ({ signal }) => callApi<RuleTable>(`data/${encodeURIComponent(name)}`, { signal }),
    enabled: opened,
    staleTime: FIVE_MINUTES,
  });
