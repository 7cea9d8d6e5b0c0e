import { useQuery } from '@tanstack/react-query';
import { aboutDataQuery } from '../api/data.ts';
import { Certainty } from '../components/Certainty.tsx';
import { ListSkeleton } from '../components/EmptyState.tsx';
import { Failure } from '../components/Failure.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { dataWords } from '../words/data.ts';
import { siteWords } from '../words/site.ts';
import { RuleTables } from './data/RuleTables.tsx';
import { Timetables } from './data/Timetables.tsx';

const grades = ['A', 'B', 'C', 'D'] as const;

/** Where timetables and figures are from, since when they hold and how sure they are. */
export function Page() {
  const { data, error, refetch } = useQuery(aboutDataQuery);
  return (
    <>
      <PageHeading>{siteWords.aboutData}</PageHeading>
      <p className="max-w-prose">{dataWords.intro}</p>
      <h2 className="mt-6 mb-2 text-sm font-semibold">{dataWords.sure}</h2>
      <dl className="grid gap-x-8 gap-y-1.5 text-sm sm:grid-cols-2">
        {grades.map((grade) => (
          <div key={grade} className="flex items-baseline gap-3">
            <dt className="w-40 shrink-0 font-medium">
              <Certainty grade={grade} />
            </dt>
            <dd className="text-soft">{dataWords.certainties[grade]}</dd>
          </div>
        ))}
      </dl>
      {error ? <Failure level={2} error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Timetables network={data.network} feeds={data.feeds} />
          <RuleTables tables={data.tables} />
        </>
      ) : error ? null : (
        <div className="mt-10">
          <ListSkeleton label={siteWords.loading} />
        </div>
      )}
    </>
  );
}
