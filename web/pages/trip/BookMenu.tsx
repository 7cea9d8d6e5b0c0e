import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Click, HandOff } from '../../../src/features/booking/contract.ts';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { callApi } from '../../api/client.ts';
import { handOffsQuery } from '../../api/trips.ts';
import type { Leg } from '../../search/shapes.ts';
import { keepClick } from '../../trip/clicks.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { copyText } from '../../components/copyText.ts';
import { Failure } from '../../components/Failure.tsx';
import { Icon } from '../../components/Icon.tsx';
import { numberedLeg } from './say.ts';
import { useWrite } from '../../components/useWrite.ts';

interface Props {
  readonly id: string;
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly whole: Leg;
}

/** The platforms that have this leg, the best known first. Each opens in a new tab over a click that is counted. */
export function BookMenu({ id, trip, leg, whole }: Props) {
  const { data, error, refetch } = useQuery(handOffsQuery(whole, trip.passengers));
  const { busy, run } = useWrite();
  const [blocked, setBlocked] = useState<{ readonly url: string; readonly name: string } | null>(null);

  const go = (offer: HandOff): Promise<boolean> => {
    // Opened at once: a tab that is opened after the answer is no wish of the traveller's to a browser.
    const tab = open('', '_blank');
    setBlocked(null);
    return run(async () => {
      try {
        const { clickId, url } = await callApi<Click>('clicks', {
          body: {
            route: trip.selectedRoute,
            legIndex: leg.index,
            platform: offer.platform,
            passengers: trip.passengers,
            tripId: trip.id,
          },
        });
        keepClick(trip.id, leg.index, { clickId, platform: offer.name }, Date.now());
        if (!tab) return setBlocked({ url, name: offer.name });
        tab.opener = null;
        tab.location.replace(new URL(url, location.origin).href);
      } catch (cause) {
        tab?.close();
        throw cause;
      }
    });
  };

  return (
    <div id={id} className="mt-2 border border-ink bg-sheet">
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <p aria-busy="true" className="px-3 py-3 text-soft">
          {siteWords.loading}
        </p>
      ) : (
        <ul aria-label={tripWords.booking.platforms(numberedLeg(leg))}>
          {data.handOffs.map((offer) => (
            <li key={offer.platform} className="border-b border-rule">
              <button type="button" className="platform" disabled={busy} onClick={() => void go(offer)}>
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{offer.name}</span>
                  <span className="block text-sm text-soft">{aboutOffer(offer)}</span>
                </span>
                <span className="flex items-center gap-1 text-sm text-soft">
                  {tripWords.booking.newTab}
                  <Icon name="external" size={16} />
                </span>
              </button>
              {offer.copy === null ? null : <CopyJourney text={offer.copy} />}
            </li>
          ))}
        </ul>
      )}
      {blocked ? (
        <p role="alert" className="flex flex-wrap items-center gap-3 bg-wash px-3 py-2">
          {tripWords.booking.blocked}
          <a className="button" href={blocked.url} target="_blank" rel="noopener sponsored">
            {tripWords.booking.openHere(blocked.name)}
          </a>
        </p>
      ) : null}
      <p className="px-3 py-2 text-sm text-soft">{tripWords.booking.disclosure}</p>
    </div>
  );
}

const aboutOffer = ({ kind, filledIn }: HandOff): string =>
  [tripWords.booking[kind], filledIn ? tripWords.booking.filledIn : tripWords.booking.byHand].join(' · ');

/** For a page that takes no values: what to type there. */
function CopyJourney({ text }: { readonly text: string }) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-2 px-3 pb-2 text-sm">
      <span lang="en" className="whitespace-pre-line text-soft">
        {text}
      </span>
      <button type="button" className="button" onClick={() => void copyText(text)}>
        <Icon name="copy" size={18} />
        {tripWords.booking.copyJourney}
      </button>
    </p>
  );
}
