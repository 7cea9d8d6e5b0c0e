/** Marks in everything that a request can carry, and errors that quote what they are given. */
import { z } from 'zod';
import { AppError } from '../../src/errors.ts';
import type { Operation, Parameter } from '../http/contract.ts';
import { moved } from '../http/examples.ts';

export interface MarkedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A mark reads as an id, a token, a word and a name: it passes wherever a text does. */
export class Canaries {
  count = 0;
  next = (): string => `canary${String(++this.count).padStart(5, '0')}x`;
}

/** Texts that people write themselves. What a route is called by its operator is nobody's. */
const OWN_WORDS = new Set(['name', 'displayName', 'bookingRef', 'domicileState']);

/** The value with marks where people write: in names of what is no stop of a timetable, in references. */
function written(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((one) => written(one, next));
  if (typeof value !== 'object' || value === null) return value;
  const theirs = !('stopId' in value && value.stopId !== null) && !('operator' in value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      theirs && OWN_WORDS.has(key) && typeof member === 'string' ? next() : written(member, next),
    ]),
  );
}

/** The value with a mark in place of every text. */
function allTexts(value: unknown, next: () => string): unknown {
  if (typeof value === 'string') return next();
  if (Array.isArray(value)) return value.map((one) => allTexts(one, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, allTexts(member, next)]));
}

/** An example's places are known ones; these are doors. */
const atHome = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/"id":"city:[a-z]+"/g, '"id":"home"')
      .replaceAll(/"stopId":"[^"]*SHIMLA[^"]*"/g, '"stopId":null'),
  );

const address = (
  key: string,
  parameters: readonly Parameter[],
  value: (one: Parameter) => string,
): string => {
  const query = new URLSearchParams();
  for (const one of parameters) if (one.in === 'query') query.set(one.name, value(one));
  const byName = new Map(parameters.map((one) => [one.name, one]));
  const at = key
    .split(' ')[1]!
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(byName.get(name)!)));
  return query.size > 0 ? `${at}?${query}` : at;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * Requests of an operation, each with marks of its own: one that works, and those that go wrong in every way a request
 * can. `ids`: of what the user has, by parameter.
 */
export function markedRequests(
  key: string,
  { parameters = [], requestBody }: Operation,
  ids: Readonly<Record<string, string>>,
  next: () => string,
): MarkedRequest[] {
  const [method = ''] = key.split(' ');
  const example = requestBody?.content['application/json']?.example;
  const own = address(key, parameters, ({ name, example: given }) => ids[name] ?? asText(given ?? 'x'));
  const headers = example === undefined ? {} : { 'content-type': 'application/json' };
  const valid = example === undefined ? undefined : JSON.stringify(written(atHome(moved(example)), next));
  const asked = { method, path: own, headers };
  const body = valid === undefined ? {} : { body: valid };
  const spoilt = (text: string): MarkedRequest => ({ ...asked, body: text });
  return [
    { ...asked, ...body },
    { ...asked, ...body, path: address(key, parameters, next) },
    { ...asked, ...body, path: `${own}${own.includes('?') ? '&' : '?'}q=${next()}&${next()}=1` },
    { ...asked, ...body, path: `${own}/${next()}` },
    { ...asked, ...body, method: 'PROPFIND', path: `${own}?q=${next()}` },
    {
      ...asked,
      ...body,
      headers: {
        ...headers,
        'idempotency-key': next(),
        'if-none-match': next(),
        'x-forwarded-for': next(),
        'x-request-id': next(),
        'accept-language': next(),
        referer: `https://example.org/${next()}`,
        authorization: `Bearer ${next()}`,
        range: next(),
      },
    },
    spoilt(JSON.stringify(allTexts(example ?? { a: 'x' }, next))),
    spoilt(JSON.stringify({ ...(example as object), [next()]: next() })),
    spoilt(`{"a": "${next()}`),
    { ...spoilt(next()), headers: { 'content-type': 'text/plain' } },
    spoilt(JSON.stringify({ a: `${next()}${'x'.repeat(140_000)}` })),
  ];
}

/** Errors as programs, libraries and databases throw them, each with a text of the user's in it. */
export const quotingErrors: readonly ((text: string) => unknown)[] = [
  (text) => new Error(`no such thing: ${text}`),
  (text) => new TypeError(`Headers.set: ${text} is an invalid header value`),
  (text) => new TypeError(`Cannot read properties of undefined (reading '${text}')`),
  (text) => new RangeError(`Invalid time zone specified: ${text}`),
  (text) => new SyntaxError(`Unexpected token in "${text}"`),
  (text) => new Error(`x\n    at ${text} (${text}:1:1)\n    at ${text}:2:2`),
  (text) => databaseError(text),
  (text) => new Error('outer', { cause: new AppError('PLACE_NOT_FOUND', `No place is known as "${text}"`) }),
  (text) => new Error('outer', { cause: databaseError(text) }),
  (text) => new AggregateError([new Error(text)], text),
  (text) => z.strictObject({ a: z.literal('x') }).safeParse({ a: text, [text]: 1 }).error,
  (text) => z.record(z.string(), z.number()).safeParse({ [text]: text }).error,
  (text) => text,
  (text) => ({ message: text, stack: `at ${text}:1:1` }),
];

/** As `pg` throws it: a row that a constraint refuses is quoted. */
export const databaseError = (text: string): Error =>
  Object.assign(new Error(`invalid input syntax for type date: "${text}"`), {
    code: 'XX001',
    detail: `Failing row contains (${text}).`,
    hint: text,
    where: `unnamed portal parameter $1 = '${text}'`,
    table: 'users',
    constraint: 'users_email_key',
  });
