import { setTimeout as sleep } from 'node:timers/promises';
import { sqlStateOf, toAppError, translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import {
  asEpochDay,
  type EpochDay,
  epochMinuteOf,
  formatDate,
  monthsBefore,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import {
  type Database,
  dropPartitions,
  makePartitions,
  partitionedTables,
  type PartitionedTable,
  selectPartitions,
} from './store.ts';

/** Months are UTC, as the partitions are. */
const todayUtc = (): EpochDay => wallClockAt(epochMinuteOf(Date.now()), 'UTC').day;

/**
 * Makes the analytics partitions of this month and the next ones; blocks nobody. Answers the names of new ones.
 * @param service a database as rs_service.
 */
export function ensurePartitions(service: Database, monthsAhead = 3, today = todayUtc()): Promise<string[]> {
  return translatingErrors(async () => {
    const made: string[] = [];
    for (const table of partitionedTables) {
      const before = new Set(await selectPartitions(service, table));
      await makePartitions(service, table, formatDate(today), monthsAhead);
      made.push(...(await selectPartitions(service, table)).filter((name) => !before.has(name)));
    }
    return made;
  });
}

/**
 * Throws `DATABASE` when this month or the next has no partition: a row without one cannot be written.
 * @param service a database as rs_service.
 */
export function checkPartitions(service: Database, today = todayUtc()): Promise<void> {
  return translatingErrors(async () => {
    const thisMonth = formatDate(today).slice(0, 7);
    const nextMonth = formatDate(asEpochDay(parseDate(`${thisMonth}-01`)! + 31)).slice(0, 7);
    for (const table of partitionedTables) {
      const there = await selectPartitions(service, table);
      for (const month of [thisMonth, nextMonth]) {
        const name = `${table}_${month.replace('-', '')}`;
        if (!there.includes(name))
          throw new AppError(
            'DATABASE',
            `The partition ${name} is missing: run \`routestitch maintain partitions\``,
          );
      }
    }
  });
}

/** A year and the month it is compared with. Analytics are kept no longer. */
export const ANALYTICS_MONTHS = 13;

/** A drop needs the table for itself for a moment; while it waits for that, writers of analytics wait behind it. */
const LOCK_MS = 100;
const ATTEMPTS = 40;

/**
 * Drops the analytics of months that ended more than `keepMonths` calendar months ago, a month at once instead of
 * row by row. Answers the names of what went. Throws `UNAVAILABLE` when the tables are never free; try later.
 * @param service a database as rs_service.
 */
export async function dropExpiredPartitions(
  service: Database,
  keepMonths = ANALYTICS_MONTHS,
  today = todayUtc(),
): Promise<string[]> {
  const keepFrom = formatDate(monthsBefore(today, keepMonths));
  const dropped: string[] = [];
  for (const table of partitionedTables) dropped.push(...(await dropPatiently(service, table, keepFrom)));
  return dropped;
}

/** A month a transaction: the table is held for as long as one drop takes, however many are due. */
async function dropPatiently(
  service: Database,
  table: PartitionedTable,
  keepFrom: string,
): Promise<string[]> {
  const there = await selectPartitions(service, table);
  const old = there.filter((name) => name.slice(-6) < keepFrom.slice(0, 7).replace('-', ''));
  for (const name of old) await dropMonth(service, table, monthAfter(name));
  const left = new Set(await selectPartitions(service, table));
  return there.filter((name) => !left.has(name));
}

/** `2025-02-01` of `search_queries_202501`. */
function monthAfter(name: string): string {
  const first = parseDate(`${name.slice(-6, -2)}-${name.slice(-2)}-01`)!;
  return `${formatDate(asEpochDay(first + 31)).slice(0, 7)}-01`;
}

async function dropMonth(service: Database, table: PartitionedTable, keepFrom: string): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await dropPartitions(service, table, keepFrom, LOCK_MS);
      return;
    } catch (error) {
      if (sqlStateOf(error) !== '55P03' || attempt === ATTEMPTS) throw toAppError(error);
      await sleep(LOCK_MS * (0.5 + Math.random()));
    }
}
