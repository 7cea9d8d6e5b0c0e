import { useState } from 'react';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { callApi } from '../../api/client.ts';
import { dropClick, pendingClick } from '../../trip/clicks.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { tripWords } from '../../words/trip.ts';
import { toast } from '../../components/Toasts.tsx';
import { useNow } from '../../components/useNow.ts';
import { numberedLeg } from './say.ts';
import { useWrite } from '../../components/useWrite.ts';

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  /** It was: the platform is known already. */
  readonly onYes: (platform: string) => void;
}

const MINUTE = 60_000;

/** Asked of a traveller who went to a platform and is back. */
export function DidYouBook({ trip, leg, onYes }: Props) {
  const nowMs = useNow(MINUTE);
  const [answered, setAnswered] = useState<string | null>(null);
  const { busy, run } = useWrite();
  const click = pendingClick(trip.id, leg.index, nowMs);
  if (!click || click.clickId === answered) return null;
  const answer = async (didBook: boolean): Promise<void> => {
    const told = await run(() => tellOutcome(click.clickId, didBook));
    if (!told) return;
    dropClick(trip.id, leg.index, nowMs);
    setAnswered(click.clickId);
    if (didBook) onYes(click.platform);
    else toast({ text: tripWords.booking.notedNo });
  };
  return (
    <div className="mb-3 bg-wash px-3 py-2">
      <p className="font-medium">{tripWords.booking.didYou(numberedLeg(leg), click.platform)}</p>
      <p className="mt-2 flex flex-wrap gap-2">
        <button type="button" className="button" disabled={busy} onClick={() => void answer(true)}>
          {tripWords.booking.yes}
        </button>
        <button type="button" className="button" disabled={busy} onClick={() => void answer(false)}>
          {tripWords.booking.no}
        </button>
      </p>
    </div>
  );
}

export const tellOutcome = (clickId: string, didBook: boolean): Promise<unknown> =>
  callApi(`clicks/${encodeURIComponent(clickId)}/outcome`, { body: { didBook } });
