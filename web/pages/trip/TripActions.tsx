import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { removeLater } from '../../api/removeLater.ts';
import { navigate } from '../../router/location.ts';
import { isClosed } from '../../trip/readTrip.ts';
import { cancelTrip, keepRoute, uncancelTrip } from '../../trip/tripWrites.ts';
import { tripWords } from '../../words/trip.ts';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { toast } from '../../components/Toasts.tsx';
import { CalendarDialog } from './CalendarDialog.tsx';
import { EditDialog } from './EditDialog.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import { TextDialog } from './TextDialog.tsx';
import { useWrite } from '../../components/useWrite.ts';

const dialogs = { share: ShareDialog, calendar: CalendarDialog, text: TextDialog, edit: EditDialog };
type DialogName = keyof typeof dialogs;

/** What can be done with the whole trip. The everyday part is a row, the rest folds away. */
export function TripActions({ trip }: { readonly trip: Trip }) {
  const [open, setOpen] = useState<DialogName | null>(null);
  const [more, setMore] = useState(false);
  const { actions } = tripWords;
  const hasRoute = trip.selectedRoute !== null;
  const live = trip.archivedAt === null;
  const Opened = open === null ? null : dialogs[open];
  const action = (name: DialogName, icon: IconName) => (
    <ActionButton icon={icon} text={actions[name]} onClick={() => setOpen(name)} />
  );
  return (
    <section aria-label={actions.label} className="mt-4 print:hidden">
      <p className="flex flex-wrap gap-2">
        {live && hasRoute ? action('share', 'share') : null}
        {hasRoute ? action('calendar', 'calendar') : null}
        <button
          type="button"
          className="button"
          aria-expanded={more}
          aria-controls="more-actions"
          onClick={() => setMore(!more)}
        >
          {actions.more}
          <span className={more ? 'rotate-180' : ''}>
            <Icon name="down" size={16} />
          </span>
        </button>
      </p>
      {more ? (
        <p id="more-actions" className="mt-2 flex flex-wrap gap-2">
          <ActionButton icon="print" text={actions.print} onClick={() => print()} />
          {hasRoute ? action('text', 'message') : null}
          {isClosed(trip) ? null : action('edit', 'person')}
          <Writes trip={trip} />
        </p>
      ) : null}
      {Opened ? <Opened trip={trip} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

/** What changes the trip itself; each can be undone for ten seconds. */
function Writes({ trip }: { readonly trip: Trip }) {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const { actions } = tripWords;
  const keep = async (): Promise<void> => {
    if (!(await run(() => keepRoute(trip)))) return;
    void client.invalidateQueries({ queryKey: ['saved-routes'] });
    toast({ text: actions.routeKept, link: { href: '/saved', text: actions.look } });
  };
  const cancel = async (): Promise<void> => {
    if (!(await run(() => cancelTrip(client, trip.id)))) return;
    toast({ text: actions.cancelled, undo: () => void run(() => uncancelTrip(client, trip.id)) });
  };
  const remove = (): void => {
    navigate('/trips');
    removeLater(client, {
      path: `trips/${encodeURIComponent(trip.id)}`,
      id: trip.id,
      text: actions.removed,
      list: 'trips',
    });
  };
  return (
    <>
      {trip.selectedRoute === null ? null : (
        <ActionButton icon="bookmark" text={actions.saveRoute} busy={busy} onClick={() => void keep()} />
      )}
      {isClosed(trip) ? null : (
        <ActionButton icon="close" text={actions.cancel} busy={busy} onClick={() => void cancel()} />
      )}
      <ActionButton icon="bin" text={actions.remove} busy={busy} onClick={remove} />
    </>
  );
}

interface ButtonProps {
  readonly icon: IconName;
  readonly text: string;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

const ActionButton = ({ icon, text, busy = false, onClick }: ButtonProps) => (
  <button type="button" className="button" disabled={busy} onClick={onClick}>
    <Icon name={icon} size={18} />
    {text}
  </button>
);
