import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Profile } from '../../../src/features/accounts/contract.ts';
import { Field } from '../../components/Field.tsx';
import { profileWords } from '../../words/profile.ts';
import { travellerWords } from '../../words/travellers.ts';
import { Choice } from './Choice.tsx';
import { Part } from './Part.tsx';
import { textOf, useSaveProfile } from './useSaveProfile.ts';

type Profession = NonNullable<Profile['profession']>;

/** As the interface takes it: E.164. */
const PHONE = /^\+[1-9]\d{6,14}$/;

export function AboutForm({ profile }: { readonly profile: Profile }) {
  const { about } = profileWords;
  const { busy, save } = useSaveProfile();
  const [wrongPhone, setWrongPhone] = useState(false);
  const { name, phone, profession } = profile;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = textOf(form, 'phone')?.replaceAll(/[\s()-]/gu, '') ?? null;
    const wrong = typed !== null && !PHONE.test(typed);
    setWrongPhone(wrong);
    if (wrong) return event.currentTarget.querySelector<HTMLInputElement>('[name=phone]')?.focus();
    const told = textOf(form, 'profession') as Profession | null;
    void save({ name: textOf(form, 'name'), phone: typed, profession: told }, { name, phone, profession });
  };
  const professions: Readonly<Record<string, string>> = {
    ...travellerWords.professions,
    SENIOR_CITIZEN: about.senior,
    OTHER: about.other,
  };
  return (
    <Part id="about" title={about.title} busy={busy} onSubmit={submit}>
      <Field label={about.name} hint={about.nameHint}>
        {(ties) => (
          <input
            {...ties}
            name="name"
            className="field"
            autoComplete="name"
            maxLength={200}
            defaultValue={name ?? ''}
          />
        )}
      </Field>
      <Field label={about.phone} hint={about.phoneHint} error={wrongPhone ? about.phoneWrong : null}>
        {(ties) => (
          <input
            {...ties}
            name="phone"
            type="tel"
            className="field"
            autoComplete="tel"
            maxLength={24}
            defaultValue={phone ?? ''}
          />
        )}
      </Field>
      <Choice label={about.profession} name="profession" value={profession} choices={professions} />
    </Part>
  );
}
