import {
  asEpochDay,
  asEpochMinute,
  formatDate,
  formatInstant,
  formatLocal,
  formatShortDate,
  instantOf,
  monthsBefore,
  serviceDayStart,
  wallClockAt,
  weekdayName,
} from '../../src/units/time.ts';

/** Every function of `units/time` over the days on which clocks change somewhere. */
export function bookingCalendar(): string {
  const rows: string[] = [];
  for (const zone of ['Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])
    for (let day = Date.UTC(2026, 2, 1) / 86_400_000; day < Date.UTC(2026, 10, 10) / 86_400_000; day += 3) {
      const at = asEpochDay(day);
      const start = serviceDayStart(at, zone);
      const late = asEpochMinute(start + 1590);
      rows.push(
        [
          formatDate(at),
          weekdayName(at),
          formatShortDate(formatDate(at)),
          formatDate(monthsBefore(at, 6)),
          formatInstant(start, zone),
          formatLocal(late, zone),
          formatInstant(instantOf(at, 150, zone), zone),
          JSON.stringify(wallClockAt(late, zone)),
        ].join(' '),
      );
    }
  return rows.join('\n');
}
