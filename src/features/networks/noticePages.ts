import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError, readInput } from '../../errors.ts';
import {
  type NetworkNotice,
  type NoticeCode,
  type NoticePage,
  type NoticeQuery,
  noticeQuerySchema,
} from './contract.ts';
import { showNetwork } from './networks.ts';
import { selectNoticeCodes, selectNoticePage } from './noticeStore.ts';
import type { Database } from './store.ts';

/**
 * A page of the notices of a network, errors first, then by code, file and line. A page starts after the last notice
 * of the one before. Throws `NOT_FOUND`, and `INVALID_REQUEST` for a cursor that is none of this network.
 * @param most a limit above the contract's, for files.
 */
export const noticePage = (
  db: Database,
  reference: string,
  query: NoticeQuery,
  most?: number,
): Promise<NoticePage> =>
  translatingErrors(async () => {
    const { cursor, limit, ...filter } = readInput(noticeQuerySchema, query);
    const size = most ?? limit;
    const { id } = await showNetwork(db, reference);
    const found = await selectNoticePage(db, id, filter, cursor ?? null, size + 1);
    if (found === null)
      throw new AppError('INVALID_REQUEST', 'cursor: is none of these notices', {
        facts: { fields: [{ path: 'cursor', message: 'is none of these notices' }] },
      });
    const page = found.slice(0, size);
    return {
      notices: page.map(withoutId),
      nextCursor: found.length > size ? (page.at(-1)?.id ?? null) : null,
    };
  });

const withoutId = ({
  severity,
  code,
  feed,
  file,
  row,
  column,
  value,
  message,
}: NetworkNotice): NetworkNotice => ({
  severity,
  code,
  feed,
  file,
  row,
  column,
  value,
  message,
});

/** What kinds of notices a network has, errors first, the most frequent first. Throws `NOT_FOUND`. */
export const noticeCodes = (db: Database, reference: string): Promise<NoticeCode[]> =>
  translatingErrors(async () => selectNoticeCodes(db, (await showNetwork(db, reference)).id));
