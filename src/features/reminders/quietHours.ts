import {
  asEpochDay,
  asEpochMinute,
  type EpochMinute,
  instantOf,
  MINUTES_PER_DAY,
  parseClock,
  wallClockAt,
} from '../../units/time.ts';
import type { Notifications } from '../accounts/contract.ts';

export type QuietHours = Pick<Notifications, 'quietFrom' | 'quietTo' | 'timezone'>;

/** What is moved to before the quiet hours comes so long before they begin. */
const AHEAD_MINUTES = 15;

/** The quiet hours that an instant lies in: their first minute, and the first after them; null outside. */
function quietAround(at: EpochMinute, { quietFrom, quietTo, timezone }: QuietHours) {
  const [from, to] = [parseClock(quietFrom)!, parseClock(quietTo)!];
  const { day, minutes } = wallClockAt(at, timezone);
  const overMidnight = from > to;
  const evening = minutes >= from;
  if (!(overMidnight ? evening || minutes < to : evening && minutes < to)) return null;
  const first = asEpochDay(overMidnight && !evening ? day - 1 : day);
  const last = asEpochDay(overMidnight && evening ? day + 1 : day);
  return { begin: instantOf(first, from, timezone), end: instantOf(last, to, timezone) };
}

export const isQuiet = (at: EpochMinute, hours: QuietHours): boolean => quietAround(at, hours) !== null;

/**
 * The same instant, or, in the quiet hours, one outside: just before them when it must not be later, else their end.
 */
export function outsideQuiet(at: EpochMinute, hours: QuietHours, move: 'earlier' | 'later'): EpochMinute {
  const quiet = quietAround(at, hours);
  if (!quiet) return at;
  if (move === 'later') return quiet.end;
  const loud =
    (parseClock(hours.quietFrom)! - parseClock(hours.quietTo)! + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return asEpochMinute(quiet.begin - Math.min(AHEAD_MINUTES, loud));
}
