import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { BookingDetails, BookingLeg, Trip } from '../../../src/features/trips/contract.ts';
import { handOffsQuery } from '../../api/trips.ts';
import { dropClick, pendingClick } from '../../trip/clicks.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { parseRupees, rupeesText } from '../../trip/rupees.ts';
import { priceRange } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ClassField } from './ClassField.tsx';
import { tellOutcome } from './DidYouBook.tsx';
import { numberedLeg, rideName } from './say.ts';
import { useRecord } from './useRecord.ts';

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  /** Where it was booked, when that is known already. */
  readonly platform: string | null;
  readonly onClose: () => void;
}

/** What the traveller knows of a booking, all of it optional. Undone for ten seconds instead of asked before. */
export function MarkBooked({ trip, leg, platform, onClose }: Props) {
  const { busy, record } = useRecord(trip, leg.booking!);
  const [wrongCost, setWrongCost] = useState(false);
  const before = leg.booking!;

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const details = detailsOf(form);
    setWrongCost(details === null);
    if (details === null) return event.currentTarget.querySelector<HTMLInputElement>('[name=cost]')?.focus();
    const text = (before.isBooked ? tripWords.booking.changed : tripWords.booking.marked)(numberedLeg(leg));
    if (!(await record(details, text))) return;
    onClose();
    noteOutcome(trip.id, leg.index);
  };

  return (
    <Dialog title={tripWords.mark.title(numberedLeg(leg))} onClose={onClose}>
      <p className="-mt-2 mb-4 text-sm text-soft">{rideName(leg)}</p>
      <form noValidate className="grid gap-4" onSubmit={(event) => void save(event)}>
        <Fields trip={trip} leg={leg} before={before} platform={platform} wrongCost={wrongCost} />
        <p className="text-sm text-soft">{tripWords.mark.optional}</p>
        <p className="flex flex-wrap gap-2">
          <button type="submit" className="button primary" disabled={busy}>
            {tripWords.mark.save}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {tripWords.mark.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** A hand-off of this leg that nobody has answered for is answered by the booking. Nobody waits for it. */
function noteOutcome(tripId: string, legIndex: number): void {
  const click = pendingClick(tripId, legIndex, Date.now());
  if (!click) return;
  dropClick(tripId, legIndex, Date.now());
  tellOutcome(click.clickId, true).catch(() => undefined);
}

/** Empty fields empty what was recorded; null: the cost is no amount. */
function detailsOf(form: FormData): BookingDetails | null {
  const text = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const costText = text('cost');
  const cost = costText === null ? null : parseRupees(costText);
  if (costText !== null && cost === null) return null;
  const bookingRef = text('bookingRef');
  const details = { platform: text('platform'), bookingRef, cost, fareClass: text('fareClass') };
  return cost === null ? details : { ...details, currency: 'INR' };
}

interface FieldsProps {
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly before: BookingLeg;
  readonly platform: string | null;
  readonly wrongCost: boolean;
}

function Fields({ trip, leg, before, platform, wrongCost }: FieldsProps) {
  const id = useId();
  const { mark } = tripWords;
  const party = siteWords.units.party(trip.passengers);
  const price = leg.whole?.price;
  return (
    <>
      <Field id={`${id}-platform`} label={mark.platform}>
        <PlatformField
          id={`${id}-platform`}
          trip={trip}
          leg={leg}
          initial={before.platform ?? platform ?? ''}
        />
      </Field>
      <Field id={`${id}-ref`} label={mark.reference} hint={mark.referenceHint}>
        <input
          id={`${id}-ref`}
          name="bookingRef"
          className="field"
          maxLength={100}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby={`${id}-ref-hint`}
          defaultValue={before.bookingRef ?? ''}
        />
      </Field>
      <Field
        id={`${id}-cost`}
        label={mark.cost}
        hint={price ? mark.costHint(party, priceRange(price)) : mark.costHintOnly(party)}
        fault={wrongCost ? mark.costWrong : null}
      >
        <input
          id={`${id}-cost`}
          name="cost"
          className="field"
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          aria-invalid={wrongCost}
          aria-describedby={`${id}-cost-hint`}
          defaultValue={before.cost === null ? '' : rupeesText(before.cost)}
        />
      </Field>
      <ClassField leg={leg} initial={before.fareClass ?? ''} />
    </>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault?: string | null;
  readonly children: ReactNode;
}

function Field({ id, label, hint, fault = null, children }: FieldProps) {
  return (
    <div>
      <label htmlFor={id} className="label">
        {label}
      </label>
      {children}
      {hint === undefined && fault === null ? null : (
        <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
          {fault === null ? hint : <span className="font-medium text-accent">{fault}</span>}
        </p>
      )}
    </div>
  );
}

interface PlatformProps {
  readonly id: string;
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly initial: string;
}

/** Free text, since a ticket may come from a counter or an agent; the known platforms are suggested. */
function PlatformField({ id, trip, leg, initial }: PlatformProps) {
  const { data } = useQuery(handOffsQuery(leg.whole, trip.passengers));
  return (
    <>
      <input
        id={id}
        name="platform"
        className="field"
        maxLength={100}
        autoComplete="off"
        list={`${id}-list`}
        defaultValue={initial}
      />
      <datalist id={`${id}-list`}>
        {data?.handOffs.map(({ platform, name }) => (
          <option key={platform}>{name}</option>
        ))}
      </datalist>
    </>
  );
}
