import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Profile, ProfileChange } from '../../../src/features/accounts/contract.ts';
import { Field } from '../../components/Field.tsx';
import { Fold } from '../../components/Fold.tsx';
import { Icon } from '../../components/Icon.tsx';
import { profileWords } from '../../words/profile.ts';
import { travellerWords } from '../../words/travellers.ts';
import { Choice } from './Choice.tsx';
import { Part } from './Part.tsx';
import { textOf, useSaveProfile } from './useSaveProfile.ts';

type Stored = NonNullable<ProfileChange['traveller']>;

const isYear = (text: string): boolean => /^(19|20)\d{2}$/.test(text);

/** What concession rules ask, all of it optional; health folds away. */
export function TravellerForm({ profile }: { readonly profile: Profile }) {
  const { traveller: words } = profileWords;
  const { busy, save } = useSaveProfile();
  const [wrongYear, setWrongYear] = useState(false);
  // What is stored was checked by the same rules when it was written.
  const stored = profile.traveller as Stored;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const year = textOf(form, 'birthYear');
    const wrong = year !== null && !isYear(year);
    setWrongYear(wrong);
    if (wrong) return event.currentTarget.querySelector<HTMLInputElement>('[name=birthYear]')?.focus();
    void save({ traveller: travellerOf(form, year) }, { traveller: stored });
  };
  return (
    <Part id="traveller" title={words.title} intro={words.intro} busy={busy} onSubmit={submit}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={words.birthYear} error={wrongYear ? words.birthYearWrong : null}>
          {(ties) => (
            <input
              {...ties}
              name="birthYear"
              inputMode="numeric"
              autoComplete="bday-year"
              maxLength={4}
              className="field"
              defaultValue={stored.birthYear ?? ''}
            />
          )}
        </Field>
        <Choice
          label={travellerWords.gender}
          name="gender"
          value={stored.gender}
          choices={travellerWords.genders}
        />
        <Choice
          label={travellerWords.state}
          name="domicileState"
          value={stored.domicileState}
          choices={travellerWords.states}
        />
        <Choice
          label={travellerWords.profile}
          name="profile"
          value={stored.profile === 'default' ? null : stored.profile}
          choices={travellerWords.profiles}
        />
      </div>
      <Folded stored={stored} />
    </Part>
  );
}

/** Open when something of it is said already. */
function Folded({ stored }: { readonly stored: Stored }) {
  const { traveller: words } = profileWords;
  const told = stored.disability ?? stored.patient;
  return (
    <div className="border-t border-rule">
      <Fold open={told !== undefined} title={<span className="font-medium">{words.health}</span>}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Choice
            label={travellerWords.disability}
            name="disability"
            value={stored.disability}
            choices={travellerWords.disabilities}
          />
          <Choice label={words.patient} name="patient" value={stored.patient} choices={words.patients} />
        </div>
      </Fold>
      <Fold
        open={(stored.groups ?? []).length > 0}
        title={<span className="font-medium">{words.groups}</span>}
      >
        <div className="grid gap-2 sm:grid-cols-2">
          {Object.entries(words.groupNames).map(([group, text]) => (
            <label key={group} className="choice many">
              <input
                type="checkbox"
                name="groups"
                value={group}
                defaultChecked={stored.groups?.some((one) => one === group)}
              />
              {text}
              <span className="tick">
                <Icon name="tick" size={16} />
              </span>
            </label>
          ))}
        </div>
      </Fold>
    </div>
  );
}

/** What is not said is left out, as the interface wants it. */
function travellerOf(form: FormData, year: string | null): Stored {
  const groups = form.getAll('groups') as NonNullable<Stored['groups']>;
  const told = {
    birthYear: year === null ? null : Number(year),
    gender: textOf(form, 'gender'),
    domicileState: textOf(form, 'domicileState'),
    disability: textOf(form, 'disability'),
    patient: textOf(form, 'patient'),
    profile: textOf(form, 'profile'),
    groups: groups.length === 0 ? null : groups,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
}
