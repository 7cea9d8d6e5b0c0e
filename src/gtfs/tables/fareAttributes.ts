import type { FareTransfer } from '../../engine/fares/family.ts';
import type { NoticeLog } from '../notice.ts';
import { type Price, priceOf } from '../price.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Agencies } from './agency.ts';

export interface FareAttribute {
  readonly id: string;
  readonly price: Price;
  /** Index of the agency whose fare it is, or -1 for every agency. */
  readonly agency: number;
  /** Further rides that one payment covers; `null`: none. */
  readonly transfer: FareTransfer | null;
}

/** An empty `transfers` means any number; no journey found here has more rides. */
const ANY_NUMBER = 10;
const DAY_SECONDS = 86_400;

/** Fares of GTFS "Fares V1" by `fare_id`; the rules beside them say where they hold. */
export async function readFareAttributes(
  source: FeedSource,
  log: NoticeLog,
  agencies: Agencies,
): Promise<Map<string, FareAttribute>> {
  const fares = new Map<string, FareAttribute>();
  const spec = { required: ['fare_id', 'price', 'currency_type'], essential: false };
  await readTable(source, 'fare_attributes.txt', log, spec, (row) => {
    const id = row.id('fare_id');
    if (id === null) return;
    if (fares.has(id)) {
      row.notice('DUPLICATE_KEY', 'fare_id', 'This fare was given before; the row was left out.');
      return;
    }
    const price = priceOf(row, 'price', 'currency_type');
    if (price === null) return;
    const owner = row.text('agency_id');
    const agency = owner === '' ? -1 : agencies.byId.get(owner);
    if (agency === undefined) {
      row.notice('UNKNOWN_REFERENCE', 'agency_id', 'This agency is not in agency.txt; the row was left out.');
      return;
    }
    const transfer = readTransfer(row);
    if (transfer !== undefined) fares.set(id, { id, price, agency, transfer });
  });
  return fares;
}

/** `undefined` with a notice when a field is no number. */
function readTransfer(row: TableRow): FareTransfer | null | undefined {
  const count = row.integer('transfers', 0, 5, ANY_NUMBER);
  const seconds = row.integer('transfer_duration', 0, 366 * DAY_SECONDS, DAY_SECONDS);
  if (count === null || seconds === null) return undefined;
  if (count === 0) return null;
  return { minutes: Math.floor(Math.min(seconds, DAY_SECONDS) / 60), priceMinor: 0, count };
}
