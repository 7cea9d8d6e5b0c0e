/** JSON over the same origin; every failure is an `ApiError`. */

export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly requestId: string | null;
  /** The field of the request that is wrong. */
  readonly field: string | null;
  /** Place names offered instead of one that is not known. */
  readonly suggestions: readonly string[];
}

export class ApiError extends Error {
  /** 0 when no answer came. */
  readonly status: number;
  readonly problem: Problem | null;
  /** Epoch milliseconds from which a request is allowed again. */
  readonly retryAt: number | null;

  constructor(status: number, problem: Problem | null, retryAt: number | null = null, cause?: unknown) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    this.retryAt = retryAt;
  }
}

interface Call {
  readonly signal?: AbortSignal;
  readonly body?: unknown;
  /** Default: GET, POST with a body. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * The client's own name for one write: repeated with it after a failure, the write is done once. Default: a new one;
   * null: no write but a question that has a body.
   */
  readonly key?: string | null;
  /** Goes on when the page is left. */
  readonly keepalive?: boolean;
  /** The same for everybody: asked without cookies, so that the browser may keep the answer. */
  readonly open?: boolean;
}

/**
 * Calls `/api/v1/<path>`. The caller names the shape: the server validates its answers against the same contract.
 * Writes carry an `Idempotency-Key`; that they come from this page, the browser says (`Origin`, `Sec-Fetch-Site`).
 */
export const callApi = <Answer>(path: string, call: Call = {}): Promise<Answer> =>
  callServer(`/api/v1/${path}`, call);

/** The same for what is not under `/api/v1`, as who is signed in. */
export async function callServer<Answer>(path: string, call: Call = {}): Promise<Answer> {
  const response = await send(path, call);
  try {
    // Nothing to read is an answer without a shape.
    if (response.ok) return response.status === 204 ? (undefined as Answer) : await response.json();
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw new ApiError(response.status, null, null, cause);
  }
  const problem = readProblem(await response.json().catch(() => null));
  throw new ApiError(response.status, problem, readRetryAt(response, Date.now()));
}

/** The same for an answer in plain text. */
export async function readText(path: string, signal: AbortSignal): Promise<string> {
  const response = await send(`/api/v1/${path}`, { signal });
  if (response.ok) return response.text();
  const problem = readProblem(await response.json().catch(() => null));
  throw new ApiError(response.status, problem, readRetryAt(response, Date.now()));
}

async function send(path: string, call: Call): Promise<Response> {
  const { signal, body } = call;
  const method = call.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET' && call.key !== null) headers.set('idempotency-key', call.key ?? newKey());
  try {
    return await fetch(path, {
      method,
      headers,
      keepalive: call.keepalive ?? false,
      credentials: call.open ? 'omit' : 'same-origin',
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, null, null, cause);
  }
}

/** A name for one write. `randomUUID` is missing where the page is not served by https. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Null when the body is not a problem document, as from a proxy. */
export function readProblem(body: unknown): Problem | null {
  const fields = fieldsOf(body);
  const facts = fieldsOf(fields.get('facts'));
  const title = textOf(fields.get('title'));
  if (title === null) return null;
  const suggestions = facts.get('suggestions');
  return {
    title,
    code: textOf(fields.get('code')) ?? '',
    detail: textOf(fields.get('detail')),
    requestId: textOf(fields.get('requestId')),
    field: textOf(facts.get('field')),
    suggestions: Array.isArray(suggestions) ? suggestions.filter((name) => typeof name === 'string') : [],
  };
}

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
export function readRetryAt(response: Pick<Response, 'headers'>, nowMs: number): number | null {
  const text = response.headers.get('retry-after');
  if (text === null) return null;
  const ms = /^\d+$/.test(text) ? nowMs + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
