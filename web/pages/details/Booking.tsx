import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Click } from '../../../src/features/booking/contract.ts';
import { callApi, newKey } from '../../api/client.ts';
import { failureText } from '../../api/failureText.ts';
import { handOffsQuery } from '../../api/trips.ts';
import { copyText } from '../../components/copyText.ts';
import { Failure } from '../../components/Failure.tsx';
import { Icon, modeIcons } from '../../components/Icon.tsx';
import { LegName } from '../../components/LegBar.tsx';
import { toast } from '../../components/Toasts.tsx';
import type { HandOff, Leg, Route } from '../../search/shapes.ts';
import { detailWords } from '../../words/details.ts';

interface Props {
  readonly route: Route;
  readonly searchId: string;
  readonly passengers: number;
}

/** Who sells each leg. RouteStitch hands over, and asks afterwards whether it was booked. */
export function Booking({ route, searchId, passengers }: Props) {
  const { booking } = detailWords;
  const bookable = route.legs.filter((leg) => leg.bookable);
  if (bookable.length === 0) return null;
  return (
    <section className="min-w-0">
      <h4 className="mb-1 font-serif text-base font-semibold">{booking.title}</h4>
      <ul className="border-t border-rule">
        {bookable.map((leg) => (
          <li key={leg.index} data-mode={leg.mode} className="border-b border-rule text-sm">
            <LegBooking route={route} leg={leg} searchId={searchId} passengers={passengers} />
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-soft">{booking.disclosure}</p>
    </section>
  );
}

function LegBooking({ route, leg, searchId, passengers }: Props & { readonly leg: Leg }) {
  const [open, setOpen] = useState(false);
  const { booking } = detailWords;
  const found = useQuery(handOffsQuery(open ? leg : null, passengers));
  return (
    <>
      <button
        type="button"
        className="flex min-h-11 w-full items-center gap-1.5 text-left font-medium"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="text-mode-line">
          <Icon name={modeIcons[leg.mode]} size={18} />
        </span>
        <span className="flex-1">
          <LegName leg={leg} />
          <span className="sr-only">: {booking.where}</span>
        </span>
        <span className={open ? 'rotate-180' : ''}>
          <Icon name="down" size={16} />
        </span>
      </button>
      {!open ? null : found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <p aria-busy="true" className="pb-3">
          {booking.loading}
        </p>
      ) : found.data.handOffs.length === 0 ? (
        <p className="pb-3">{booking.none}</p>
      ) : (
        <ul className="grid gap-2 pb-3">
          {found.data.handOffs.map((handOff) => (
            <li key={handOff.platform}>
              <Platform handOff={handOff} click={{ route, legIndex: leg.index, searchId, passengers }} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface PlatformProps {
  readonly handOff: HandOff;
  readonly click: {
    readonly route: Route;
    readonly legIndex: number;
    readonly searchId: string;
    readonly passengers: number;
  };
}

function Platform({ handOff, click }: PlatformProps) {
  const [clickId, setClickId] = useState<string | null>(null);
  const { booking } = detailWords;
  const facts = [booking.kinds[handOff.kind], ...(handOff.filledIn ? [booking.filledIn] : [])];
  const go = async (): Promise<void> => {
    // Opened before the answer: later a browser takes it for an advertisement.
    const tab = window.open('about:blank', '_blank');
    try {
      const { clickId: id, url } = await callApi<Click>('clicks', {
        body: { ...click, platform: handOff.platform },
      });
      if (tab) tab.location.replace(url);
      else location.assign(url);
      setClickId(id);
    } catch (error) {
      tab?.close();
      toast({ text: failureText(error) });
    }
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button type="button" className="button" onClick={() => void go()}>
          {booking.goTo(handOff.name)}
          <Icon name="external" size={16} />
          <span className="sr-only">({booking.newTab})</span>
        </button>
        <span className="text-soft">{facts.join(' · ')}</span>
      </div>
      {handOff.copy === null ? null : (
        <p className="flex flex-wrap items-center gap-x-3">
          <code className="font-mono text-sm">{handOff.copy}</code>
          <button type="button" className="link-button" onClick={() => void copyText(handOff.copy ?? '')}>
            <Icon name="copy" size={18} />
            {booking.copy}
          </button>
        </p>
      )}
      {clickId === null ? null : <DidYouBook platform={handOff.name} clickId={clickId} />}
    </>
  );
}

interface AskProps {
  readonly platform: string;
  readonly clickId: string;
}

/** Asked where the traveller comes back to; nothing is written unless they answer. */
function DidYouBook({ platform, clickId }: AskProps) {
  const [told, setTold] = useState<boolean | null>(null);
  const key = useRef(newKey());
  const question = useRef<HTMLOutputElement>(null);
  const { booking } = detailWords;
  useEffect(() => question.current?.scrollIntoView({ block: 'nearest' }), []);
  const tell = async (didBook: boolean): Promise<void> => {
    try {
      await callApi(`clicks/${clickId}/outcome`, { body: { didBook }, key: key.current });
      setTold(didBook);
    } catch (error) {
      toast({ text: failureText(error) });
    }
  };
  return (
    <output ref={question} className="notice flex-wrap items-center">
      {told === null ? (
        <>
          <span className="flex-1">{booking.didYou(platform)}</span>
          <button type="button" className="button" onClick={() => void tell(true)}>
            {booking.yes}
          </button>
          <button type="button" className="button" onClick={() => void tell(false)}>
            {booking.no}
          </button>
        </>
      ) : (
        <span>
          {booking.thanks} {told ? booking.keep : ''}
        </span>
      )}
    </output>
  );
}
