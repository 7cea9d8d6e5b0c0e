/** Legs and moments of a trip in words. */
import { parseDate } from '../../../src/units/time.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { clockOf, dayName, today } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import type { IconName } from '../../components/Icon.tsx';
import { modeIcons } from '../../components/Icon.tsx';
import { legName } from '../../components/LegBar.tsx';

const icons: Readonly<Record<string, IconName>> = modeIcons;

export const modeIcon = (mode: string): IconName => icons[mode] ?? 'pin';

/** "Train 12628 Karnataka Express"; of a leg that is not whole its mode. */
export function rideName({ whole, mode }: TripLeg): string {
  const modes: Readonly<Record<string, string>> = siteWords.modes;
  return whole ? legName(whole) : (modes[mode] ?? mode);
}

/** "leg 2": the number that is printed at the leg. */
export const numberedLeg = ({ number }: TripLeg): string => tripWords.leg(number ?? 0);

/** "tomorrow 10:00", "Fri 4 Dec, 10:00". */
export function momentText(instant: string, nowMs: number): string {
  const clock = clockOf(instant);
  const day = parseDate(instant.slice(0, 10));
  const ahead = day === null ? NaN : day - today(nowMs);
  if (ahead === 0) return tripWords.today(clock);
  if (ahead === 1) return tripWords.tomorrow(clock);
  return tripWords.day(dayName(instant), clock);
}
