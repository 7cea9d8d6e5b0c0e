import { useInfiniteQuery } from '@tanstack/react-query';
import { tripsQuery } from '../api/trips.ts';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { dayName } from '../words/say.ts';
import { siteWords } from '../words/site.ts';

export function Page() {
  return (
    <>
      <PageHeading>{siteWords.tabs.trips}</PageHeading>
      <Gate>
        <Trips />
      </Gate>
    </>
  );
}

function Trips() {
  const list = useInfiniteQuery(tripsQuery);
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <p aria-busy="true">{siteWords.loading}</p>;
  const trips = list.data.pages.flatMap((page) => page.trips);
  if (trips.length === 0) return <p>{siteWords.empty}</p>;
  return (
    <ul className="double-rule">
      {trips.map((trip) => (
        <li key={trip.id} className="border-b border-rule">
          <a href={`/trips/${trip.id}`} className="block min-h-12 bg-sheet px-4 py-3">
            <span className="block font-semibold">
              {trip.origin.name} → {trip.destination.name}
            </span>
            <span className="block text-sm text-soft">
              {dayName(trip.date)} · {siteWords.units.party(trip.passengers)} ·{' '}
              {siteWords.tripStatus[trip.status]}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
