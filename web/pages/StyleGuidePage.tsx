import { useState } from 'react';
import type { ReactNode } from 'react';
import { LanguageChoice, ThemeChoice } from '../components/Appearance.tsx';
import { Chip } from '../components/Chip.tsx';
import { Combobox } from '../components/Combobox.tsx';
import { Failure } from '../components/Failure.tsx';
import { Field } from '../components/Field.tsx';
import { Icon, modeIcons } from '../components/Icon.tsx';
import { LegBar, LegWords } from '../components/LegBar.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { Popover } from '../components/Popover.tsx';
import { Segments } from '../components/Segments.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { Stepper } from '../components/Stepper.tsx';
import { toast } from '../components/Toasts.tsx';
import { exampleRoute } from '../search/exampleRoute.ts';
import { preferenceOrder } from '../search/query.ts';
import type { LegMode, Preference } from '../search/shapes.ts';
import { pointsOf } from '../search/tradeOff.ts';
import { siteWords } from '../words/site.ts';
import { RiskChip } from './results/Cautions.tsx';
import { TradeOffChart } from './results/TradeOffChart.tsx';

const modes = Object.keys(modeIcons) as LegMode[];
const route = exampleRoute({ modes: ['auto', 'train', 'metro', 'flight', 'taxi', 'bus', 'walk'] });
const points = pointsOf([
  exampleRoute({ id: 'a', modes: ['flight'], rupees: 6000 }),
  exampleRoute({ id: 'b', modes: ['train', 'metro', 'bus'], rupees: 1200 }),
  exampleRoute({ id: 'c', modes: ['train', 'bus', 'bus', 'bus'], rupees: 2000 }),
  exampleRoute({ id: 'd', modes: ['bus', 'bus', 'bus', 'bus', 'bus'], rupees: 700 }),
]);

/** Every component of our own in its states: what the tests look at, and what a new page is put together from. */
export function Page() {
  return (
    <>
      <PageHeading>{siteWords.styleGuide}</PageHeading>
      <div className="grid gap-8">
        <Section name="Field, Combobox">
          <Fields />
        </Section>
        <Section name="Segments, Stepper, Chip">
          <Choices />
        </Section>
        <Section name="Button, Popover, Sheet, Toast">
          <Openers />
        </Section>
        <Section name="Icon">
          <ul className="grid grid-cols-2 sm:grid-cols-3">
            {modes.map((mode) => (
              <li key={mode} data-mode={mode} className="flex min-h-12 items-center gap-3">
                <span className="flex h-7 w-14 items-center justify-center bg-mode text-on-mode">
                  <Icon name={modeIcons[mode]} size={18} />
                </span>
                {siteWords.modes[mode]}
              </li>
            ))}
          </ul>
        </Section>
        <Section name="Card, LegBar, RiskChip">
          <article className="card" data-pick>
            <h3 className="mb-2 font-semibold">{siteWords.picks.BALANCED}</h3>
            <LegBar route={route} />
            <LegWords route={route} />
            <p className="mt-2 flex flex-wrap gap-2">
              <RiskChip change={{ word: 'SAFE', probability: 0.96 }} />
              <RiskChip change={{ word: 'TIGHT', probability: 0.81 }} />
              <RiskChip change={{ word: 'RISKY', probability: 0.62 }} />
              <RiskChip change={{ word: 'NO_DATA', probability: null }} />
            </p>
          </article>
        </Section>
        <Section name="Chart">
          <Chart />
        </Section>
        <Section name="Failure, Skeleton">
          <Failure error={null} onRetry={() => toast({ text: siteWords.problem.retry })} />
          <span className="skeleton block h-12 w-full" />
        </Section>
      </div>
    </>
  );
}

function Fields() {
  const [text, setText] = useState('');
  const names = Object.values(siteWords.modes).filter((name) => name.includes(text));
  return (
    <>
      <Field label={siteWords.tabs.me} hint={siteWords.session.why}>
        {(ties) => <input {...ties} className="field" defaultValue={siteWords.name} />}
      </Field>
      <Field label={siteWords.tabs.trips} error={siteWords.problem.title}>
        {(ties) => <input {...ties} className="field" defaultValue="" />}
      </Field>
      <Combobox
        label={siteWords.tabs.search}
        name="guide-combobox"
        text={text}
        placeholder={siteWords.modes.train}
        error={null}
        items={names}
        keyOf={(name) => name}
        renderItem={(name) => <span>{name}</span>}
        heading={siteWords.pages}
        nothing={siteWords.empty}
        onText={setText}
        onPick={setText}
        onOpen={() => undefined}
      />
    </>
  );
}

function Choices() {
  const [preference, setPreference] = useState<Preference>('BALANCED');
  const [count, setCount] = useState(2);
  const [pressed, setPressed] = useState(true);
  return (
    <>
      <Segments
        legend={siteWords.preferences.BALANCED}
        name="guide"
        value={preference}
        choices={preferenceOrder.map((value) => ({ value, text: siteWords.preferences[value] }))}
        onChange={setPreference}
      />
      <LanguageChoice />
      <ThemeChoice />
      <div className="max-w-sm">
        <Stepper
          label={siteWords.units.party(count)}
          name="guide-count"
          value={count}
          least={1}
          most={4}
          fewer="−"
          more="+"
          onChange={setCount}
        />
      </div>
      <p className="flex flex-wrap gap-2">
        <Chip pressed={pressed} onChange={setPressed}>
          {siteWords.picks.SAFEST}
        </Chip>
        <Chip usual icon="train" pressed={pressed} onChange={setPressed}>
          {siteWords.modes.train}
        </Chip>
        <Chip disabled pressed={false} onChange={setPressed}>
          {siteWords.picks.CHEAPEST}
        </Chip>
      </p>
    </>
  );
}

function Openers() {
  const [open, setOpen] = useState(false);
  return (
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
      <Popover label={siteWords.pages} button={siteWords.pages}>
        {() => <p>{siteWords.tagline}</p>}
      </Popover>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {siteWords.aboutData}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => toast({ text: siteWords.empty, undo: () => toast({ text: siteWords.toast.undone }) })}
      >
        {siteWords.toast.undo}
      </button>
      {open ? (
        <Sheet title={siteWords.aboutData} onClose={() => setOpen(false)}>
          <p>{siteWords.honesty}</p>
        </Sheet>
      ) : null}
    </p>
  );
}

function Chart() {
  const [lit, setLit] = useState<string | null>(null);
  return (
    <div className="max-w-sm">
      <TradeOffChart points={points} lit={lit} onLit={setLit} onPick={setLit} />
    </div>
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
