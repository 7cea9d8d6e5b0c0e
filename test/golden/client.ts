import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'oxfmt';
import { openApiGolden } from './openapi.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const root = path.resolve(import.meta.dirname, '../..');

/** `clients/typescript/routestitch.ts`: the typed client of the API as `openapi.json` describes it. */
export async function clientGolden(): Promise<string> {
  const source = clientSource(JSON.parse(await openApiGolden()) as ApiDescription);
  const {
    ignorePatterns: _,
    $schema: __,
    ...style
  } = JSON.parse(await readFile(path.join(root, '.oxfmtrc.json'), 'utf8')) as Record<string, unknown>;
  const { code, errors } = await format('routestitch.ts', source, style);
  if (errors.length > 0) throw new Error(`The client is no TypeScript: ${JSON.stringify(errors)}`);
  return code;
}

/** The client's text, not yet formatted. Throws on what a description may say and this generator does not know. */
export function clientSource({ paths, components }: ApiDescription): string {
  const types = Object.entries(components.schemas).map(
    // No interfaces: one of these without further fields may stand for one of those with any.
    ([name, schema]) => `${comment(schema.description)}export type ${name} = ${typeOf(schema)};`,
  );
  const methods = Object.entries(paths).flatMap(([address, item]) =>
    Object.entries(item).map(([method, operation]) => methodOf(method.toUpperCase(), address, operation)),
  );
  return `${HEAD}\n${types.join('\n\n')}\n\n${RUNTIME.replace('/* operations */', () => methods.join('\n\n'))}`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeOf))].join(' | ');
  if (Array.isArray(schema.type))
    return [...new Set(schema.type.map((type) => typeOf({ ...schema, type })))].join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${schema.items ? typeOf(schema.items) : 'unknown'})[]`;
    case 'object':
      return objectType(schema);
    case undefined:
      if (Object.keys(schema).every((key) => key === 'description' || key === 'example')) return 'unknown';
  }
  throw new Error(`The generator of the client knows no schema like ${JSON.stringify(schema).slice(0, 200)}`);
}

function objectType({ properties = {}, required = [], additionalProperties: more }: Schema): string {
  const fields = Object.entries(properties).map(([name, schema]) =>
    field(name, typeOf(schema), required.includes(name), schema.description),
  );
  // A field with a type of its own is one of "any further field" too, so that one is as wide as it gets.
  const further = typeof more === 'object' ? typeOf(more) : 'unknown';
  if (fields.length === 0 && more !== false) return `Record<string, ${further}>`;
  if (more !== undefined && more !== false) fields.push('[further: string]: unknown;');
  return `{ ${fields.join('\n')} }`;
}

const field = (name: string, type: string, required: boolean, description?: string): string =>
  `${comment(description)}${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}${required ? '' : '?'}: ${type};`;

const comment = (text: string | undefined): string =>
  text === undefined ? '' : `\n/** ${text.replaceAll('*/', '*\u200b/').replaceAll('\n', '\n * ')} */\n`;

/** One operation as a method: what is in its path, its body, its query, and how to call it, in this order. */
function methodOf(method: string, address: string, operation: Operation): string {
  const parameters = operation.parameters ?? [];
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const body = operation.requestBody;
  const repeatable = parameters.some(({ name }) => name === 'idempotency-key');
  const [kind, answer] = answerOf(operation);
  const taken = [
    ...inPath.map(({ name, schema }) => `${name}: ${typeOf(schema)}`),
    ...(body ? [`body${body.required ? '' : '?'}: ${typeOf(jsonOf(body.content))}`] : []),
    ...(inQuery.length > 0 ? [queryArgument(inQuery)] : []),
    `call: ${repeatable ? 'WriteCall' : 'Call'} = {}`,
  ];
  const url = address.replaceAll(/\{(\w+)\}/g, (_, name: string) => `\${segment(${name})}`);
  const sent = [...(body ? ['body'] : []), ...(inQuery.length > 0 ? ['query'] : [])];
  const about = [operation.summary, operation.description].filter(Boolean).join('. ');
  return `/**\n * ${about.replaceAll('\n', '\n * ')}\n *\n * \`${method} ${address}\`\n */
  ${operation.operationId}(${taken.join(', ')}): Promise<${answer}> {
    return this.#ask('${method}', \`${url}\`, '${kind}', { ${[...sent, 'call'].join(', ')} }) as Promise<${answer}>;
  }`;
}

function queryArgument(parameters: readonly Parameter[]): string {
  const fields = parameters.map(({ name, schema, required = false, description }) =>
    field(name, typeOf(schema), required, description),
  );
  return `query: { ${fields.join('\n')} }${parameters.some(({ required }) => required) ? '' : ' = {}'}`;
}

const jsonOf = (content: Content): Schema => content['application/json']?.schema ?? {};

/** What the client makes of the first answer that is no error, and its type. */
function answerOf({ operationId, responses }: Operation): [kind: string, type: string] {
  const status = Object.keys(responses).find((code) => Number(code) < 400 && code !== '304');
  if (status === undefined) throw new Error(`${operationId} has no answer that is no error`);
  const content = responses[status]?.content ?? {};
  if ('application/json' in content) return ['json', typeOf(jsonOf(content))];
  if (Object.keys(content).length > 0) return ['text', 'string'];
  return status.startsWith('3') ? ['location', 'string'] : ['none', 'void'];
}

const HEAD = `/**
 * Typed client of the RouteStitch API. Needs \`fetch\` and nothing else: Node, Deno, Bun, browsers.
 * Written by \`npm run golden\` from openapi.json; change that instead.
 */
`;

const RUNTIME = `
export interface RouteStitchOptions {
  /** Where the server is: \`https://routes.example.org\`; empty in a page that it serves. */
  readonly baseUrl: string;
  /** A session for programs, as \`rs.session=…\`; a browser sends its own. */
  readonly cookie?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the global one. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface Call {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WriteCall extends Call {
  /** The same key within 24 hours gets the first answer again: a write repeated with it is done once. */
  readonly idempotencyKey?: string;
}

/** The server refused; \`code\` is stable. Without a problem in the answer (a proxy's page) it is \`UNKNOWN\`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: Problem['code'] | 'UNKNOWN';
  readonly problem: Problem | null;
  /** Seconds to wait before the next try; null when the server does not say. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null) {
    super(problem ? \`\${problem.title}: \${problem.detail}\` : \`The server answered \${status}\`);
    this.status = status;
    this.code = problem?.code ?? 'UNKNOWN';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
interface Asked {
  readonly body?: unknown;
  readonly query?: Query;
  readonly call: WriteCall;
}

/** One method for each operation. Throws {@link ProblemError}, and what \`fetch\` throws when nobody answers. */
export class RouteStitch {
  readonly #options: RouteStitchOptions;

  constructor(options: RouteStitchOptions) {
    this.#options = options;
  }

  /* operations */

  async #ask(method: string, path: string, kind: 'json' | 'text' | 'none' | 'location', asked: Asked): Promise<unknown> {
    const { baseUrl, cookie, fetch = globalThis.fetch } = this.#options;
    const { body, query, call } = asked;
    const headers: Record<string, string> = { ...this.#options.headers, ...call.headers };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
    if (cookie !== undefined) {
      headers['cookie'] = cookie;
      // With a cookie the server asks who writes.
      headers['origin'] = new URL(baseUrl).origin;
    }
    const init: RequestInit = { method, headers, redirect: kind === 'location' ? 'manual' : 'follow' };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (call.signal) init.signal = call.signal;
    const response = await fetch(\`\${baseUrl.replace(/\\/+$/, '')}\${path}\${queryText(query)}\`, init);
    if (response.status >= 400) throw await problemError(response);
    if (kind === 'json') return response.json();
    if (kind === 'text') return response.text();
    await response.body?.cancel();
    return kind === 'location' ? (response.headers.get('location') ?? '') : undefined;
  }
}

const segment = (value: string | number): string => encodeURIComponent(value);

function queryText(query: Query = {}): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) text.append(name, String(one));
  return text.size > 0 ? \`?\${text}\` : '';
}

async function problemError(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const problem = isProblem ? ((await response.json()) as Problem) : null;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(response.status, problem, Number.isFinite(wait) ? wait : null);
}
`;
