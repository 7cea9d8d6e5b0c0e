/** Notices of networks: what was wrong in their feeds. */
import type { Queryable } from '../../database/connect.ts';
import type { Notice } from '../../gtfs/notice.ts';
import { newId, type NetworkId } from '../../units/ids.ts';
import type { NetworkNotice, NoticeCode } from './contract.ts';

const NOTICES_PER_STATEMENT = 2000;

export async function insertNotices(tx: Queryable, id: NetworkId, notices: readonly Notice[]): Promise<void> {
  for (let from = 0; from < notices.length; from += NOTICES_PER_STATEMENT) {
    const part = notices.slice(from, from + NOTICES_PER_STATEMENT);
    await tx.query({
      text: `INSERT INTO network_notices (id, network_id, severity, code, feed, file, row_number, column_name, value, message)
             SELECT n.id, $1, n.severity, n.code, n.feed, nullif(n.file, ''), n.row_number, n.column_name, n.value, n.message
             FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[])
               AS n(id, severity, code, feed, file, row_number, column_name, value, message)`,
      values: [
        id,
        part.map(() => newId()),
        part.map((notice) => notice.severity),
        part.map((notice) => notice.code),
        part.map((notice) => notice.feed),
        part.map((notice) => notice.file),
        part.map((notice) => notice.row),
        part.map((notice) => notice.column),
        part.map((notice) => notice.value),
        part.map((notice) => notice.message),
      ],
    });
  }
}

const SEVERITY_RANK = `array_position(ARRAY['ERROR', 'WARNING', 'INFO'], severity)`;

export interface NoticeFilter {
  readonly severity?: string;
  readonly code?: string;
  readonly limit?: number;
}

/** Errors first, then by code, file and line. */
export async function selectNotices(
  db: Queryable,
  id: string,
  filter: NoticeFilter,
): Promise<NetworkNotice[]> {
  const { rows } = await db.query<
    Omit<NetworkNotice, 'row' | 'column'> & { row_number: number; column_name: string }
  >({
    text: `SELECT severity, code, feed, file, row_number, column_name, value, message FROM network_notices
           WHERE network_id = $1 AND ($2::text IS NULL OR severity = $2) AND ($3::text IS NULL OR code = $3)
           ORDER BY ${SEVERITY_RANK}, code, feed, file, row_number NULLS FIRST, id
           LIMIT $4`,
    values: [id, filter.severity ?? null, filter.code ?? null, filter.limit ?? null],
  });
  return rows.map(({ row_number: row, column_name: column, ...notice }) => ({ ...notice, row, column }));
}

const NOTICE_PLACE = `${SEVERITY_RANK}, code, feed, coalesce(file, ''), coalesce(row_number, -1), id`;

/** Notices behind that with id `after`, or the first; null when the network has no notice with that id. */
export async function selectNoticePage(
  db: Queryable,
  id: string,
  filter: {
    readonly severity?: string | undefined;
    readonly code?: string | undefined;
    readonly feed?: string | undefined;
    readonly file?: string | undefined;
  },
  after: string | null,
  limit: number,
): Promise<(NetworkNotice & { readonly id: string })[] | null> {
  if (after !== null) {
    const { rowCount } = await db.query({
      name: 'notice of network',
      text: 'SELECT FROM network_notices WHERE id = $1 AND network_id = $2',
      values: [after, id],
    });
    if (rowCount === 0) return null;
  }
  const { rows } = await db.query<NetworkNotice & { readonly id: string } & Record<string, unknown>>({
    name: 'page of notices',
    text: `SELECT id, severity, code, feed, file, row_number AS "row", column_name AS "column", value, message
           FROM network_notices
           WHERE network_id = $1 AND ($2::text IS NULL OR severity = $2) AND ($3::text IS NULL OR code = $3)
             AND ($4::text IS NULL OR feed = $4) AND ($5::text IS NULL OR file = $5)
             AND ($6::text IS NULL OR (${NOTICE_PLACE}) > (SELECT ${NOTICE_PLACE} FROM network_notices WHERE id = $6))
           ORDER BY ${NOTICE_PLACE} LIMIT $7`,
    values: [
      id,
      filter.severity ?? null,
      filter.code ?? null,
      filter.feed ?? null,
      filter.file ?? null,
      after,
      limit,
    ],
  });
  return rows;
}

export async function selectNoticeCodes(db: Queryable, id: string): Promise<NoticeCode[]> {
  const { rows } = await db.query<NoticeCode & Record<string, unknown>>({
    name: 'codes of notices',
    text: `SELECT severity, code, count(*)::int AS count FROM network_notices WHERE network_id = $1
           GROUP BY severity, code ORDER BY ${SEVERITY_RANK}, count DESC, code`,
    values: [id],
  });
  return rows;
}
