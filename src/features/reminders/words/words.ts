import { type EpochMinute, formatClock, wallClockAt } from '../../../units/time.ts';
import type { ReminderKind } from '../contract.ts';

/** What a mail tells, already in its language where it depends on one. */
export interface Facts {
  /** "22692 Rajdhani", or the mode. */
  readonly ride: string;
  readonly from: string;
  readonly to: string;
  /** When the leg leaves: "Sat 20 Feb, 20:05". */
  readonly departs: string;
  /** What it is about, by Indian time: "Tue 22 Dec, 08:00". */
  readonly opens: string;
  /** The class is not known, on which the moment depends. */
  readonly classOpen: boolean;
  /** "Noida → Bengaluru". */
  readonly trip: string;
  /** Leaving the place of a stay, not home. */
  readonly goesOn: boolean;
}

/** A reminder in one language. */
export interface ReminderWords {
  /** "Sat 20 Feb, 20:05" by the clock of a zone. */
  time(at: EpochMinute, zone: string): string;
  mode(mode: string): string;
  subject(kind: ReminderKind, facts: Facts): string;
  /** Paragraphs. */
  text(kind: ReminderKind, facts: Facts): string[];
  readonly legs: string;
  readonly tripLink: string;
  readonly wishesLink: string;
  readonly stopLink: string;
  readonly why: string;
  readonly honest: string;
  /** The page behind the link that stops reminders. */
  readonly stop: {
    readonly title: string;
    readonly ask: string;
    readonly button: string;
    readonly done: string;
    readonly again: string;
    readonly unknown: string;
  };
}

/** Formats by the language's own habits; days of the month and hours in the digits of the page. */
export function timeIn(locale: string): ReminderWords['time'] {
  const dates = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  });
  return (at, zone) => {
    const { day, minutes } = wallClockAt(at, zone);
    return `${dates.format(day * 86_400_000)}, ${formatClock(minutes)}`;
  };
}
