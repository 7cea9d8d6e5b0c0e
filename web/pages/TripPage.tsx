import { useQuery } from '@tanstack/react-query';
import { tripQuery } from '../api/trips.ts';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import type { PageProps } from '../router/routes.ts';
import { dayName } from '../words/say.ts';
import { siteWords } from '../words/site.ts';

export function Page({ params }: PageProps) {
  return (
    <Gate>
      <Trip id={params['tripId'] ?? ''} />
    </Gate>
  );
}

function Trip({ id }: { readonly id: string }) {
  const { data: trip, error, refetch } = useQuery(tripQuery(id));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!trip) return <p aria-busy="true">{siteWords.loading}</p>;
  return (
    <>
      <PageHeading>{`${trip.origin.name} → ${trip.destination.name}`}</PageHeading>
      <p>
        {dayName(trip.date)} · {siteWords.units.party(trip.passengers)} · {siteWords.tripStatus[trip.status]}
      </p>
    </>
  );
}
