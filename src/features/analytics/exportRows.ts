import type { Database } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import {
  beginExport,
  countRows,
  type ExportTable,
  fetchRows,
  type OpenSpan,
  openRows,
} from './exportStore.ts';

export interface ExportRequest {
  readonly table: ExportTable;
  /** Rows of this time; open at either end. */
  readonly span: OpenSpan;
  /** With what names users or their browsers, and the ids of clicks, which are secrets. */
  readonly personal: boolean;
}

export interface ExportPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows with these. */
  readonly done: number;
  readonly total: number;
}

/**
 * Hands on the rows of a table, oldest first, as one moment saw them, some hundreds at a time: who writes them is waited
 * for, and the table is never in memory. The first page has no rows. Answers how many rows there were.
 * @param service a database as rs_service.
 */
export const exportRows = (
  service: Database,
  { table, span, personal }: ExportRequest,
  write: (page: ExportPage) => Promise<void>,
): Promise<number> =>
  translatingErrors(() =>
    service.transaction(async (tx) => {
      await beginExport(tx);
      const columns = await openRows(tx, table, span, personal);
      const total = await countRows(tx, table, span);
      await write({ columns, rows: [], done: 0, total });
      let done = 0;
      for (let rows = await fetchRows(tx); rows.length > 0; rows = await fetchRows(tx)) {
        done += rows.length;
        await write({ columns, rows: rows.map((row) => columns.map((column) => row[column])), done, total });
      }
      return done;
    }),
  );
