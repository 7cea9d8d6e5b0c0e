import type { Queryable } from '../../database/connect.ts';

export interface OpenSpan {
  readonly from: Date | null;
  /** Not in it any more. */
  readonly to: Date | null;
}

/** Columns that are given out; `personal`: only to who asks for them. */
const columns = {
  search_queries: {
    plain: [
      'id',
      'created_at',
      'origin',
      'destination',
      'stops',
      'date',
      'passengers',
      'preference',
      'routes_found',
      'clicked_route',
      'corridor_from',
      'corridor_to',
    ],
    personal: ['user_id', 'ip_hash', 'user_agent'],
  },
  booking_clicks: {
    plain: [
      'created_at',
      'search_id',
      'route',
      'platform',
      'leg',
      'leg_index',
      'affiliate_url',
      'commission_minor',
      'currency',
      'did_book',
      'marked_at',
    ],
    personal: ['id', 'user_id', 'trip_id'],
  },
} as const;
export type ExportTable = keyof typeof columns;
export const exportTables = Object.keys(columns) as ExportTable[];

/** All columns of a table; a test compares them with the database's. */
export const columnsOf = (table: ExportTable): string[] => Object.values(columns[table]).flat();

/** As one moment saw it. Whoever reads the rows may take their time. */
export async function beginExport(tx: Queryable): Promise<void> {
  await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
  await tx.query({ text: `SELECT set_config('idle_in_transaction_session_timeout', '0', true)` });
}

const WITHIN = `($1::timestamptz IS NULL OR created_at >= $1) AND ($2::timestamptz IS NULL OR created_at < $2)`;
const boundsOf = ({ from, to }: OpenSpan): (string | null)[] => [
  from?.toISOString() ?? null,
  to?.toISOString() ?? null,
];

/** Opens the cursor of the transaction; answers its columns. */
export async function openRows(
  tx: Queryable,
  table: ExportTable,
  span: OpenSpan,
  personal: boolean,
): Promise<string[]> {
  const chosen = [...columns[table].plain, ...(personal ? columns[table].personal : [])];
  await tx.query({
    text: `DECLARE exported NO SCROLL CURSOR FOR SELECT ${chosen.join(', ')} FROM ${table} WHERE ${WITHIN} ORDER BY created_at, id`,
    values: boundsOf(span),
  });
  return chosen;
}

export async function countRows(tx: Queryable, table: ExportTable, span: OpenSpan): Promise<number> {
  const { rows } = await tx.query<{ n: number }>({
    text: `SELECT count(*) AS n FROM ${table} WHERE ${WITHIN}`,
    values: boundsOf(span),
  });
  return rows[0]?.n ?? 0;
}

/** Rows of at most 130 KB each: at most 26 MB. */
const PAGE_ROWS = 200;

/** The next rows of the cursor; none at its end. */
export async function fetchRows(tx: Queryable): Promise<Record<string, unknown>[]> {
  const { rows } = await tx.query({ text: `FETCH ${PAGE_ROWS} FROM exported` });
  return rows;
}
