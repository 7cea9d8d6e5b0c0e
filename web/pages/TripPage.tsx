import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/client.ts';
import { bookingPlanQuery, tripKey, tripQuery } from '../api/trips.ts';
import type { Trip } from '../../src/features/trips/contract.ts';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { KeptNote } from '../components/KeptNote.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { useNow } from '../components/useNow.ts';
import { withWaiting } from '../offline/edits.ts';
import { useWaiting } from '../offline/waiting.ts';
import { Agenda } from './trip/Agenda.tsx';
import { Costs } from './trip/Costs.tsx';
import { Documents } from './trip/Documents.tsx';
import { LossTable } from './trip/LossTable.tsx';
import { NextPanel } from './trip/NextPanel.tsx';
import { Outcomes } from './trip/Outcomes.tsx';
import { TripActions } from './trip/TripActions.tsx';
import { TripTimeline } from './trip/TripTimeline.tsx';
import type { PageProps } from '../router/routes.ts';
import { lossesOf, planRequestOf } from '../trip/bookingPlan.ts';
import { documentsOf } from '../trip/documents.ts';
import { nextAction } from '../trip/nextAction.ts';
import { legsOf } from '../trip/readTrip.ts';
import { dayName } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import { tripWords } from '../words/trip.ts';

const HALF_MINUTE = 30_000;

export function Page({ params }: PageProps) {
  return (
    <>
      <p className="mt-1 -mb-2 print:hidden">
        <a className="link inline-flex min-h-11 items-center" href="/trips">
          ‹ {tripWords.back}
        </a>
      </p>
      <Gate heading={tripWords.yours}>
        <TripById id={params['tripId'] ?? ''} />
      </Gate>
    </>
  );
}

function TripById({ id }: { readonly id: string }) {
  const { data: trip, error, refetch } = useQuery(tripQuery(id));
  const waiting = useWaiting();
  if (trip) return <TripView trip={withWaiting(trip, waiting)} />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return <Gone />;
  if (error)
    return (
      <>
        <PageHeading>{tripWords.yours}</PageHeading>
        <Failure level={2} error={error} onRetry={() => void refetch()} />
      </>
    );
  return <Skeleton />;
}

function TripView({ trip }: { readonly trip: Trip }) {
  const nowMs = useNow(HALF_MINUTE);
  const legs = legsOf(trip);
  const { data: plan } = useQuery(bookingPlanQuery(trip.id, planRequestOf(legs, trip.passengers, nowMs)));
  const losses = plan ? lossesOf(plan, legs, nowMs) : null;
  const closed = trip.status === 'COMPLETED' || trip.archivedAt !== null;
  return (
    <>
      <PageHeading>{tripWords.route(trip.origin.name, trip.destination.name)}</PageHeading>
      <p className="-mt-3 mb-4 text-soft">
        {[datesOf(trip), siteWords.units.party(trip.passengers), siteWords.tripStatus[trip.status]].join(
          ' · ',
        )}
      </p>
      <KeptNote name={tripKey(trip.id)} />
      <div className="grid gap-3">
        <Outcomes trip={trip} legs={legs} />
        <NextPanel
          trip={trip}
          legs={legs}
          action={nextAction(trip, legs, plan?.openings ?? [], nowMs)}
          nowMs={nowMs}
        />
      </div>
      <TripActions trip={trip} />
      <div className="mt-8 grid gap-x-10 gap-y-8 lg:grid-cols-[1fr_20rem]">
        <TripTimeline trip={trip} legs={legs} />
        <div className="grid content-start gap-8">
          {plan && !closed && trip.status !== 'CANCELLED' ? (
            <Agenda plan={plan} legs={legs} nowMs={nowMs} />
          ) : null}
          {losses && !closed ? <LossTable losses={losses} nowMs={nowMs} /> : null}
          <Documents documents={documentsOf(legs)} />
          <Costs totals={trip.totals} />
        </div>
      </div>
    </>
  );
}

/** "Fri 4 Dec – Sun 6 Dec", by the clocks of the route where it has them. */
function datesOf({ date, selectedRoute }: Trip): string {
  const first = selectedRoute?.departure?.slice(0, 10) ?? date;
  const last = selectedRoute?.arrival?.slice(0, 10) ?? first;
  return first === last ? dayName(first) : tripWords.dates(dayName(first), dayName(last));
}

function Gone() {
  return (
    <>
      <PageHeading>{tripWords.gone}</PageHeading>
      <p className="mb-4">{tripWords.goneText}</p>
      <a className="button primary" href="/trips">
        {tripWords.back}
      </a>
    </>
  );
}

/** Blocks of the height of what comes. */
function Skeleton() {
  return (
    <div aria-busy="true">
      <p className="sr-only">{siteWords.loading}</p>
      <span className="skeleton mt-4 block h-9 w-3/5" />
      <span className="skeleton mt-3 block h-5 w-2/5" />
      <span className="skeleton mt-4 block h-44 w-full" />
      <span className="skeleton mt-4 block h-11 w-4/5" />
      {[1, 2, 3].map((row) => (
        <span key={row} className="skeleton mt-6 block h-28 w-full lg:w-3/5" />
      ))}
    </div>
  );
}
