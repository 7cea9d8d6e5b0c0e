import { z } from 'zod';
import { sqlStateOf } from '../database/sqlstate.ts';
import { AppError } from '../errors.ts';

/** What a failure leaves in the log. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Of the database: what it was about, never the row. */
  readonly table?: string;
  readonly constraint?: string;
  /** Of a shape that did not fit: where and how, as `legs.0.price invalid_type`; never what stood there. */
  readonly faults?: readonly string[];
  /** Places in the code. */
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
}

const DEEPEST = 4;
/** What the runtime says of the program's own mistakes, as far as it names nothing but the program. */
const OWN_MISTAKE =
  /^(Cannot (read|set) properties of (undefined|null)|[\w$.]{1,80} is not (a function|a constructor|defined)$)/;

/**
 * An error for the log, by a list of what may stand there. The database's errors quote rows ("Failing row contains …",
 * "Key (phone)=(…)"), a JSON parser's and many of the runtime's the text: none of these words are written down.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown };
  return {
    type: error.name,
    ...textOf('code', sqlStateOf(error) ?? code),
    ...messageOf(error),
    ...textOf('table', table),
    ...textOf('constraint', constraint),
    ...faultsOf(error),
    stack: placesOf(error),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** What was written for an operator; what is told to the one who asks may quote them. */
function messageOf(error: Error): { message?: string } {
  if (error instanceof AppError) return error.kind.report ? { message: error.message } : {};
  const own = OWN_MISTAKE.exec(error.message)?.[0];
  return own === undefined ? {} : { message: own };
}

/** Places in the code. The message stands before them and may look like one. */
function placesOf({ stack = '', message }: Error): string[] {
  const at = message === '' ? -1 : stack.indexOf(message);
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && /:\d+:\d+\)?$/.test(line))
    .slice(0, 20);
}

/** Names of fields; a key of a record may be anything. */
const FIELD = /^([a-z][A-Za-z]{0,39}|\d{1,4})$/;

/** The first faults that a schema found in what the server made or kept itself. */
function faultsOf(error: Error): { faults?: readonly string[] } {
  if (!(error instanceof z.ZodError)) return {};
  const field = (part: PropertyKey): string => (FIELD.test(String(part)) ? String(part) : '*');
  return { faults: error.issues.slice(0, 5).map(({ path, code }) => `${path.map(field).join('.')} ${code}`) };
}

/** Names of the program and of the schema, and nothing longer. */
const textOf = (key: string, value: unknown): Record<string, string> =>
  typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? { [key]: value } : {};
