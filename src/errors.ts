/** One error type, one table of codes: every failure a caller can see has a stable code. */
interface ErrorKind {
  /** HTTP status of the problem response. */
  readonly status: number;
  readonly title: string;
  /** Whether an operator should hear of it. */
  readonly report: boolean;
}

export const errorKinds = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid', report: false },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first', report: false },
  FORBIDDEN: { status: 403, title: 'Not allowed', report: false },
  SIGN_IN_AGAIN: { status: 403, title: 'Sign in again for this', report: false },
  NOT_FOUND: { status: 404, title: 'Not found', report: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method does not exist here', report: false },
  CONFLICT: { status: 409, title: 'The change conflicts with another', report: false },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large', report: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The kind of content is not read', report: false },
  UNPROCESSABLE: { status: 422, title: 'The request cannot be processed', report: false },
  PLACE_NOT_FOUND: { status: 422, title: 'No such place is known', report: false },
  RATE_LIMITED: { status: 429, title: 'Too many requests', report: false },
  NO_ACTIVE_NETWORK: { status: 503, title: 'No timetable is active', report: true },
  TIMED_OUT: { status: 503, title: 'The answer took too long', report: true },
  OVERLOADED: { status: 503, title: 'Too many requests at once', report: false },
  DRAINING: { status: 503, title: 'The server is stopping', report: false },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable', report: true },
  FEED_UNREADABLE: { status: 422, title: 'The feed cannot be read', report: false },
  FEED_REJECTED: { status: 422, title: 'The feed was refused', report: false },
  CONFIGURATION: { status: 500, title: 'The configuration is not valid', report: true },
  DATABASE: { status: 503, title: 'The database cannot be used', report: true },
  INTERNAL: { status: 500, title: 'Something went wrong', report: true },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

export class AppError extends Error {
  readonly code: ErrorCode;
  /** Facts for the caller, shown in the problem response (field errors, limits). Never secrets. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; facts?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = options.facts ?? {};
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }
}

/** What is read of a schema of zod; no package is known here. */
interface InputSchema<Value> {
  safeParse(
    input: unknown,
  ): { success: true; data: Value } | { success: false; error: { issues: readonly Issue[] } };
}
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What a caller gave, by its schema. Throws `INVALID_REQUEST` that names each fault. A schema's own `parse` is for what
 * the server has made or kept itself: what does not fit there is the server's fault, and answered as one.
 * @param name what a fault of the whole is told as.
 */
export function readInput<Value>(schema: InputSchema<Value>, input: unknown, name = 'input'): Value {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw invalidInput(read.error.issues, name);
}

/** `name`: what a fault without a path is told as. */
export function invalidInput(issues: readonly Issue[], name: string): AppError {
  const fields = issues.map(({ path, message }) => ({ path: path.map(String).join('.') || name, message }));
  const [first] = fields;
  return new AppError('INVALID_REQUEST', first ? `${first.path}: ${first.message}` : 'Nothing is valid', {
    facts: { fields },
  });
}
