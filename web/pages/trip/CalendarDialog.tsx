import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewCalendar } from '../../../src/features/sharing/contract.ts';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { callApi } from '../../api/client.ts';
import { calendarsQuery } from '../../api/trips.ts';
import { longDate } from '../../words/say.ts';
import { tripWords } from '../../words/trip.ts';
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

/** The trip in a calendar: as a file once, or as an address that is read again. */
export function CalendarDialog({ trip, onClose }: Props) {
  const { calendar } = tripWords;
  const path = `trips/${encodeURIComponent(trip.id)}/calendar`;
  return (
    <Dialog title={calendar.title} onClose={onClose}>
      <h3 className="font-semibold">{calendar.file}</h3>
      <p className="text-sm text-soft">{calendar.fileText}</p>
      <p className="mt-3">
        <a className="button primary" href={`/api/v1/${path}.ics`} download="trip.ics">
          <Icon name="calendar" size={18} />
          {calendar.download}
        </a>
      </p>
      {trip.archivedAt === null ? <Subscription trip={trip} path={path} /> : null}
    </Dialog>
  );
}

function Subscription({ trip, path }: { readonly trip: Trip; readonly path: string }) {
  const { calendar } = tripWords;
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const [made, setMade] = useState<string | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: calendarsQuery.queryKey });
  const make = (): void =>
    void run(async () => {
      const { url } = await callApi<NewCalendar>(path, { method: 'POST' });
      if (url) setMade(new URL(url, location.origin).href);
      await refresh();
    });
  const revoke = (id: string): void =>
    void run(async () => {
      await callApi(`calendars/${encodeURIComponent(id)}`, { method: 'DELETE' });
      setMade(null);
      await refresh();
      toast({ text: calendar.revoked });
    });
  return (
    <section className="double-rule mt-6 pt-3">
      <h3 className="font-semibold">{calendar.subscribe}</h3>
      <p className="text-sm text-soft">{calendar.subscribeText}</p>
      {made === null ? (
        <p className="mt-3">
          <button type="button" className="button" disabled={busy} onClick={make}>
            {calendar.make}
          </button>
        </p>
      ) : (
        <div className="mt-3 grid gap-3">
          <output className="text-sm font-medium">{calendar.made}</output>
          <CopyField label={calendar.address} value={made} copy={calendar.copy} />
          <p>
            <a className="button" href={made.replace(/^https?:/u, 'webcal:')}>
              {calendar.open}
            </a>
          </p>
        </div>
      )}
      <Addresses trip={trip} busy={busy} onRevoke={revoke} />
    </section>
  );
}

interface AddressesProps {
  readonly trip: Trip;
  readonly busy: boolean;
  readonly onRevoke: (id: string) => void;
}

function Addresses({ trip, busy, onRevoke }: AddressesProps) {
  const { calendar } = tripWords;
  const { data, error, refetch } = useQuery(calendarsQuery);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <ul className="mt-3">
      {data?.calendars
        .filter(({ tripId }) => tripId === trip.id)
        .map(({ id, createdAt }) => (
          <li key={id} className="flex items-center justify-between gap-3 border-t border-rule py-2 text-sm">
            {calendar.existing(longDate(createdAt))}
            <button type="button" className="button" disabled={busy} onClick={() => onRevoke(id)}>
              {calendar.revoke}
            </button>
          </li>
        ))}
    </ul>
  );
}
