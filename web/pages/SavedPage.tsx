import { useQuery } from '@tanstack/react-query';
import { savedRoutesQuery } from '../api/trips.ts';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { siteWords } from '../words/site.ts';

export function Page() {
  return (
    <>
      <PageHeading>{siteWords.tabs.saved}</PageHeading>
      <Gate>
        <SavedRoutes />
      </Gate>
    </>
  );
}

function SavedRoutes() {
  const { data, error, refetch } = useQuery(savedRoutesQuery);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <p aria-busy="true">{siteWords.loading}</p>;
  if (data.savedRoutes.length === 0) return <p>{siteWords.empty}</p>;
  return (
    <ul className="double-rule">
      {data.savedRoutes.map((route) => (
        <li key={route.id} className="border-b border-rule bg-sheet px-4 py-3">
          <span className="block font-semibold">
            {route.name ?? `${route.origin.name} → ${route.destination.name}`}
          </span>
          <span className="block text-sm text-soft">
            {route.origin.name} → {route.destination.name}
          </span>
        </li>
      ))}
    </ul>
  );
}
