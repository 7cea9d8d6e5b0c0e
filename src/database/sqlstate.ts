/** What PostgreSQL and Prisma report, as errors a caller can act on. */
import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
}

const conflict: Meaning = { code: 'CONFLICT', message: 'This already exists' };
const missing: Meaning = { code: 'CONFLICT', message: 'Something this refers to does not exist (any more)' };
const refused: Meaning = { code: 'UNPROCESSABLE', message: 'A value is outside its limits' };
const retry: Meaning = { code: 'CONFLICT', message: 'Another change came first: try again' };
const busy: Meaning = { code: 'UNAVAILABLE', message: 'The database is busy: try again' };
const away: Meaning = { code: 'DATABASE', message: 'The database cannot be reached' };
const denied: Meaning = { code: 'NOT_FOUND', message: 'Not found' };

/** PostgreSQL's codes: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const states: Readonly<Record<string, Meaning>> = {
  '23505': conflict,
  '23P01': conflict,
  '23503': missing,
  '23502': refused,
  '23514': refused,
  '22001': refused,
  '22003': refused,
  '22007': refused,
  '22008': refused,
  '22P02': refused,
  '22P05': refused, // \u0000 in JSON text
  '22021': refused, // NUL in text
  '40001': retry,
  '40P01': retry,
  '55P03': busy, // lock_timeout
  '57014': busy, // statement_timeout
  '25P03': busy,
  '53300': busy, // too many connections
  '53400': busy,
  '57P01': away,
  '57P02': away,
  '57P03': away,
  '3D000': away,
  '28P01': away,
  '28000': away,
};

/** A row-level policy refused the write: for the caller the row is somebody else's, so it does not exist. */
const isPolicyViolation = (state: string | undefined, message: string): boolean =>
  state === '42501' && message.includes('row-level security');

/** Prisma's codes: https://www.prisma.io/docs/orm/reference/error-reference */
const prismaCodes: Readonly<Record<string, Meaning>> = {
  P2000: refused,
  P2002: conflict,
  P2003: missing,
  P2004: refused,
  P2011: refused,
  P2020: refused,
  P2024: busy,
  P2025: denied,
  P2028: busy,
  P2034: retry,
  P1001: away,
  P1002: away,
  P1008: busy,
  P1017: away,
};

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

/** What Prisma's adapter makes of a socket's error, where Prisma lets it through as it is (a `$transaction` that begins). */
const adapterKinds: Readonly<Record<string, Meaning>> = {
  ConnectionClosed: away,
  DatabaseNotReachable: away,
  TlsConnectionError: away,
  SocketTimeout: busy,
};

interface Reported {
  readonly kind?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
  readonly originalCode?: unknown;
  readonly originalMessage?: unknown;
}

/** The chain of what is wrapped in what: Prisma's error, the adapter's, its cause. */
function* layers(error: unknown): Generator<Reported> {
  let current = error;
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    const layer = current as Reported;
    yield layer;
    current = layer.meta?.driverAdapterError ?? layer.cause;
  }
}

/** The five-character SQLSTATE of an error of `pg` or Prisma, if it holds one. */
export function sqlStateOf(error: unknown): string | undefined {
  for (const layer of layers(error))
    for (const code of [layer.originalCode, layer.code])
      if (
        typeof code === 'string' &&
        /^[0-9A-Z]{5}$/.test(code) &&
        !/^P\d{4}$/.test(code) &&
        !socketCodes.has(code)
      )
        return code;
  return undefined;
}

/** The name of the violated constraint, if the error says it. */
export function constraintOf(error: unknown): string | undefined {
  for (const layer of layers(error)) {
    if (typeof layer.constraint === 'string') return layer.constraint;
    const named = /constraint "([^"]+)"/.exec(textOf(layer));
    if (named) return named[1];
  }
  return undefined;
}

const textOf = (layer: Reported): string =>
  [layer.originalMessage, layer.message].filter((part) => typeof part === 'string').join(' ');

function meaningOf(error: unknown): Meaning | undefined {
  const state = sqlStateOf(error);
  const text = [...layers(error)].map(textOf).join(' ');
  if (isPolicyViolation(state, text)) return denied;
  if (state !== undefined) {
    if (state.startsWith('08')) return away;
    if (state in states) return states[state];
  }
  for (const { code, kind } of layers(error)) {
    if (typeof kind === 'string' && kind in adapterKinds) return adapterKinds[kind];
    if (typeof code !== 'string') continue;
    if (code in prismaCodes) return prismaCodes[code];
    if (socketCodes.has(code)) return away;
  }
  // pg-pool: no free connection in time; pg: no answer in time
  if (/timeout exceeded when trying to connect|Query read timeout/.test(text)) return busy;
  if (/Connection terminated|not queryable|timeout expired/.test(text)) return away;
  return undefined;
}

/**
 * The AppError for a failure of the database, with the original as its cause. Errors that are not the database's,
 * and failures that are our own fault (a wrong statement), come back as they are.
 */
export function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const meaning = meaningOf(error);
  if (!meaning) return error;
  const constraint = meaning.code === 'NOT_FOUND' ? undefined : constraintOf(error);
  return new AppError(meaning.code, meaning.message, {
    cause: error,
    facts: constraint ? { constraint } : {},
  });
}

/** Runs `work` and throws what {@link toAppError} makes of its failure. */
export async function translatingErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toAppError(error);
  }
}
