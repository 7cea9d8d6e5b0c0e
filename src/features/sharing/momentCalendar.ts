import { asEpochMinute, type EpochMinute, wallClockAt } from '../../units/time.ts';
import { escapeText, fold, timeZone, utcTime, zonedTime } from './icalendar.ts';

/** Something that happens at a moment, as the opening of a booking. */
export interface Moment {
  /** The same moment has the same one, so that a calendar that has it already changes it. */
  readonly id: string;
  readonly at: EpochMinute;
  readonly minutes: number;
  readonly zone: string;
  readonly summary: string;
  readonly description: string;
  /** An alarm so many minutes before. */
  readonly alarmMinutes: number;
  /** When this was written. */
  readonly written: EpochMinute;
}

/** One moment as a calendar file. The same moment makes the same bytes. */
export function momentCalendar(moment: Moment): string {
  const { at, zone } = moment;
  const end = asEpochMinute(at + moment.minutes);
  const years = [at, end].map((minute) =>
    new Date(wallClockAt(minute, zone).day * 86_400_000).getUTCFullYear(),
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//RouteStitch//Reminders//EN',
    'CALSCALE:GREGORIAN',
    ...timeZone(zone, [...new Set(years)]),
    'BEGIN:VEVENT',
    `UID:${moment.id}@routestitch`,
    `DTSTAMP:${utcTime(moment.written * 60_000)}`,
    zonedTime('DTSTART', at, zone),
    zonedTime('DTEND', end, zone),
    `SUMMARY:${escapeText(moment.summary)}`,
    `DESCRIPTION:${escapeText(moment.description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:-PT${moment.alarmMinutes}M`,
    `DESCRIPTION:${escapeText(moment.summary)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}
