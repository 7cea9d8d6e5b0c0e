import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Profile } from '../../../src/features/accounts/contract.ts';
import { ApiError, callApi } from '../../api/client.ts';
import { failureText } from '../../api/failureText.ts';
import { sessionQuery } from '../../api/session.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { toast } from '../../components/Toasts.tsx';
import { forgetUser } from '../../offline/kept.ts';
import { navigate } from '../../router/location.ts';
import { profileWords } from '../../words/profile.ts';
import { longDate } from '../../words/say.ts';
import { textOf, useSaveProfile } from './useSaveProfile.ts';

/** Consent, everything as a file, and the way out. */
export function Privacy({ profile }: { readonly profile: Profile }) {
  const { privacy } = profileWords;
  const [erasing, setErasing] = useState(false);
  return (
    <section aria-labelledby="privacy" className="grid gap-6">
      <h2 id="privacy" className="section-title -mb-3">
        {privacy.title}
      </h2>
      <Consent profile={profile} />
      <div>
        <h3 className="font-semibold">{privacy.export}</h3>
        <p className="text-sm text-soft">{privacy.exportText}</p>
        <p className="mt-2">
          <a className="button" href="/api/v1/me/export" download="routestitch-export.json">
            <Icon name="document" size={18} />
            {privacy.download}
          </a>
        </p>
      </div>
      <div>
        <h3 className="font-semibold">{privacy.erase}</h3>
        <p className="max-w-prose text-sm text-soft">{privacy.eraseText}</p>
        <p className="mt-2">
          <button type="button" className="button" onClick={() => setErasing(true)}>
            <Icon name="bin" size={18} />
            {privacy.erase}
          </button>
        </p>
      </div>
      {erasing ? <Erase email={profile.email} onClose={() => setErasing(false)} /> : null}
    </section>
  );
}

/** Written when it is ticked, and when it is not any more: withdrawing is as easy as consenting. */
function Consent({ profile }: { readonly profile: Profile }) {
  const { privacy } = profileWords;
  const { busy, save } = useSaveProfile();
  const { consent, since } = profile.analytics;
  // Ticked while it is written: a box that stays as it was looks broken.
  const [wished, setWished] = useState<boolean | null>(null);
  const change = async (next: boolean): Promise<void> => {
    setWished(next);
    const text = next ? privacy.given : privacy.taken;
    await save({ analyticsConsent: next }, { analyticsConsent: consent }, text);
    setWished(null);
  };
  return (
    <div>
      <Checkbox
        checked={wished ?? consent}
        disabled={busy}
        describedBy="consent-note"
        onChange={(next) => void change(next)}
      >
        {privacy.consent}
      </Checkbox>
      <p id="consent-note" className="mt-1 max-w-prose text-sm text-soft">
        {privacy.consentHint} {since === null ? null : privacy.since(longDate(since))}
      </p>
    </div>
  );
}

/** The one thing that cannot be undone is asked before: by the address, typed. */
function Erase({ email, onClose }: { readonly email: string; readonly onClose: () => void }) {
  const { privacy } = profileWords;
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const erase = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const confirm = textOf(new FormData(form), 'confirm') ?? '';
    if (confirm.toLowerCase() !== email.toLowerCase()) {
      setWrong(true);
      return form.querySelector('input')?.focus();
    }
    setBusy(true);
    try {
      await callApi('me', { method: 'DELETE', body: { confirm } });
      await forgetUser();
      client.clear();
      client.setQueryData(sessionQuery.queryKey, { user: null });
      navigate('/');
      toast({ text: privacy.erased });
    } catch (error) {
      // Erased from elsewhere meanwhile: that is what was wanted.
      if (error instanceof ApiError && error.status === 401) navigate('/');
      toast({ text: failureText(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog title={privacy.eraseTitle} onClose={onClose}>
      <p className="-mt-2 mb-4 max-w-prose">{privacy.eraseText}</p>
      <form noValidate className="grid gap-4" onSubmit={(event) => void erase(event)}>
        <p className="break-words">{privacy.confirm(email)}</p>
        <Field label={privacy.address} error={wrong ? privacy.wrong : null}>
          {(ties) => (
            <input
              {...ties}
              name="confirm"
              type="email"
              autoComplete="off"
              className="field"
              maxLength={320}
            />
          )}
        </Field>
        <p className="flex flex-wrap gap-2">
          <button type="submit" className="button primary" disabled={busy}>
            {privacy.eraseNow}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {privacy.keep}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
