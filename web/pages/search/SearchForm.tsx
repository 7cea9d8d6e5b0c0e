import { useRef, useState } from 'react';
import { announce } from '../../components/Announcer.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Segments } from '../../components/Segments.tsx';
import { checkDraft } from '../../search/check.ts';
import type { Draft, FieldErrors } from '../../search/check.ts';
import { preferenceOrder } from '../../search/query.ts';
import type { TripQuery } from '../../search/query.ts';
import { dateAfter, today } from '../../words/say.ts';
import { searchWords } from '../../words/search.ts';
import { siteWords } from '../../words/site.ts';
import { ModeChoice } from './ModeChoice.tsx';
import { PlaceField } from './PlaceField.tsx';
import { AddStop, StopList } from './StopList.tsx';
import { TravellersField } from './TravellersField.tsx';
import { DateField, TimeField } from './WhenFields.tsx';

interface Props {
  readonly initial: TripQuery;
  readonly onSubmit: (query: TripQuery) => void;
}

const draftOf = (query: TripQuery): Draft => ({
  ...query,
  stops: query.stops.map((stop, key) => ({ ...stop, key })),
  date: query.date ?? dateAfter(today(Date.now()), 0),
  noMode: false,
});

export function SearchForm({ initial, onSubmit }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const [errors, setErrors] = useState<FieldErrors>({});
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  const submit = (event: React.SubmitEvent): void => {
    event.preventDefault();
    const found = checkDraft(draft, today(Date.now()));
    setErrors(found);
    const [first] = Object.keys(found);
    if (first === undefined) {
      const { noMode: _noMode, ...query } = draft;
      onSubmit({ ...query, stops: query.stops.map(({ key: _key, ...stop }) => stop) });
      return;
    }
    announce(`${searchWords.form.problems(Object.keys(found).length)} ${Object.values(found).join(' ')}`);
    const field = first === 'modes' ? 'input[type=checkbox]' : `[name=${first}]`;
    form.current?.querySelector<HTMLInputElement>(field)?.focus();
  };
  const swap = (): void => {
    change({ origin: draft.destination, destination: draft.origin, stops: draft.stops.toReversed() });
    announce(searchWords.form.swapped(draft.destination.text, draft.origin.text));
  };

  return (
    <form
      ref={form}
      noValidate
      aria-label={searchWords.form.label}
      onSubmit={submit}
      className="double-rule grid gap-x-6 gap-y-4 border-b border-b-ink bg-sheet px-4 py-5 md:px-6"
    >
      <div className="grid items-start gap-x-3 gap-y-3 md:grid-cols-[1fr_auto_1fr]">
        <PlaceField
          label={searchWords.form.from}
          name="origin"
          value={draft.origin}
          error={errors['origin'] ?? null}
          onChange={(origin) => change({ origin })}
        />
        <button
          type="button"
          className="button z-1 w-11 justify-self-end px-0! max-md:-mt-1.5 max-md:-mb-8 md:mt-6"
          aria-label={searchWords.form.swap}
          onClick={swap}
        >
          <span className="max-md:rotate-90">
            <Icon name="swap" />
          </span>
        </button>
        <PlaceField
          label={searchWords.form.to}
          name="destination"
          value={draft.destination}
          error={errors['destination'] ?? null}
          onChange={(destination) => change({ destination })}
        />
      </div>
      <StopList stops={draft.stops} errors={errors} onChange={(stops) => change({ stops })} />
      <div className="-my-3">
        <AddStop stops={draft.stops} onChange={(stops) => change({ stops })} />
      </div>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4 md:grid-cols-[auto_1fr_1fr] md:gap-x-4 lg:grid-cols-[auto_1fr_1fr_auto]">
        <div className="max-md:col-span-2">
          <DateField
            value={draft.date ?? ''}
            error={errors['date'] ?? null}
            onChange={(date) => change({ date })}
          />
        </div>
        <TimeField
          time={draft.time}
          arriveBy={draft.arriveBy}
          onChange={(time, arriveBy) => change({ time, arriveBy })}
        />
        <TravellersField value={draft} onChange={change} />
        <div className="max-lg:col-span-2 max-md:col-span-2">
          <Segments
            legend={searchWords.form.preference}
            name="preference"
            value={draft.preference}
            choices={preferenceOrder.map((value) => ({ value, text: siteWords.preferences[value] }))}
            onChange={(preference) => change({ preference })}
          />
        </div>
      </div>
      <Wishes draft={draft} errors={errors} change={change} />
    </form>
  );
}

interface WishesProps {
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly change: (part: Partial<Draft>) => void;
}

/** On a phone, ways to travel fold into one line that says what is set. */
function Wishes({ draft, errors, change }: WishesProps) {
  const [unfolded, setUnfolded] = useState(false);
  const folded = !unfolded && errors['modes'] === undefined;
  return (
    <div className="grid items-end gap-x-6 gap-y-4 md:grid-cols-[1fr_auto]">
      <button
        type="button"
        className="flex min-h-11 items-center justify-between gap-3 border-y border-rule py-1.5 text-left text-sm md:hidden"
        aria-expanded={!folded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <span>
          <span className="sr-only">{searchWords.form.options}: </span>
          {draft.modes.length === 0
            ? searchWords.form.allModes
            : siteWords.units.and(draft.modes.map((mode) => siteWords.modes[mode]))}
        </span>
        <span className={folded ? '' : 'rotate-180'}>
          <Icon name="down" size={16} />
        </span>
      </button>
      <div className={folded ? 'max-md:hidden' : ''}>
        <ModeChoice
          value={draft.modes}
          none={draft.noMode}
          error={errors['modes'] ?? null}
          onChange={(modes) => change(modes === null ? { noMode: true } : { modes, noMode: false })}
        />
      </div>
      <button type="submit" className="button primary px-10">
        <Icon name="search" />
        {searchWords.form.submit}
      </button>
    </div>
  );
}
