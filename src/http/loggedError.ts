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
/** Programs' own mistakes, whose texts name identifiers of the code. All other texts may hold what a user sent. */
const OURS = new Set(['TypeError', 'ReferenceError']);

/**
 * An error for the log, by a list of what may stand there. The database's errors quote rows ("Failing row contains …",
 * "Key (phone)=(…)"), a JSON parser's the text: none of these words are written down.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown };
  const told = error instanceof AppError || OURS.has(error.name);
  return {
    type: error.name,
    ...textOf('code', sqlStateOf(error) ?? code),
    ...(told ? { message: error.message } : {}),
    ...textOf('table', table),
    ...textOf('constraint', constraint),
    ...faultsOf(error),
    stack: (error.stack ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('at ') && /:\d+:\d+\)?$/.test(line))
      .slice(0, 20),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** The first faults that a schema found in what the server made or kept itself. */
function faultsOf(error: Error): { faults?: readonly string[] } {
  if (!(error instanceof z.ZodError)) return {};
  return {
    faults: error.issues.slice(0, 5).map(({ path, code }) => `${path.map(String).join('.')} ${code}`),
  };
}

/** Names of the program and of the schema, and nothing longer. */
const textOf = (key: string, value: unknown): Record<string, string> =>
  typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? { [key]: value } : {};
