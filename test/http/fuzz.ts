/** Requests made from the OpenAPI document: most fit it, the others are what a hostile or careless client sends. */
import type { ApiDocument, Described, Parameter, Schema } from './contract.ts';

export interface FuzzRequest {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Of the requests, those that fit the document. */
const VALID = 0.6;

const texts = [
  'Delhi',
  'Pune',
  'मुंबई',
  'NDLS',
  'a',
  ' ',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '=cmd|x',
  '../../etc/passwd',
  '\u202eabc',
  '\ud800',
  'a\0b',
  '%00',
  '${7*7}',
  'constructor',
  'toString',
  '😀'.repeat(40),
  'x'.repeat(5000),
  '',
];
const numbers = [0, -1, 1, 1.5, 63, 64, 2 ** 31, -(2 ** 31), 2 ** 53, 1e308, -0];
const methods = ['PROPFIND', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'HEAD', 'POST', 'GET'];
const types = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  '',
];
/** What a query language, a prototype or a parser might take for more than a value. */
const hostileValues: readonly unknown[] = [
  { equals: 'x' },
  { not: null },
  { contains: '' },
  { $gt: '' },
  { OR: [{}] },
  { select: { user: true } },
  [],
  [[[[]]]],
  null,
  true,
  { length: 1e9 },
  { toJSON: 'x' },
  { constructor: { prototype: { admin: true } } },
];
const hostileBodies = [
  '{',
  '[]',
  'null',
  '"x"',
  '0',
  '',
  '{"__proto__":{"admin":true}}',
  '['.repeat(20_000),
  '{"a":1e999}',
  '{"a":'.repeat(200) + '1' + '}'.repeat(200),
  '{"origin":"a\\u0000b"}',
  '\u0000',
  '{"a":"' + 'x'.repeat(70_000) + '"}',
];
const hostilePaths = [
  '/api/v1/none',
  '/api/v1/trips/%00',
  '/api/v1/..%2f..%2fetc',
  '/api//v1/places',
  '/api/v1/trips/%ff',
  '/API/v1/places',
  '/api/v1/data/..',
  '/api/v1/data/__proto__',
  '/api/v1/data/%2e%2e%2fpackage',
  '/out/%20',
  '/calendar/x.ics',
  '/auth/confirm?token=%2500&returnTo=//evil.example',
  '/auth/callback/google?state=x&code=y',
  '/auth/signin/%2e%2e',
  '/shared/%F0%9F%98%80',
  '/?__proto__[admin]=1',
];

/** Ids of things that exist, by the name of a parameter or a field. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/** A generator of requests by a seed; the same seed makes the same ones, but for `ids`. */
export class Fuzzer {
  readonly #document: ApiDocument;
  readonly #operations: readonly Described[];
  readonly #ids: () => KnownIds;
  #state: number;

  constructor(
    document: ApiDocument,
    operations: readonly Described[],
    options: { seed: number; ids?: () => KnownIds },
  ) {
    this.#document = document;
    this.#operations = operations;
    this.#ids = options.ids ?? (() => ({}));
    this.#state = options.seed >>> 0;
  }

  next(): FuzzRequest {
    const operation = this.#pick(this.#operations);
    if (this.#chance(VALID)) return this.#request(operation, 0);
    return this.#chance(0.5) ? this.#request(operation, 0.3) : this.#spoilt(this.#request(operation, 0));
  }

  /** mulberry32 */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  #chance = (share: number): boolean => this.#random() < share;
  #below = (count: number): number => Math.floor(this.#random() * count);
  #pick = <Value>(values: readonly Value[]): Value => values[this.#below(values.length)]!;

  #request({ method, path, operation }: Described, hostile: number): FuzzRequest {
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    for (const parameter of operation.parameters ?? []) {
      if (parameter.in === 'path' || (!parameter.required && this.#chance(0.5))) continue;
      const value = asText(this.#parameter(parameter, hostile));
      if (parameter.in === 'query') query.append(parameter.name, value.toWellFormed());
      else if (/^[\x21-\x7e]+$/.test(value)) headers[parameter.name] = value.slice(0, 200);
    }
    const named = new Map(operation.parameters?.map((parameter) => [parameter.name, parameter]));
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(asText(this.#parameter(named.get(name)!, hostile)).toWellFormed()).slice(0, 300),
    );
    const content = operation.requestBody?.content['application/json'];
    const example = content?.example;
    const body = !content
      ? null
      : (JSON.stringify(this.#chance(0.3) ? example : this.#value(content.schema as Schema, hostile, 0)) ??
        '');
    if (body !== null) headers['content-type'] = 'application/json';
    return { method, target: query.size > 0 ? `${address}?${query}` : address, headers, body };
  }

  #parameter(parameter: Parameter, hostile: number): unknown {
    const known = this.#ids()[parameter.name];
    if (known && this.#chance(0.6)) return this.#pick(known);
    if (parameter.example !== undefined && this.#chance(0.4)) return parameter.example;
    return this.#value(parameter.schema, hostile, 0);
  }

  /** A request that nobody described. */
  #spoilt(request: FuzzRequest): FuzzRequest {
    const headers = { ...request.headers };
    switch (this.#below(6)) {
      case 0:
        return { ...request, method: this.#pick(methods) };
      case 1:
        return { ...request, target: this.#pick(hostilePaths) };
      case 2:
        return { ...request, headers: { ...headers, 'content-type': this.#pick(types) } };
      case 3:
        return {
          ...request,
          headers: { ...headers, 'content-type': 'application/json' },
          body: this.#pick(hostileBodies),
        };
      case 4: {
        const [path, query = 'q=1'] = request.target.split('?');
        return { ...request, target: `${path}?${query}&${query}&__proto__=1&q[]=2&%5B%5D` };
      }
      default: {
        const given = {
          cookie: 'rs.session=%00; a=b',
          'if-none-match': '*',
          'x-forwarded-for': 'x'.repeat(500),
          'accept-encoding': 'gzip',
          'idempotency-key': 'k'.repeat(300),
        };
        return { ...request, headers: { ...headers, ...given } };
      }
    }
  }

  #value(schema: Schema, hostile: number, depth: number): unknown {
    if (this.#chance(hostile)) return this.#pick(this.#chance(0.5) ? hostileValues : [...texts, ...numbers]);
    if (schema.$ref)
      return this.#value(this.#document.components.schemas[schema.$ref.split('/').at(-1)!]!, hostile, depth);
    if (schema.enum) return this.#pick(schema.enum);
    if (schema.const !== undefined) return schema.const;
    const options = schema.anyOf ?? schema.oneOf;
    if (options) return this.#value(this.#pick(options), hostile, depth);
    switch (this.#pick([schema.type ?? 'string'].flat())) {
      case 'object':
        return this.#object(schema, hostile, depth);
      case 'array': {
        const least = schema.minItems ?? 0;
        const count = depth > 5 ? least : least + this.#below(Math.min(schema.maxItems ?? 3, 3));
        return Array.from({ length: count }, () => this.#value(schema.items ?? {}, hostile, depth + 1));
      }
      case 'integer':
        return this.#number(schema, true);
      case 'number':
        return this.#number(schema, false);
      case 'boolean':
        return this.#chance(0.5);
      case 'null':
        return null;
      default:
        return this.#text(schema);
    }
  }

  #object(schema: Schema, hostile: number, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(name) || (depth < 4 && this.#chance(0.5)))
        made[name] = this.#member(name, member, hostile, depth + 1);
    return made;
  }

  #member(name: string, schema: Schema, hostile: number, depth: number): unknown {
    const known = this.#ids()[name];
    // `id` names anything: only addresses are about our things.
    if (known && name !== 'id' && this.#chance(0.5)) return this.#pick(known);
    return this.#value(schema, hostile, depth);
  }

  #number({ minimum = -1000, maximum = minimum + 10_000 }: Schema, whole: boolean): number {
    const value = minimum + this.#random() * (maximum - minimum);
    return whole ? Math.floor(value) : value;
  }

  #text({ format, pattern, maxLength = 200, minLength = 0 }: Schema): string {
    const day = `2026-${String(1 + this.#below(12)).padStart(2, '0')}-${String(1 + this.#below(28)).padStart(2, '0')}`;
    if (format === 'date') return day;
    if (format === 'date-time') return `${day}T08:00:00.000Z`;
    if (format === 'cuid') return `c${'0'.repeat(20)}${this.#below(9999)}`;
    if (format === 'uri') return 'https://example.org/';
    if (pattern?.includes('[0-5]')) return '08:15';
    if (pattern?.includes('[A-Z]{3}')) return 'INR';
    const text = this.#pick(texts.slice(0, 10));
    return text.padEnd(minLength, 'x').slice(0, maxLength);
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
