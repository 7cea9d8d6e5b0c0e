import { useState } from 'react';
import type { ReactNode } from 'react';
import { LanguageChoice, ThemeChoice } from '../components/Appearance.tsx';
import { Failure } from '../components/Failure.tsx';
import { Icon, modeIcons } from '../components/Icon.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { Segments } from '../components/Segments.tsx';
import { toast } from '../components/Toasts.tsx';
import { preferenceOrder } from '../search/query.ts';
import type { Preference } from '../search/shapes.ts';
import { siteWords } from '../words/site.ts';

/** Every component of our own in its states: what the tests look at, and what a new page is put together from. */
export function Page() {
  const [preference, setPreference] = useState<Preference>('BALANCED');
  return (
    <>
      <PageHeading>{siteWords.styleGuide}</PageHeading>
      <div className="grid gap-8">
        <Section name="Segments">
          <Segments
            legend={siteWords.preferences.BALANCED}
            name="guide"
            value={preference}
            choices={preferenceOrder.map((value) => ({ value, text: siteWords.preferences[value] }))}
            onChange={setPreference}
          />
          <LanguageChoice />
          <ThemeChoice />
        </Section>
        <Section name="Icon">
          <ul className="grid grid-cols-2 sm:grid-cols-3">
            {Object.entries(modeIcons).map(([mode, icon]) => (
              <li key={mode} data-mode={mode} className="flex min-h-12 items-center gap-3">
                <span className="flex h-7 w-14 items-center justify-center bg-mode text-on-mode">
                  <Icon name={icon} size={18} />
                </span>
                {siteWords.modes[mode as keyof typeof modeIcons]}
              </li>
            ))}
          </ul>
        </Section>
        <Section name="Button">
          <p className="flex flex-wrap gap-3">
            <button type="button" className="button">
              {siteWords.close}
            </button>
            <button type="button" className="button primary">
              {siteWords.home}
            </button>
            <button type="button" className="button primary" disabled>
              {siteWords.home}
            </button>
          </p>
        </Section>
        <Section name="Toast">
          <button
            type="button"
            className="button justify-self-start"
            onClick={() =>
              toast({ text: siteWords.empty, undo: () => toast({ text: siteWords.toast.undone }) })
            }
          >
            {siteWords.toast.undo}
          </button>
        </Section>
        <Section name="Failure">
          <Failure error={null} onRetry={() => toast({ text: siteWords.problem.retry })} />
        </Section>
      </div>
    </>
  );
}

function Section({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h2 lang="en" className="mb-3 font-mono text-sm text-soft">
        {name}
      </h2>
      <div className="grid gap-4">{children}</div>
    </section>
  );
}
