import type { Transfer } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Stops } from './stops.ts';

const NEEDS_TIME = 2;
const STAY_ON_BOARD = 4;
const ALIGHT_AND_BOARD = 5;
const SCOPES = ['from_route_id', 'to_route_id', 'from_trip_id', 'to_trip_id'];

export async function readTransfers(source: FeedSource, log: NoticeLog, stops: Stops): Promise<Transfer[]> {
  const transfers: Transfer[] = [];
  let ignored = 0;
  const spec = { required: ['transfer_type'], essential: false };
  await readTable(source, 'transfers.txt', log, spec, (row) => {
    const type = row.integer('transfer_type', 0, ALIGHT_AND_BOARD, 0);
    if (type === null) return;
    if (type >= STAY_ON_BOARD || SCOPES.some((column) => row.text(column) !== '')) {
      ignored++;
      return;
    }
    const from = stopOf(row, 'from_stop_id', stops);
    const to = stopOf(row, 'to_stop_id', stops);
    if (from === null || to === null) return;
    const seconds = row.integer('min_transfer_time', 0, 86_400, 0);
    if (seconds === null) return;
    if (type === NEEDS_TIME && row.text('min_transfer_time') === '')
      row.notice('INVALID_OPTION', 'min_transfer_time', 'A time is needed for type 2; walking time is used.');
    // A change at one and the same stop is the traveller's change time, not a way between stops.
    if (from === to) ignored++;
    else transfers.push({ from, to, type: type as Transfer['type'], seconds });
  });
  if (ignored > 0)
    log.add(
      'IGNORED_ROWS',
      { file: 'transfers.txt' },
      `${ignored} rows bind single routes or trips, seats, or a stop to itself; they were not used.`,
    );
  return transfers;
}

function stopOf(row: TableRow, column: string, stops: Stops): number | null {
  const id = row.text(column);
  const stop = stops.byId.get(id);
  if (stop !== undefined) return stop;
  if (!stops.leftOut.has(id))
    row.notice('UNKNOWN_REFERENCE', column, 'This stop is not in stops.txt; the row was left out.');
  return null;
}
