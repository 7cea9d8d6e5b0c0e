import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { searchPathOf } from '../../trip/searchAgain.ts';
import { MAX_PASSENGERS } from '../../search/party.ts';
import { setPassengers } from '../../trip/tripWrites.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Stepper } from '../../components/Stepper.tsx';
import { toast } from '../../components/Toasts.tsx';
import { useWrite } from '../../components/useWrite.ts';

interface Props {
  readonly trip: Trip;
  readonly onClose: () => void;
}

/** How many travel: what can be changed of a trip without another search. */
export function EditDialog({ trip, onClose }: Props) {
  const { edit } = tripWords;
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const [passengers, setCount] = useState(trip.passengers);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (passengers === trip.passengers) return onClose();
    if (!(await run(() => setPassengers(client, trip.id, passengers)))) return;
    onClose();
    toast({
      text: edit.saved(siteWords.units.party(passengers)),
      undo: () => void run(() => setPassengers(client, trip.id, trip.passengers)),
    });
  };
  return (
    <Dialog title={edit.title} onClose={onClose}>
      <form className="grid gap-4" onSubmit={(event) => void save(event)}>
        <Stepper
          label={siteWords.travellers.label}
          name="passengers"
          value={passengers}
          least={1}
          most={MAX_PASSENGERS}
          fewer={siteWords.travellers.fewer}
          more={siteWords.travellers.more}
          onChange={setCount}
        />
        <p className="max-w-prose text-sm text-soft">{edit.note}</p>
        <p className="flex flex-wrap gap-2">
          <button type="submit" className="button primary" disabled={busy}>
            {edit.save}
          </button>
          <a className="button" href={searchPathOf({ ...trip, passengers })}>
            {edit.again}
          </a>
        </p>
      </form>
    </Dialog>
  );
}
