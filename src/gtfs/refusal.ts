import { AppError } from '../errors.ts';
import { harmless } from './names.ts';

/** Why a whole feed was turned down. Programs compare these; people read the message beside it. */
export type FeedFault =
  | 'NOT_FOUND'
  | 'NOT_A_PLAIN_FILE'
  | 'NOT_A_ZIP'
  | 'UNSOUND_ZIP'
  | 'TOO_LARGE'
  | 'TOO_MANY_ENTRIES'
  | 'OVERLAPPING_ENTRIES'
  | 'SEVERAL_FEEDS'
  | 'DUPLICATE_TABLE'
  | 'ENCRYPTED'
  | 'UNKNOWN_COMPRESSION'
  | 'SYMBOLIC_LINK'
  | 'INFLATES_TOO_FAR'
  | 'WRONG_CHECKSUM'
  | 'CANNOT_BE_UNPACKED'
  | 'NO_TABLES'
  | 'MISSING_TABLE'
  | 'EMPTY_TABLE'
  | 'MISSING_COLUMN'
  | 'DUPLICATE_COLUMN'
  | 'UTF16_TEXT'
  | 'RECORD_TOO_LONG'
  | 'OPEN_QUOTE'
  | 'NO_ZONE'
  | 'NO_CALENDAR'
  | 'NO_USABLE_TRIP'
  | 'TOO_MANY_STOP_TIMES'
  | 'TOO_MANY_RUNS'
  | 'TOO_MANY_LINKS'
  | 'NO_SERVICE';

export interface FaultPlace {
  readonly file?: string;
  /** Line in the file, the header being line 1. */
  readonly row?: number;
  readonly column?: string;
}

/** Faults of a feed that could be read, but holds nothing to travel by. */
const rejections: ReadonlySet<FeedFault> = new Set([
  'NO_USABLE_TRIP',
  'TOO_MANY_STOP_TIMES',
  'TOO_MANY_RUNS',
  'TOO_MANY_LINKS',
  'NO_SERVICE',
]);

/**
 * The error for a feed that is turned down as a whole: `FEED_REJECTED` or `FEED_UNREADABLE`, with
 * `facts` = `{ fault, file, row, column }`, `null` where a part has no meaning.
 */
export function refusal(
  fault: FeedFault,
  place: FaultPlace,
  message: string,
  options: { cause?: unknown; facts?: Record<string, unknown> } = {},
): AppError {
  const { file = null, row = null, column = null } = place;
  return new AppError(rejections.has(fault) ? 'FEED_REJECTED' : 'FEED_UNREADABLE', harmless(message), {
    ...('cause' in options ? { cause: options.cause } : {}),
    facts: { fault, file, row, column: column === null ? null : harmless(column), ...options.facts },
  });
}
