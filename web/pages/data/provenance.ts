/** The lines of a table, put together by where they are from. */
import type { RuleRow } from '../../../src/features/rule-tables/contract.ts';

export interface Block {
  readonly from: Pick<RuleRow, 'source' | 'validFrom' | 'validTo' | 'verifiedOn' | 'certainty'>;
  readonly rows: readonly RuleRow[];
  /** Columns in which at least one line says something. */
  readonly columns: readonly string[];
}

/** In the order of the lines that begin them. */
export function blocksOf(rows: readonly RuleRow[]): Block[] {
  const blocks = new Map<string, RuleRow[]>();
  for (const row of rows) {
    const key = [row.source, row.validFrom, row.validTo, row.verifiedOn, row.certainty].join('\n');
    blocks.set(key, [...(blocks.get(key) ?? []), row]);
  }
  return [...blocks.values()].map((ofBlock) => ({
    from: ofBlock[0]!,
    rows: ofBlock,
    columns: columnsOf(ofBlock),
  }));
}

const columnsOf = (rows: readonly RuleRow[]): string[] =>
  Object.keys(rows[0]!.figures).filter((column) =>
    rows.some(({ figures }) => (figures[column] ?? '') !== ''),
  );

const MINOR = /(^|_)minor(_|$)/;

/** `per_km_minor` → `per km ₹`: a column in words, amounts in rupees. */
export const columnName = (column: string): string =>
  (MINOR.test(column) ? `${column.replace(MINOR, '$2').replace(/^_/, '')} ₹` : column)
    .replaceAll('_', ' ')
    .trim();

/** What stands in the column; of an amount in paise its rupees, to the paisa. Lists get room to break. */
export function cellText(column: string, value: string): string {
  if (MINOR.test(column) && /^-?\d+(\.\d+)?$/.test(value)) return String(Number(value) / 100);
  return value.replaceAll(';', '; ');
}
