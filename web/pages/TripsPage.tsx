import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ArchivedTrip } from '../../src/features/maintenance/contract.ts';
import type { TripSummary } from '../../src/features/trips/contract.ts';
import { useGoing } from '../api/removeLater.ts';
import type { TripView } from '../api/trips.ts';
import { archiveQuery, listKey, tripsQuery } from '../api/trips.ts';
import { DateLeaf } from '../components/DateLeaf.tsx';
import { EmptyState, ListSkeleton } from '../components/EmptyState.tsx';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { Icon } from '../components/Icon.tsx';
import { KeptNote } from '../components/KeptNote.tsx';
import { MoreButton } from '../components/MoreButton.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { toast } from '../components/Toasts.tsx';
import { withWaiting } from '../offline/edits.ts';
import { useWaiting } from '../offline/waiting.ts';
import { modeIcon } from './trip/say.ts';
import { useWrite } from '../components/useWrite.ts';
import { useAddress } from '../router/location.ts';
import { restoreTrip } from '../trip/tripWrites.ts';
import { listWords } from '../words/lists.ts';
import { siteWords } from '../words/site.ts';
import { tripWords } from '../words/trip.ts';

const views = ['upcoming', 'now', 'past', 'archive'] as const;
type View = (typeof views)[number];

export function Page() {
  const { search } = useAddress();
  const asked = new URLSearchParams(search).get('view');
  const view = views.find((name) => name === asked) ?? 'upcoming';
  return (
    <>
      <PageHeading>{listWords.trips.title}</PageHeading>
      <Gate>
        <Views view={view} />
        {view === 'archive' ? <Archive /> : <Trips key={view} view={view} />}
      </Gate>
    </>
  );
}

/** Links, so that each list has its address. */
function Views({ view }: { readonly view: View }) {
  return (
    <nav aria-label={listWords.trips.views} className="mb-4">
      <ul className="flex border-b border-rule">
        {views.map((name) => (
          <li key={name} className="flex-1 md:flex-none">
            <a
              href={name === 'upcoming' ? '/trips' : `/trips?view=${name}`}
              aria-current={name === view ? 'page' : undefined}
              className="view-tab"
            >
              {listWords.trips.view[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Trips({ view }: { readonly view: TripView }) {
  const list = useInfiniteQuery(tripsQuery(view));
  const going = useGoing();
  const waiting = useWaiting();
  const trips = (list.data?.pages ?? []).flatMap((page) => page.trips).filter(({ id }) => !going.has(id));
  return (
    <>
      <KeptNote name={listKey(view, null)} />
      <List view={view} list={list} count={trips.length}>
        {trips.map((trip) => (
          <TripRow key={trip.id} trip={withWaiting(trip, waiting)} />
        ))}
      </List>
    </>
  );
}

function Archive() {
  const list = useInfiniteQuery(archiveQuery);
  const going = useGoing();
  const trips = (list.data?.pages ?? []).flatMap((page) => page.trips).filter(({ id }) => !going.has(id));
  return (
    <List view="archive" list={list} count={trips.length}>
      {trips.map((trip) => (
        <ArchivedRow key={trip.id} trip={trip} />
      ))}
    </List>
  );
}

interface ListProps {
  readonly view: View;
  readonly list: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'isPending' | 'error' | 'refetch' | 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage'
  >;
  readonly count: number;
  readonly children: ReactNode;
}

function List({ view, list, count, children }: ListProps) {
  const { empty, emptyText, search, loaded } = listWords.trips;
  if (list.isPending) return <ListSkeleton label={siteWords.loading} />;
  if (list.error && count === 0)
    return <Failure level={2} error={list.error} onRetry={() => void list.refetch()} />;
  if (count === 0 && !list.hasNextPage)
    return (
      <EmptyState
        icon="ticket"
        title={empty[view]}
        text={emptyText[view]}
        link={{ href: '/', text: search }}
      />
    );
  return (
    <>
      <ul className="double-rule">{children}</ul>
      <MoreButton list={list} text={listWords.trips.more} said={loaded(count)} />
    </>
  );
}

interface RowLine {
  readonly trip: Pick<TripSummary, 'id' | 'origin' | 'destination' | 'date' | 'passengers'>;
  readonly about: readonly string[];
  readonly children?: ReactNode;
}

function Row({ trip, about, children }: RowLine) {
  return (
    <a
      href={`/trips/${trip.id}`}
      className="grid min-h-12 flex-1 grid-cols-[3.5rem_1fr] items-center gap-3 px-4 py-3 hover:bg-wash"
    >
      <DateLeaf date={trip.date} />
      <span className="min-w-0">
        <span className="block font-semibold">
          {tripWords.route(trip.origin.name, trip.destination.name)}
        </span>
        <span className="block text-sm text-soft">
          {[trip.date.slice(0, 4), siteWords.units.party(trip.passengers), ...about].join(' · ')}
        </span>
        {children}
      </span>
    </a>
  );
}

function TripRow({ trip }: { readonly trip: TripSummary }) {
  const { bookingLegs, status } = trip;
  const booked = bookingLegs.filter(({ isBooked }) => isBooked).length;
  return (
    <li className="flex border-b border-rule bg-sheet">
      <Row trip={trip} about={[siteWords.tripStatus[status]]}>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span aria-hidden="true" className="flex flex-wrap gap-1">
            {bookingLegs.map(({ legIndex, mode, isBooked }) => (
              <span
                key={legIndex}
                data-mode={mode}
                className={`border-b-4 px-0.5 ${isBooked ? 'border-mode-line text-mode-line' : 'border-dashed border-edge text-soft'}`}
              >
                <Icon name={modeIcon(mode)} size={18} />
              </span>
            ))}
          </span>
          {bookingLegs.length === 0
            ? listWords.trips.noRoute
            : listWords.trips.booked(booked, bookingLegs.length)}
        </span>
      </Row>
    </li>
  );
}

function ArchivedRow({ trip }: { readonly trip: ArchivedTrip }) {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const restore = async (): Promise<void> => {
    if (!(await run(() => restoreTrip(client, trip.id)))) return;
    toast({
      text: tripWords.next.restored,
      link: { href: `/trips/${trip.id}`, text: tripWords.actions.look },
    });
  };
  return (
    <li className="flex flex-wrap items-center border-b border-rule bg-sheet">
      <Row trip={trip} about={[]} />
      <button
        type="button"
        className="button mr-4 mb-3 ml-auto md:mb-0"
        disabled={busy}
        onClick={() => void restore()}
      >
        {listWords.trips.restore}
        <span className="sr-only">{tripWords.route(trip.origin.name, trip.destination.name)}</span>
      </button>
    </li>
  );
}
