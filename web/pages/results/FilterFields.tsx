import { useId } from 'react';
import { formatRupees } from '../../../src/units/money.ts';
import { formatClock, parseClock } from '../../../src/units/time.ts';
import { Chip } from '../../components/Chip.tsx';
import { DAY_END } from '../../search/filters.ts';
import type { Window } from '../../search/filters.ts';
import { roundSteps } from '../../search/tradeOff.ts';
import { resultWords } from '../../words/results.ts';
import { CountChip, ModeChips } from './FilterChips.tsx';
import type { FilterProps } from './FilterChips.tsx';

const safeties = [75, 90, 97] as const;

export function FilterFields({ facets, filters, onChange }: FilterProps) {
  const words = resultWords.filters;
  const most = Math.max(0, ...facets.map(({ changes }) => changes));
  const all = { facets, filters, onChange };
  return (
    <div className="grid gap-6">
      <Group name={words.modes}>
        <ModeChips {...all} />
      </Group>
      <PriceField {...all} />
      <Group name={words.changes}>
        {Array.from({ length: most }, (_, changes) => (
          <CountChip key={changes} part={{ maxChanges: changes }} name={String(changes)} {...all} />
        ))}
        <Chip
          pressed={filters.maxChanges === null}
          onChange={() => onChange({ ...filters, maxChanges: null })}
        >
          {words.anyChanges}
        </Chip>
      </Group>
      <WindowField
        name={words.leave}
        value={filters.leave}
        onChange={(leave) => onChange({ ...filters, leave })}
      />
      <WindowField
        name={words.arrive}
        value={filters.arrive}
        onChange={(arrive) => onChange({ ...filters, arrive })}
      />
      <Group name={words.calmNights} hint={words.calmNightsHint}>
        <CountChip part={{ calmNights: true }} name={words.calmNights} {...all} />
      </Group>
      <Group name={words.acOnly} hint={words.acOnlyHint}>
        <CountChip part={{ acOnly: true }} name={words.acOnly} {...all} />
      </Group>
      <Group name={words.safety}>
        {safeties.map((percent) => (
          <CountChip key={percent} part={{ minSafety: percent }} name={words.safetyValue(percent)} {...all} />
        ))}
        <Chip pressed={filters.minSafety === null} onChange={() => onChange({ ...filters, minSafety: null })}>
          {words.anySafety}
        </Chip>
      </Group>
    </div>
  );
}

interface GroupProps {
  readonly name: string;
  readonly hint?: string;
  readonly children: React.ReactNode;
}

function Group({ name, hint, children }: GroupProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{name}</legend>
      {hint === undefined ? null : <p className="-mt-1 mb-2 text-sm text-soft">{hint}</p>}
      <div className="flex flex-wrap gap-2">{children}</div>
    </fieldset>
  );
}

const PRICE_STEPS = [50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000];

/** A slider over the prices that there are, with the figure beside. */
function PriceField({ facets, filters, onChange }: FilterProps) {
  const id = useId();
  const words = resultWords.filters;
  const prices = facets.flatMap(({ price }) => price ?? []);
  if (prices.length === 0) return null;
  const steps = roundSteps(Math.min(...prices), Math.max(...prices), 20, PRICE_STEPS);
  const [low, high] = [steps[1] ?? steps[0]!, steps.at(-1)!];
  const step = (steps[1] ?? 1) - (steps[0] ?? 0);
  const value = Math.min(filters.maxPrice ?? high, high);
  const text = filters.maxPrice === null ? words.anyPrice : formatRupees(filters.maxPrice * 100);
  return (
    <div>
      <label htmlFor={id} className="mb-2 block font-semibold">
        {words.price}
      </label>
      <div className="flex items-center gap-4">
        <input
          id={id}
          type="range"
          min={low}
          max={high}
          step={step > 0 ? step : 1}
          value={value}
          aria-valuetext={text}
          className="slider"
          onChange={(event) => {
            const next = Number(event.currentTarget.value);
            onChange({ ...filters, maxPrice: next >= high ? null : next });
          }}
        />
        <output htmlFor={id} className="w-28 text-right">
          {text}
        </output>
      </div>
    </div>
  );
}

interface WindowProps {
  readonly name: string;
  readonly value: Window;
  readonly onChange: (window: Window) => void;
}

/** Two clocks, and the same as two sliders; "from" after "to" means over midnight. */
function WindowField({ name, value, onChange }: WindowProps) {
  const words = resultWords.filters;
  const ends = [
    { at: 0, label: words.from },
    { at: 1, label: words.to },
  ] as const;
  const set = (at: 0 | 1, minute: number): void =>
    onChange(at === 0 ? [minute, value[1]] : [value[0], minute]);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{name}</legend>
      <div className="grid gap-3">
        {ends.map(({ at, label }) => (
          <div key={at} className="flex items-center gap-4">
            <input
              type="range"
              min={0}
              max={DAY_END}
              step={15}
              value={value[at]}
              aria-label={`${name}: ${label}`}
              aria-valuetext={formatClock(value[at])}
              className="slider"
              onChange={(event) => {
                const minute = Number(event.currentTarget.value);
                // The last step of the slider is 23:45: it stands for the end of the day.
                set(at, at === 1 && minute > DAY_END - 15 ? DAY_END : minute);
              }}
            />
            <input
              type="time"
              aria-label={`${name}: ${label}`}
              className="field w-28! shrink-0"
              value={formatClock(value[at])}
              onChange={(event) => {
                const minute = parseClock(event.currentTarget.value);
                if (minute !== null) set(at, minute);
              }}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
