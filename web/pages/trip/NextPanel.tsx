import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Trip } from '../../../src/features/trips/contract.ts';
import type { NextAction } from '../../trip/nextAction.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { searchPathOf } from '../../trip/searchAgain.ts';
import { restoreTrip, uncancelTrip } from '../../trip/tripWrites.ts';
import { clockOf, durationText } from '../../words/say.ts';
import { tripWords } from '../../words/trip.ts';
import { Icon } from '../../components/Icon.tsx';
import { toast } from '../../components/Toasts.tsx';
import { BookingActions } from './BookingActions.tsx';
import { Progress } from './Progress.tsx';
import { modeIcon, momentText, numberedLeg, rideName } from './say.ts';
import { useWrite } from '../../components/useWrite.ts';

interface Props {
  readonly trip: Trip;
  readonly legs: readonly TripLeg[];
  readonly action: NextAction;
  readonly nowMs: number;
}

/** What to do next, before everything else of the trip. */
export function NextPanel({ trip, legs, action, nowMs }: Props) {
  return (
    <section
      aria-labelledby="next"
      className="double-rule border-b border-b-ink border-l-4 border-l-accent bg-sheet px-4 py-4 md:px-6"
    >
      <p className="text-sm text-soft">{tripWords.next.label}</p>
      <h2 id="next" className="font-serif text-xl leading-7 font-semibold md:text-2xl">
        {headline(action, nowMs)}
      </h2>
      <Detail trip={trip} action={action} />
      <div className="mt-4">
        <Progress legs={legs} />
      </div>
    </section>
  );
}

function headline(action: NextAction, nowMs: number): string {
  const { next } = tripWords;
  switch (action.kind) {
    case 'CHOOSE':
      return next.choose;
    case 'BOOK':
      return next.book(numberedLeg(action.leg));
    case 'OPENS':
      return next.opens(numberedLeg(action.leg), momentText(action.at, nowMs));
    case 'ON_THE_DAY':
      return next.onTheDay(numberedLeg(action.leg), momentText(action.at, nowMs));
    case 'LEAVE':
      return next.leave(momentText(action.at, nowMs));
    case 'RIDE':
      return action.until === null ? next.rideOpen : next.ride(momentText(action.until, nowMs));
    case 'ARRIVED':
      return next.arrived;
    case 'CANCELLED':
      return next.cancelled;
    case 'ARCHIVED':
      return next.archived;
    default:
      return action satisfies never;
  }
}

function Detail({ trip, action }: { readonly trip: Trip; readonly action: NextAction }) {
  const { next } = tripWords;
  switch (action.kind) {
    case 'CHOOSE':
      return (
        <Text text={next.chooseText}>
          <a className="button primary" href={searchPathOf(trip)}>
            {next.search}
          </a>
        </Text>
      );
    case 'BOOK':
      return (
        <>
          <LegLine leg={action.leg} />
          <Text text={next.why[action.why]} />
          <BookingActions trip={trip} leg={action.leg} prominent />
        </>
      );
    case 'ARRIVED':
      return <Text text={next.arrivedText} />;
    case 'CANCELLED':
      return (
        <Text text={action.booked > 0 ? next.cancelledBooked(action.booked) : next.cancelledNone}>
          <Again trip={trip} />
        </Text>
      );
    case 'ARCHIVED':
      return (
        <Text text={next.archivedText}>
          <Again trip={trip} />
        </Text>
      );
    case 'OPENS':
    case 'ON_THE_DAY':
    case 'LEAVE':
    case 'RIDE':
      return <LegLine leg={action.leg} />;
    default:
      return action satisfies never;
  }
}

/** "Train 12628 Karnataka Express, New Delhi 21:15 → KSR Bengaluru 13:40". */
function LegLine({ leg }: { readonly leg: TripLeg }) {
  const { whole } = leg;
  return (
    <p data-mode={leg.mode} className="mt-1 flex items-start gap-2">
      <span className="mt-0.5 text-mode-line">
        <Icon name={modeIcon(leg.mode)} />
      </span>
      <span className="min-w-0">
        <span className="font-medium">{rideName(leg)}</span>
        {whole ? (
          <span className="block text-sm text-soft">
            {whole.from.name} {clockOf(whole.departure)} → {whole.to.name} {clockOf(whole.arrival)} ·{' '}
            {durationText(whole.durationMinutes)}
          </span>
        ) : null}
      </span>
    </p>
  );
}

function Text({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <>
      {text === '' ? null : <p className="mt-1 max-w-prose text-sm text-soft">{text}</p>}
      {children ? <p className="mt-3">{children}</p> : null}
    </>
  );
}

/** Out of the archive, or a cancellation taken back. */
function Again({ trip }: { readonly trip: Trip }) {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const archived = trip.archivedAt !== null;
  const again = async (): Promise<void> => {
    const done = await run(() => (archived ? restoreTrip : uncancelTrip)(client, trip.id));
    if (done) toast({ text: archived ? tripWords.next.restored : tripWords.actions.uncancelled });
  };
  return (
    <button type="button" className="button primary" disabled={busy} onClick={() => void again()}>
      {archived ? tripWords.next.restore : tripWords.next.takeBack}
    </button>
  );
}
