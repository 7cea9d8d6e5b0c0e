import { type ErrorCode, errorKinds } from '../errors.ts';
import { type Document, operationsOf } from './openapi.ts';
import { problemGuide } from './problemGuide.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Style sheet of the documentation page, served beside it: the page allows no inline style. */
export const docsStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1.5rem}
h2{border-top:1px solid;padding-top:1rem;margin-top:2rem}
code,pre{font:0.9em/1.45 ui-monospace,monospace}
pre{overflow:auto;border:1px solid;padding:.75rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid;padding:.35rem .75rem .35rem 0}
`;

/** The API for people: one plain page made from the OpenAPI document, without script or outside host. */
export function docsPage(document: Document): string {
  const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
  const answers = (document.components?.responses ?? {}) as Readonly<Record<string, Answer>>;
  const operations = operationsOf(document).map(({ path, method, operation }) =>
    operationSection(method, path, operation as Operation, answers),
  );
  const models = Object.entries(schemas).map(
    ([name, schema]) => `<h3 id="${escape(name)}">${escape(name)}</h3>${schemaTable(schema)}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>RouteStitch API</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>RouteStitch API ${escape(document.info.version)}</h1>
${prose(document.info.description ?? '')}
<p>For programs: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a> (OpenAPI 3.1).</p>
<h2 id="codes">Codes of problems</h2>
${codeTable()}
${operations.join('\n')}
<h2>Shapes</h2>
${models.join('\n')}
</main></body></html>`;
}

/** Paragraphs with `code` in them. */
const prose = (text: string): string =>
  text
    .split('\n\n')
    .map((paragraph) => `<p>${marked(paragraph)}</p>`)
    .join('\n');

const marked = (text: string): string => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** Every stable code with its status, what it means and what to do. */
function codeTable(): string {
  const rows = (Object.keys(errorKinds) as ErrorCode[]).map((code) => [
    `<code>${code}</code>`,
    String(errorKinds[code].status),
    marked(problemGuide[code].meaning),
    marked(problemGuide[code].remedy),
  ]);
  return table(['Code', 'Status', 'What has happened', 'What to do'], rows);
}

interface Answer {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { schema?: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    schema?: Schema;
    description?: string;
    example?: unknown;
  }[];
  readonly security?: readonly unknown[];
  readonly requestBody?: { content?: Readonly<Record<string, { schema?: Schema; example?: unknown }>> };
  readonly responses?: Readonly<Record<string, Answer>>;
}

function operationSection(
  method: string,
  path: string,
  operation: Operation,
  shared: Readonly<Record<string, Answer>>,
): string {
  const parts = [`<h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>`];
  if (operation.summary)
    parts.push(
      `<p><strong>${escape(operation.summary)}.</strong> ${marked(operation.description ?? '')}${
        operation.security?.length ? ' For those who are signed in.' : ''
      }</p>`,
    );
  if (operation.parameters?.length)
    parts.push(
      table(
        ['Parameter', 'Type', 'Meaning'],
        operation.parameters.map((one) => [
          `<code>${escape(one.name)}</code>${one.required ? ' (required)' : ''}`,
          typeOf(one.schema),
          escape(one.description ?? one.schema?.description ?? ''),
        ]),
      ),
    );
  for (const [type, body] of Object.entries(operation.requestBody?.content ?? {})) {
    parts.push(`<p>Body (${escape(type)}): ${typeOf(body.schema)}</p>`);
    if (body.example !== undefined) parts.push(`<pre>${escape(JSON.stringify(body.example, null, 2))}</pre>`);
  }
  const answers = Object.entries(operation.responses ?? {}).map(([status, given]) => {
    const answer = shared[given.$ref?.split('/').at(-1) ?? ''] ?? given;
    return [
      `<code>${escape(status)}</code>`,
      Object.values(answer.content ?? {})
        .map((content) => typeOf(content.schema))
        .join(', '),
      given.$ref ? codesOf(Number(status)) : marked(answer.description ?? ''),
    ];
  });
  parts.push(table(['Answer', 'Shape', ''], answers));
  return parts.join('\n');
}

/** The codes of a status, explained once above. */
const codesOf = (status: number): string =>
  (Object.keys(errorKinds) as ErrorCode[])
    .filter((code) => errorKinds[code].status === status)
    .map((code) => `<a href="#codes"><code>${code}</code></a>`)
    .join(', ');

function typeOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) {
    const name = escape(schema.$ref.split('/').at(-1) ?? '');
    return `<a href="#${name}">${name}</a>`;
  }
  if (schema.enum) return schema.enum.map((value) => `<code>${escape(String(value))}</code>`).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return escape(schema.format ? `${type} (${schema.format})` : type);
}

function schemaTable(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    `<code>${escape(name)}</code>${schema.required?.includes(name) ? '' : ' (optional)'}`,
    typeOf(property),
    marked(property.description ?? ''),
  ]);
  return rows.length > 0 ? table(['Field', 'Type', 'Meaning'], rows) : `<p>${typeOf(schema)}</p>`;
}

const table = (headers: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${headers.map((header) => `<th scope="col">${header}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;
