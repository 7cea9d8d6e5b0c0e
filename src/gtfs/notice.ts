import { harmless } from './names.ts';

/**
 * What was found in a feed that is not as it should be. Nothing is repaired in silence: every dropped row and
 * every assumption has a notice with its place, so that whoever publishes the feed can mend it.
 */
export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/** ERROR: a row or run was left out. WARNING: kept, but doubtful. INFO: how the feed was understood. */
const noticeKinds = {
  BAD_QUOTES: 'ERROR',
  NUL_CHARACTER: 'ERROR',
  ROW_TOO_LONG: 'ERROR',
  MISSING_VALUE: 'ERROR',
  MISSING_COLUMN: 'ERROR',
  INVALID_NUMBER: 'ERROR',
  INVALID_DATE: 'ERROR',
  INVALID_TIME: 'ERROR',
  TIME_TOO_LATE: 'ERROR',
  INVALID_COORDINATE: 'ERROR',
  INVALID_ID: 'ERROR',
  DUPLICATE_KEY: 'ERROR',
  UNKNOWN_REFERENCE: 'ERROR',
  DATES_REVERSED: 'ERROR',
  TIMES_REVERSED: 'ERROR',
  ZERO_HEADWAY: 'ERROR',
  TOO_FEW_CALLS: 'ERROR',
  ROW_TOO_SHORT: 'WARNING',
  INVALID_UTF8: 'WARNING',
  LINE_ENDS: 'WARNING',
  IN_SUBFOLDER: 'WARNING',
  INVALID_OPTION: 'WARNING',
  INVALID_ZONE: 'WARNING',
  MIXED_ZONES: 'WARNING',
  INVALID_PARENT: 'WARNING',
  MISSING_NAME: 'WARNING',
  NAME_CLEANED: 'WARNING',
  NAME_CUT: 'WARNING',
  UNKNOWN_POSITION: 'WARNING',
  UNKNOWN_ROUTE_TYPE: 'WARNING',
  RUN_WITHOUT_CALLS: 'WARNING',
  CALL_AT_STATION: 'WARNING',
  UNTIMED_END: 'WARNING',
  BLOCK_OVERLAP: 'WARNING',
  FREQUENCY_OVERLAP: 'WARNING',
  DISTANCE_BACKWARDS: 'WARNING',
  SHAPE_BACKWARDS: 'WARNING',
  SHAPE_TOO_SHORT: 'WARNING',
  UNKNOWN_SHAPE: 'WARNING',
  SERVICE_WITHOUT_DAYS: 'WARNING',
  IMPLAUSIBLE_SPEED: 'WARNING',
  RIDE_TIMED_BY_DISTANCE: 'WARNING',
  CALENDAR_ENDED: 'WARNING',
  CALENDAR_CUT: 'WARNING',
  CALENDAR_ROLLED: 'WARNING',
  EMPTY_TABLE: 'INFO',
  DROPPED_REFERENCE: 'INFO',
  IGNORED_ROWS: 'INFO',
  IGNORED_TABLE: 'INFO',
  IGNORED_FARES: 'INFO',
  IGNORED_SHAPES: 'INFO',
  ON_REQUEST: 'INFO',
  DISTANCE_UNIT: 'INFO',
  UNTIMED_SKIPPED: 'INFO',
  UNTIMED_INTERPOLATED: 'INFO',
  RUNS_WITHOUT_DAYS: 'INFO',
} as const satisfies Record<string, Severity>;

export type NoticeCode = keyof typeof noticeKinds;

export interface Notice {
  readonly code: NoticeCode;
  readonly severity: Severity;
  /** Name of the feed, for networks made of several. */
  readonly feed: string;
  /** `stop_times.txt`, or '' when the notice is about the whole feed. */
  readonly file: string;
  /** Line in the file, the header being line 1; `null` when the notice is about more than one row. */
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  /** A plain sentence: what was found and what was done. */
  readonly message: string;
}

export interface NoticePlace {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
  readonly value?: string;
}

/** A feed with a million bad rows tells nothing more with a million notices than with a thousand. */
const STORED_PER_CODE = 1000;
const VALUE_LENGTH = 120;

/** Collects the notices of one feed; counts all, stores the first of each code. */
export class NoticeLog {
  readonly feed: string;
  readonly notices: Notice[] = [];
  readonly counts = new Map<NoticeCode, number>();

  constructor(feed: string) {
    this.feed = feed;
  }

  add(code: NoticeCode, place: NoticePlace, message: string): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > STORED_PER_CODE) return;
    this.notices.push({
      code,
      severity: noticeKinds[code],
      feed: this.feed,
      file: place.file ?? '',
      row: place.row ?? null,
      column: place.column ?? null,
      value: place.value === undefined ? null : harmless(place.value, VALUE_LENGTH),
      message: harmless(message),
    });
  }
}

/** How many notices of each severity were found, stored or not. */
export function severityCounts(logs: readonly NoticeLog[]): Record<Severity, number> {
  const result = { ERROR: 0, WARNING: 0, INFO: 0 };
  for (const log of logs) for (const [code, count] of log.counts) result[noticeKinds[code]] += count;
  return result;
}
