/** What the OpenAPI document promises, as a judge of replies: status described, body of its shape, nothing besides. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { problemSchema } from '../../src/http/problem.ts';

interface Content {
  readonly schema?: object;
  readonly example?: unknown;
}
interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}
export interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Answer>>;
}
/** As much of JSON Schema as the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

export interface Reply {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  /** Lower-case name → value. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Described {
  readonly method: string;
  /** `/api/v1/trips/{id}` */
  readonly path: string;
  readonly operation: Operation;
}

/** A place in the code, which no reply may show. */
const TRACE = /\n\s+at |node:internal|node_modules|\.ts:\d+/;
const PROBLEM = 'application/problem+json; charset=utf-8';
/** What may be answered to what the document does not describe. */
const ELSEWHERE = new Set([204, 400, 401, 403, 404, 405, 413, 415, 422, 429]);

export class Contract {
  readonly document: ApiDocument;
  readonly operations: readonly Described[];
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<object, ValidateFunction>();

  constructor(document: ApiDocument) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
    this.#ajv = new Ajv2020({ strict: false, validateFormats: true, formats: { cuid: true } });
    (formats as unknown as { default: (ajv: Ajv2020) => void }).default(this.#ajv);
    this.#ajv.addSchema({ $id: 'document', components: closed(document.components) });
  }

  /** The operation that a request is for, if the document has it. */
  find(method: string, path: string): Described | undefined {
    const asked = method === 'HEAD' ? 'GET' : method;
    return this.operations.find((one) => one.method === asked && patternOf(one.path).test(path));
  }

  /** What is wrong with a reply, or null. */
  fault(reply: Reply): string | null {
    const { status, headers, body, method } = reply;
    if (status >= 500) return `answers ${status}`;
    if (TRACE.test(body)) return 'shows a place in the code';
    for (const name of ['x-request-id', 'content-security-policy', 'x-content-type-options'])
      if (!headers[name]) return `has no ${name}`;
    if (status === 204 || status === 304 || method === 'HEAD')
      return body === '' ? null : `has a body with ${status} to ${method}`;
    const described = this.find(method, reply.path);
    if (status >= 400) {
      const pages = described?.operation.responses[String(status)]?.content?.['text/html'];
      // Some refusals are a page for a browser, where the document says so.
      const asPage = pages !== undefined && headers['content-type']?.startsWith('text/html') === true;
      const fault = asPage ? null : problemFault(status, headers['content-type'], body);
      if (fault) return fault;
    }
    if (!described) {
      // An address of no program is one of the page's own.
      const page = status === 200 && headers['content-type']?.startsWith('text/html') === true;
      return page || ELSEWHERE.has(status) ? null : `answers ${status} where nothing is described`;
    }
    const given = described.operation.responses[String(status)];
    if (!given) return `answers ${status}, which is not described`;
    return status >= 400 ? null : this.#bodyFault(given, headers['content-type'], body);
  }

  #bodyFault({ content }: Answer, type: string | undefined, body: string): string | null {
    if (!content) return body === '' ? null : 'has a body where none is described';
    const essence = type?.split(';')[0] ?? '';
    const described = content[essence];
    if (!described) return `is ${type}, which is not described`;
    if (essence !== 'application/json') return null;
    const valid = this.#validator(described.schema!);
    return valid(JSON.parse(body))
      ? null
      : `has another shape: ${this.#ajv.errorsText(valid.errors).slice(0, 400)}`;
  }

  #validator(schema: object): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known) return known;
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"document#/components');
    const made = this.#ajv.compile(JSON.parse(text) as object);
    this.#validators.set(schema, made);
    return made;
  }
}

function problemFault(status: number, type: string | undefined, body: string): string | null {
  if (type !== PROBLEM) return `answers ${status} as ${type}`;
  const problem = problemSchema.safeParse(JSON.parse(body));
  if (!problem.success) return `answers ${status} with no problem: ${problem.error.message}`;
  return problem.data.status === status ? null : `answers ${status} and says ${problem.data.status}`;
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** The same shapes, but an object has no fields beside those that are named: what is not described is not told. */
function closed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(closed) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, closed(member)] as const);
  const open = 'properties' in value && !('additionalProperties' in value) && isShape(value.properties);
  return Object.fromEntries(open ? [...entries, ['additionalProperties', false]] : entries) as Value;
}

/** A schema's `properties`, not a field that is called so. */
const isShape = (properties: unknown): boolean =>
  typeof properties === 'object' &&
  properties !== null &&
  Object.values(properties).every((one) => typeof one === 'object' && one !== null);
