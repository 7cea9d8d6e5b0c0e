import type { FormEvent } from 'react';
import type { Profile } from '../../../src/features/accounts/contract.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Field } from '../../components/Field.tsx';
import { profileWords } from '../../words/profile.ts';
import { Part } from './Part.tsx';
import { textOf, useSaveProfile } from './useSaveProfile.ts';

/** Reminders, and when nobody is to be disturbed. */
export function MailForm({ profile }: { readonly profile: Profile }) {
  const { mail } = profileWords;
  const { busy, save } = useSaveProfile();
  const { emailReminders, quietFrom, quietTo } = profile.notifications;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const notifications = {
      emailReminders: form.get('emailReminders') === 'on',
      quietFrom: textOf(form, 'quietFrom') ?? quietFrom,
      quietTo: textOf(form, 'quietTo') ?? quietTo,
    };
    void save({ notifications }, { notifications: { emailReminders, quietFrom, quietTo } });
  };
  return (
    <Part id="mail" title={mail.title} busy={busy} onSubmit={submit}>
      <Checkbox name="emailReminders" defaultChecked={emailReminders}>
        {mail.reminders}
      </Checkbox>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{mail.quiet}</legend>
        <div className="grid grid-cols-2 gap-4 sm:max-w-80">
          <Field label={mail.from}>
            {(ties) => (
              <input {...ties} type="time" name="quietFrom" className="field" defaultValue={quietFrom} />
            )}
          </Field>
          <Field label={mail.to}>
            {(ties) => (
              <input {...ties} type="time" name="quietTo" className="field" defaultValue={quietTo} />
            )}
          </Field>
        </div>
      </fieldset>
    </Part>
  );
}
