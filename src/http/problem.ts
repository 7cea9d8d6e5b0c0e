import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from '@hono/zod-openapi';
import { toAppError } from '../database/sqlstate.ts';
import { AppError, type ErrorCode, errorKinds, invalidInput } from '../errors.ts';

/** RFC 9457 with our stable `code` and the request's id. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(errorKinds) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    requestId: z.string(),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong in the request, by field'),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problemSchema>;

/** What is logged of a failure: `report` tells whether an operator should hear of it. */
export type FailureLog = (failure: {
  error: unknown;
  code: ErrorCode;
  report: boolean;
  requestId: string;
}) => void;

/** Any thrown value as an error of our table; unknown ones become `INTERNAL` and show nothing of themselves. */
export function asAppError(thrown: unknown): AppError {
  const error = toAppError(thrown);
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 404) return new AppError('NOT_FOUND', 'There is nothing here');
    if (error.status === 413) return new AppError('PAYLOAD_TOO_LARGE', 'Send less');
    if (error.status === 415) return new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8');
    if (error.status < 500) return new AppError('INVALID_REQUEST', error.message || 'Send valid JSON');
  }
  return new AppError(
    'INTERNAL',
    'It was not your fault; try again, and tell us the request id if it stays',
    {
      cause: thrown,
    },
  );
}

/** Field errors of a request that does not fit its schema. */
export const invalidRequest = (error: z.core.$ZodError): AppError => invalidInput(error.issues, 'body');

/** Set by the app for every request. */
export const requestIdOf = (c: Context): string => {
  const id: unknown = c.get('requestId');
  return typeof id === 'string' ? id : '';
};

/** Answers an error as `application/problem+json`. */
export function problemResponse(c: Context, thrown: unknown, log: FailureLog): Response {
  const error = asAppError(thrown);
  const requestId = requestIdOf(c);
  log({ error: thrown, code: error.code, report: error.kind.report, requestId });
  return problemOf(error, requestId);
}

/** The response that stands for an error. */
export function problemOf(error: AppError, requestId: string): Response {
  const { status, headers, body } = problemAnswer(error, requestId);
  return new Response(body, { status, headers });
}

/** The same in parts, for where no response can be sent. */
export function problemAnswer(
  error: AppError,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const { status, title, report } = error.kind;
  const { fields, ...facts } = error.facts;
  const body = {
    type: 'about:blank',
    title,
    status,
    code: error.code,
    detail: detailOf(error),
    requestId,
    ...(fields === undefined ? {} : { fields }),
    ...(Object.keys(facts).length > 0 && !report ? { facts } : {}),
  };
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...headersOf(error),
  };
  return { status, headers, body: JSON.stringify(body) };
}

/** Reported failures whose text was written for the one who asks: what to do, or what the server lacks. */
const TELLS: ReadonlySet<ErrorCode> = new Set(['INTERNAL', 'NO_ACTIVE_NETWORK', 'TIMED_OUT', 'UNAVAILABLE']);

/** What an error says to the outside. What other reported failures say is for the operator's log. */
export const detailOf = ({ code, kind, message }: AppError): string =>
  kind.report && !TELLS.has(code) ? kind.title : message;

/** Seconds after which it may go better; apart from each other, so that not all come back at once. */
const retryAfter = (): string => String(1 + Math.floor(Math.random() * 4));

/** What some problems say in headers too. */
function headersOf({ code, facts, kind }: AppError): Record<string, string> {
  if (code === 'RATE_LIMITED')
    return {
      'retry-after': String(facts['retryAfterSeconds']),
      'ratelimit-limit': String(facts['limit']),
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(facts['retryAfterSeconds']),
    };
  if (kind.status === 503) return { 'retry-after': retryAfter() };
  const { allow } = facts;
  return code === 'METHOD_NOT_ALLOWED' && Array.isArray(allow) ? { allow: allow.join(', ') } : {};
}
