/** What an administrator sees and changes. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Corridors, Funnel, Platforms } from '../../src/features/analytics/contract.ts';
import type { Network, NoticeCode, NoticePage } from '../../src/features/networks/contract.ts';
import type { AccessPage, OperatorHealth } from '../../src/features/operator/contract.ts';
import { callApi } from './client.ts';

const KEY = 'operator';
const MINUTE = 60_000;

/** Days of the operator, both whole. */
export interface Days {
  readonly since: string;
  readonly until: string;
}
const daysOf = ({ since, until }: Days): string => new URLSearchParams({ since, until }).toString();

/** Of a table of figures, as JSON and as a file. */
export const figuresPath = (table: 'funnel' | 'corridors' | 'platforms', days: Days, file = false): string =>
  `admin/${table}${file ? '.csv' : ''}?${daysOf(days)}`;

const figuresQuery = <Figures>(table: 'funnel' | 'corridors' | 'platforms', days: Days) =>
  queryOptions({
    queryKey: [KEY, table, days],
    queryFn: ({ signal }) => callApi<Figures>(figuresPath(table, days), { signal }),
    staleTime: MINUTE,
  });
export const funnelQuery = (days: Days) => figuresQuery<Funnel>('funnel', days);
export const corridorsQuery = (days: Days) => figuresQuery<Corridors>('corridors', days);
export const platformsQuery = (days: Days) => figuresQuery<Platforms>('platforms', days);

export const networksQuery = queryOptions({
  queryKey: [KEY, 'networks'],
  queryFn: ({ signal }) => callApi<{ readonly networks: readonly Network[] }>('admin/networks', { signal }),
});

interface NetworkDetail {
  readonly network: Network;
  readonly notices: readonly NoticeCode[];
}
const networkPath = (id: string): string => `admin/networks/${encodeURIComponent(id)}`;
export const networkQuery = (id: string, asked: boolean) =>
  queryOptions({
    queryKey: [KEY, 'network', id],
    queryFn: ({ signal }) => callApi<NetworkDetail>(networkPath(id), { signal }),
    enabled: asked,
  });

/** `code`: of one kind only. */
export const noticesPath = (id: string, code: string | null, file = false): string =>
  `${networkPath(id)}/notices${file ? '.csv' : ''}?${new URLSearchParams(code === null ? {} : { code }).toString()}`;
export const noticesQuery = (id: string, code: string | null, asked: boolean) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'notices', id, code],
    queryFn: ({ signal, pageParam }) => {
      const rest = pageParam === null ? 'limit=50' : `limit=50&cursor=${encodeURIComponent(pageParam)}`;
      return callApi<NoticePage>(`${noticesPath(id, code)}&${rest}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: asked,
  });

export const healthQuery = queryOptions({
  queryKey: [KEY, 'health'],
  queryFn: ({ signal }) => callApi<OperatorHealth>('admin/health', { signal }),
  refetchInterval: MINUTE,
});

export const accessesQuery = queryOptions({
  queryKey: [KEY, 'accesses'],
  queryFn: ({ signal }) => callApi<AccessPage>('admin/accesses?limit=20', { signal }),
});

/** Another timetable for all searches. What was read of it, of the old one, is read anew. */
async function changeNetwork(client: QueryClient, path: string, body: unknown): Promise<void> {
  // A change that names what it changes can be sent twice: it needs no key.
  await callApi<Network>(path, { body, key: null });
  await client.invalidateQueries({ queryKey: [KEY] });
  void client.invalidateQueries({ queryKey: ['data'] });
}
export const activateNetwork = (client: QueryClient, id: string, force: boolean): Promise<void> =>
  changeNetwork(client, `${networkPath(id)}/activate`, { force });
export const rollbackNetwork = (client: QueryClient, from: string): Promise<void> =>
  changeNetwork(client, 'admin/networks/rollback', { from });
