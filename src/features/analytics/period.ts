import { AppError } from '../../errors.ts';
import {
  asEpochDay,
  type EpochDay,
  epochMinuteOf,
  formatDate,
  instantOf,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import { type Period, type PeriodQuery, periodQuerySchema } from './contract.ts';

const USUAL_DAYS = 30;
/** A year and the day it is compared with; analytics are kept little longer. */
const MOST_DAYS = 366;

/** A period with the instants at which it begins and ends. */
export interface ReadPeriod {
  readonly period: Period;
  readonly from: Date;
  /** Not in it any more. */
  readonly to: Date;
  readonly days: readonly string[];
}

/** The days that are asked for; default: the last 30. Throws `UNPROCESSABLE` for none, and for more than a year. */
export function readPeriod(query: PeriodQuery, now: number): ReadPeriod {
  const { since, until, zone } = periodQuerySchema.parse(query);
  const today = wallClockAt(epochMinuteOf(now), zone).day;
  const last = until === undefined ? today : parseDate(until)!;
  const first = since === undefined ? asEpochDay(last - USUAL_DAYS + 1) : parseDate(since)!;
  const count = last - first + 1;
  if (count < 1 || count > MOST_DAYS)
    throw new AppError(
      'UNPROCESSABLE',
      count < 1
        ? `since ${formatDate(first)} is after until ${formatDate(last)}`
        : `${count} days are too many: ask for at most ${MOST_DAYS}`,
      { facts: { field: 'since' } },
    );
  const at = (day: number): Date => new Date(instantOf(asEpochDay(day), 0, zone) * 60_000);
  return {
    period: { since: formatDate(first), until: formatDate(last), zone },
    from: at(first),
    to: at(last + 1),
    days: Array.from({ length: count }, (_, index) => formatDate((first + index) as EpochDay)),
  };
}
