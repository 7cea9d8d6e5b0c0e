import { useRef, useState } from 'react';
import { checkDraft, checkedFields } from '../search/check.ts';
import type { Draft, FieldErrors } from '../search/check.ts';
import type { TripQuery } from '../search/query.ts';
import { dateAfter, today } from '../words/say.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { announce } from './Announcer.tsx';
import { ModeChoice, PassengerStepper, PreferenceChoice } from './Choices.tsx';
import { Icon } from './Icon.tsx';
import { PlaceField } from './PlaceField.tsx';
import { DateField, TimeField } from './WhenFields.tsx';

interface Props {
  readonly initial: TripQuery;
  readonly onSubmit: (query: TripQuery) => void;
}

export function SearchForm({ initial, onSubmit }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => ({
    ...initial,
    date: initial.date ?? dateAfter(today(Date.now()), 0),
    noMode: false,
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  const submit = (event: React.SubmitEvent): void => {
    event.preventDefault();
    const found = checkDraft(draft, today(Date.now()));
    setErrors(found);
    const wrong = checkedFields.filter((name) => found[name] !== undefined);
    if (wrong[0] === undefined) {
      const { noMode: _noMode, ...query } = draft;
      onSubmit(query);
      return;
    }
    announce(`${searchWords.form.problems(wrong.length)} ${wrong.map((name) => found[name]).join(' ')}`);
    const first = wrong[0] === 'modes' ? 'input[type=checkbox]' : `[name=${wrong[0]}]`;
    form.current?.querySelector<HTMLInputElement>(first)?.focus();
  };
  const swap = (): void => {
    change({ origin: draft.destination, destination: draft.origin });
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
          error={errors.origin ?? null}
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
          error={errors.destination ?? null}
          onChange={(destination) => change({ destination })}
        />
      </div>
      <WhenAndWho draft={draft} errors={errors} change={change} />
    </form>
  );
}

interface RestProps {
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly change: (part: Partial<Draft>) => void;
}

/** On a phone, what is optional folds into one line that says what is set. */
function WhenAndWho({ draft, errors, change }: RestProps) {
  const [unfolded, setUnfolded] = useState(false);
  const folded = unfolded || errors.modes !== undefined ? '' : 'max-md:hidden';
  return (
    <>
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2 lg:grid-cols-[1fr_1fr_auto]">
        <DateField
          value={draft.date ?? ''}
          error={errors.date ?? null}
          onChange={(date) => change({ date })}
        />
        <button
          type="button"
          className="flex min-h-11 items-center justify-between gap-3 border-y border-rule py-1.5 text-left text-sm md:hidden"
          aria-expanded={folded === ''}
          onClick={() => setUnfolded(!unfolded)}
        >
          <span>
            <span className="sr-only">{searchWords.form.options}: </span>
            {optionsLine(draft)}
          </span>
          <span className={folded === '' ? 'rotate-180' : ''}>
            <Icon name="down" size={16} />
          </span>
        </button>
        <div className={folded}>
          <TimeField
            time={draft.time}
            arriveBy={draft.arriveBy}
            onChange={(time, arriveBy) => change({ time, arriveBy })}
          />
        </div>
        <div className={folded}>
          <PassengerStepper value={draft.passengers} onChange={(passengers) => change({ passengers })} />
        </div>
      </div>
      <div className="grid items-end gap-x-6 gap-y-4 md:grid-cols-2 lg:grid-cols-[auto_1fr_auto]">
        <div className={folded}>
          <PreferenceChoice
            legend={searchWords.form.preference}
            name="preference"
            value={draft.preference}
            onChange={(preference) => change({ preference })}
          />
        </div>
        <div className={folded}>
          <ModeChoice
            value={draft.modes}
            none={draft.noMode}
            error={errors.modes ?? null}
            onChange={(modes) => change(modes === null ? { noMode: true } : { modes, noMode: false })}
          />
        </div>
        <button type="submit" className="button primary px-8 md:col-span-2 lg:col-span-1">
          <Icon name="search" />
          {searchWords.form.submit}
        </button>
      </div>
    </>
  );
}

/** "Any time · 2 travellers · Balanced · all ways to travel". */
function optionsLine(draft: Draft): string {
  const by = draft.arriveBy ? searchWords.form.arriveBy : searchWords.form.leaveAfter;
  return [
    draft.time === null ? searchWords.form.anyTime : `${by} ${draft.time}`,
    siteWords.units.party(draft.passengers),
    siteWords.preferences[draft.preference],
    draft.modes.length === 0
      ? searchWords.form.allModes
      : draft.modes.map((mode) => siteWords.modes[mode].toLowerCase()).join(', '),
  ].join(' · ');
}
