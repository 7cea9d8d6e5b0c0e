import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { aboutDataSchema } from '../../src/features/rule-tables/contract.ts';
import { callApi } from '../api/client.ts';
import { Failure } from '../components/Failure.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { longDate } from '../words/say.ts';
import { siteWords } from '../words/site.ts';

type AboutData = z.infer<typeof aboutDataSchema>;

/** Where timetables and figures are from. */
export function Page() {
  const { data, error, refetch } = useQuery({
    queryKey: ['data'],
    queryFn: ({ signal }) => callApi<AboutData>('data', { signal }),
  });
  return (
    <>
      <PageHeading>{siteWords.aboutData}</PageHeading>
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <ul className="double-rule">
          {data.feeds.map((feed) => (
            <li key={feed.name} className="border-b border-rule py-3">
              {feed.name} · {feed.publisher}
            </li>
          ))}
          {data.tables.map((table) => (
            <li key={table.name} className="border-b border-rule py-3">
              {table.title} <span className="text-sm text-soft">{longDate(table.verifiedFrom)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
