import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { NewShare, Share } from '../../../src/features/sharing/contract.ts';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { callApi } from '../../api/client.ts';
import { sharesQuery } from '../../api/trips.ts';
import { longDate } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Icon } from '../../components/Icon.tsx';
import { toast } from '../../components/Toasts.tsx';
import { useWrite } from '../../components/useWrite.ts';

interface Props {
  readonly trip: Trip;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;
const expiries = ['never', 'afterTrip', 'month'] as const;
type Expiry = (typeof expiries)[number];

function expiryOf(choice: Expiry, trip: Trip): string | null {
  if (choice === 'never') return null;
  const from = choice === 'month' ? Date.now() : Math.max(Date.now(), Date.parse(trip.endsAt));
  return new Date(from + (choice === 'month' ? 30 : 7) * DAY_MS).toISOString();
}

/** Links that show the trip to whoever has them: made, sent, revoked. */
export function ShareDialog({ trip, onClose }: Props) {
  const { share } = tripWords;
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const [made, setMade] = useState<string | null>(null);
  const path = `trips/${encodeURIComponent(trip.id)}/share`;
  const refresh = () => client.invalidateQueries({ queryKey: sharesQuery(trip.id).queryKey });

  const make = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const expiresAt = expiryOf(form.get('expires') as Expiry, trip);
    void run(async () => {
      const answer = await callApi<NewShare>(path, {
        body: { showName: form.get('showName') === 'on', expiresAt },
      });
      if (answer.url) setMade(new URL(answer.url, location.origin).href);
      await refresh();
    });
  };
  const revoke = (id: string): void =>
    void run(async () => {
      await callApi(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
      setMade(null);
      await refresh();
      toast({ text: share.revoked });
    });

  return (
    <Dialog title={share.title} onClose={onClose}>
      <p className="-mt-2 mb-4 max-w-prose text-sm text-soft">{share.intro}</p>
      {made === null ? <MakeForm busy={busy} onSubmit={make} /> : <Made trip={trip} url={made} />}
      <Links trip={trip} busy={busy} onRevoke={revoke} />
    </Dialog>
  );
}

interface MakeProps {
  readonly busy: boolean;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

function MakeForm({ busy, onSubmit }: MakeProps) {
  const id = useId();
  const { share } = tripWords;
  return (
    <form className="grid gap-4" onSubmit={onSubmit}>
      <Checkbox name="showName">{share.name}</Checkbox>
      <div>
        <label htmlFor={id} className="label">
          {share.expires}
        </label>
        <select id={id} name="expires" className="field" defaultValue="afterTrip">
          {expiries.map((choice) => (
            <option key={choice} value={choice}>
              {share[choice]}
            </option>
          ))}
        </select>
      </div>
      <p>
        <button type="submit" className="button primary" disabled={busy}>
          {share.make}
        </button>
      </p>
    </form>
  );
}

function Made({ trip, url }: { readonly trip: Trip; readonly url: string }) {
  const { share } = tripWords;
  const title = tripWords.route(trip.origin.name, trip.destination.name);
  // Absent on most desktops.
  const canSend = typeof navigator.share === 'function';
  const send = (): void => {
    // Whoever closes the sheet of the system has decided; that is no failure.
    navigator.share({ title, text: share.text(title), url }).catch(() => undefined);
  };
  return (
    <div className="grid gap-3">
      <output className="text-sm font-medium">{share.made}</output>
      <CopyField label={share.link} value={url} copy={share.copy} />
      {canSend ? (
        <p>
          <button type="button" className="button primary" onClick={send}>
            <Icon name="share" size={18} />
            {share.send}
          </button>
        </p>
      ) : null}
    </div>
  );
}

interface LinksProps {
  readonly trip: Trip;
  readonly busy: boolean;
  readonly onRevoke: (id: string) => void;
}

function Links({ trip, busy, onRevoke }: LinksProps) {
  const { share } = tripWords;
  const { data, error, refetch } = useQuery(sharesQuery(trip.id));
  return (
    <section className="mt-6">
      <h3 className="double-rule pt-2 font-semibold">{share.links}</h3>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <p aria-busy="true">{siteWords.loading}</p>
      ) : data.shares.length === 0 ? (
        <p className="mt-1 text-sm text-soft">{share.none}</p>
      ) : (
        <ul>
          {data.shares.map((link) => (
            <li
              key={link.id}
              className="flex items-center justify-between gap-3 border-b border-rule py-2 text-sm"
            >
              {linkText(link)}
              <button type="button" className="button" disabled={busy} onClick={() => onRevoke(link.id)}>
                {share.revoke}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const linkText = ({ createdAt, expiresAt, showName }: Share): string =>
  [
    tripWords.share.made1(longDate(createdAt)),
    ...(expiresAt === null ? [] : [tripWords.share.until(longDate(expiresAt))]),
    ...(showName ? [tripWords.share.named] : []),
  ].join(', ');
