import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleTableSummary } from '../../../src/features/rule-tables/contract.ts';
import { ruleTableQuery } from '../../api/data.ts';
import { Certainty } from '../../components/Certainty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Fold } from '../../components/Fold.tsx';
import { navigate, useAddress } from '../../router/location.ts';
import { dataWords } from '../../words/data.ts';
import { longDate } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tableGroups } from './groups.ts';
import { blocksOf } from './provenance.ts';
import { RuleBlock } from './RuleBlock.tsx';

const grades = ['A', 'B', 'C', 'D'] as const;

/** Every table, folded; the address names the one that was opened last, so that it can be pointed at. */
export function RuleTables({ tables }: { readonly tables: readonly RuleTableSummary[] }) {
  const rows = tables.reduce((all, { rowCount }) => all + rowCount, 0);
  return (
    <section aria-labelledby="tables" className="mt-12">
      <h2 id="tables" className="section-title">
        {dataWords.tables}
      </h2>
      <p className="max-w-prose">{dataWords.tablesText(tables.length, rows)}</p>
      {tableGroups(tables).map(({ group, tables: ofGroup }) => (
        <section key={group} aria-labelledby={`group-${group}`} className="mt-6">
          <h3 id={`group-${group}`} className="mb-1 font-serif text-lg font-semibold">
            {dataWords.groups[group]}
          </h3>
          <div className="double-rule">
            {ofGroup.map((table) => (
              <OneTable key={table.name} table={table} />
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}

const titleOf = ({ name, title }: RuleTableSummary): string => {
  const titles: Readonly<Record<string, string>> = dataWords.titles;
  return titles[name] ?? title;
};

function OneTable({ table }: { readonly table: RuleTableSummary }) {
  const { name, rowCount, certainties, verifiedFrom } = table;
  const named = useAddress().hash === `#${name}`;
  const [opened, setOpened] = useState(named);
  const title = titleOf(table);
  const toggled = (open: boolean): void => {
    setOpened(open);
    if (open && !named) navigate(`#${name}`, { replace: true, keepScroll: true });
  };
  return (
    <Fold
      id={name}
      open={opened}
      onToggle={toggled}
      title={
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <span className="min-w-52 flex-1 font-medium">{title}</span>
          <span className="flex flex-wrap items-center gap-x-3 text-sm text-soft">
            {dataWords.rows(rowCount)}
            {grades
              .filter((grade) => certainties[grade] > 0)
              .map((grade) => (
                <span key={grade} className="inline-flex items-center gap-1">
                  <Certainty grade={grade} word={false} />
                  {certainties[grade]}
                </span>
              ))}
          </span>
          <span className="w-full text-sm text-soft">{dataWords.checked(longDate(verifiedFrom))}</span>
        </span>
      }
    >
      <Rows name={name} title={title} opened={opened} />
    </Fold>
  );
}

interface RowsProps {
  readonly name: string;
  readonly title: string;
  readonly opened: boolean;
}

function Rows({ name, title, opened }: RowsProps) {
  const { data, error, refetch } = useQuery(ruleTableQuery(name, opened));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <p aria-busy={opened}>{opened ? siteWords.loading : null}</p>;
  return (
    <>
      <div className="grid grid-cols-1 gap-6">
        {blocksOf(data.rows).map((block) => (
          <RuleBlock key={block.rows[0]!.line} block={block} title={title} />
        ))}
      </div>
      <p className="mt-2">
        <a className="link inline-flex min-h-11 items-center text-sm" href={`/api/v1/data/${name}`}>
          {dataWords.raw}
        </a>
      </p>
    </>
  );
}
