import { useState } from 'react';
import type { ReactNode } from 'react';
import { LegBar } from '../../components/LegBar.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import type { Route } from '../../search/shapes.ts';
import { resultWords } from '../../words/results.ts';
import { clockOf, dayName, durationText, modeSentence, priceRange } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { comfortTexts, RiskChip } from './Cautions.tsx';

export const MOST_COMPARED = 3;

interface Props {
  readonly routes: readonly Route[];
  readonly passengers: number;
  readonly onClear: () => void;
}

/** What was put beside each other, at the foot of the window; opened, a table with an option in each column. */
export function CompareBar({ routes, passengers, onClear }: Props) {
  const [open, setOpen] = useState(false);
  const { compare } = resultWords;
  if (routes.length === 0) return null;
  return (
    <section aria-label={compare.bar(routes.length)} className="compare-bar">
      <p className="min-w-0 flex-1">{compare.bar(routes.length)}</p>
      <button
        type="button"
        className="button primary"
        disabled={routes.length < 2}
        onClick={() => setOpen(true)}
      >
        {compare.open}
      </button>
      <button type="button" className="link-button" onClick={onClear}>
        {compare.clear}
      </button>
      {open ? (
        <Sheet title={compare.title} onClose={() => setOpen(false)}>
          <CompareTable routes={routes} passengers={passengers} />
        </Sheet>
      ) : null}
    </section>
  );
}

function CompareTable({ routes, passengers }: Pick<Props, 'routes' | 'passengers'>) {
  const { compare, card } = resultWords;
  const rows: [name: string, draw: (route: Route) => ReactNode][] = [
    [compare.leaves, ({ departure }) => `${dayName(departure)} ${clockOf(departure)}`],
    [compare.arrives, ({ arrival }) => `${dayName(arrival)} ${clockOf(arrival)}`],
    [compare.time, ({ durationMinutes }) => durationText(durationMinutes)],
    [compare.changes, ({ changes }) => siteWords.units.changes(changes)],
    [
      compare.price,
      ({ effectivePrice, price }) => {
        const paid = effectivePrice ?? price;
        return paid === null ? card.noPrice : `${priceRange(paid)} ${card.forParty(passengers)}`;
      },
    ],
    [compare.safety, ({ risk }) => (risk === null ? '' : <RiskChip change={risk} />)],
    [
      compare.comfort,
      (route) => {
        const texts = comfortTexts(route);
        return texts.length === 0 ? compare.nothingHard : texts.map(({ text }) => text).join('; ');
      },
    ],
  ];
  return (
    // Three columns are wider than a phone: the table scrolls in itself, by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="overflow-x-auto" tabIndex={0} aria-label={compare.title}>
      <table className="compare-table">
        <thead>
          <tr>
            {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing to head */}
            <td />
            {routes.map((route) => (
              <th key={route.id} scope="col">
                {modeSentence(route.legs.map(({ mode }) => mode))}
                <LegBar route={route} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, draw]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {routes.map((route) => (
                <td key={route.id}>{draw(route)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
