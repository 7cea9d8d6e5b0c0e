import type { FormEvent, ReactNode } from 'react';
import { profileWords } from '../../words/profile.ts';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly intro?: string;
  readonly busy: boolean;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly children: ReactNode;
}

/** A part of the profile that is saved by its own button. */
export function Part({ id, title, intro, busy, onSubmit, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {intro === undefined ? null : <p className="mb-4 max-w-prose text-sm text-soft">{intro}</p>}
      <form noValidate className="grid gap-4" onSubmit={onSubmit}>
        {children}
        <p>
          <button type="submit" className="button primary" disabled={busy}>
            {profileWords.save}
            <span className="sr-only">{title}</span>
          </button>
        </p>
      </form>
    </section>
  );
}
