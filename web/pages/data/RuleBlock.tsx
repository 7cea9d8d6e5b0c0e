import type { RuleRow } from '../../../src/features/rule-tables/contract.ts';
import { Certainty } from '../../components/Certainty.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { useToday } from '../../search/useToday.ts';
import { formatDate } from '../../../src/units/time.ts';
import { dataWords } from '../../words/data.ts';
import { longDate } from '../../words/say.ts';
import { type Block, cellText, columnName } from './provenance.ts';

/** Beyond this many columns a line is read as a list, not as a row. */
const MOST_COLUMNS = 7;

/** Lines from one source: where they are from once, then what they say. */
export function RuleBlock({ block, title }: { readonly block: Block; readonly title: string }) {
  const { from, columns } = block;
  const today = formatDate(useToday());
  const ended = from.validTo !== null && from.validTo < today;
  const { source, validFrom, validTo, verifiedOn, certainty } = from;
  const valid =
    validTo === null
      ? dataWords.validSince(longDate(validFrom))
      : dataWords.validBetween(longDate(validFrom), longDate(validTo));
  return (
    <div>
      <p lang="en" className="wrap-anywhere">
        {source}
      </p>
      <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
        <Certainty grade={certainty} />
        <span>
          {valid}
          {ended ? <strong className="text-accent"> ({dataWords.ended})</strong> : null}
        </span>
        <span>{dataWords.verified(longDate(verifiedOn))}</span>
      </p>
      {columns.length > MOST_COLUMNS ? (
        <Lists block={block} />
      ) : (
        <Figures block={block} label={`${dataWords.figures(title, source)} · ${block.rows[0]!.line}`} />
      )}
    </div>
  );
}

/** The columns are called as in the file, which is written in English. */
function Figures({ block: { columns, rows }, label }: { readonly block: Block; readonly label: string }) {
  return (
    <ScrollRegion label={label}>
      <table lang="en" className="figures">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              {columns.map((column) => (
                <td key={column}>{textAt(row, column)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Lists({ block: { columns, rows } }: { readonly block: Block }) {
  return (
    <ol lang="en" className="wrap-anywhere divide-y divide-rule border-y border-rule bg-sheet">
      {rows.map((row) => (
        <li key={row.line} className="px-3 py-3">
          <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {columns
              .filter((column) => row.figures[column])
              .map((column) => (
                <div key={column} className="min-w-0">
                  <dt className="inline text-soft">{columnName(column)} </dt>
                  <dd className="inline break-words font-medium">{textAt(row, column)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

const textAt = (row: RuleRow, column: string): string => cellText(column, row.figures[column] ?? '');
