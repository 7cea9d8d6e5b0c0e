/**
 * What must not be written round the database, read from the syntax tree of every source file:
 * - a transaction inside a transaction (Prisma 7: the inner one may land in another request's; ours: it waits for a
 *   second connection while holding one, and with every connection held so nobody gets any further);
 * - the outer connection inside a transaction: that statement is not part of it;
 * - options of a transaction that are not written in the call: a shared object let one request's work land in
 *   another's transaction (7.x);
 * - SQL made of text outside src/database: `$queryRawUnsafe`, `$executeRawUnsafe`, `Prisma.raw`.
 * The checker itself is tested with planted violations.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) yield child;
}

/** `name` of `object.name`, `object['name']` and `object?.name`. */
function memberName(node: Node | undefined): string | undefined {
  if (node?.type !== 'MemberExpression' || !isNode(node['property'])) return undefined;
  const { name, value } = node['property'] as Node & { name?: unknown; value?: unknown };
  return typeof name === 'string' ? name : typeof value === 'string' ? value : undefined;
}

const named = (node: unknown, name: string): boolean => isNode(node) && node['name'] === name;

interface Found {
  readonly line: number;
  readonly reason: string;
}

function violationsIn(file: string, text: string): Found[] {
  const { program, errors } = parseSync(file, text);
  assert.deepEqual(errors, [], `${file} cannot be parsed`);
  const found: Found[] = [];
  const say = (node: Node, reason: string): void => {
    found.push({ line: text.slice(0, node.start).split('\n').length, reason });
  };
  const visit = (node: Node, open: readonly string[]): void => {
    const callee = node.type === 'CallExpression' && isNode(node['callee']) ? node['callee'] : undefined;
    const isTransaction = /^\$?transaction$/.test(memberName(callee) ?? '');
    if (isTransaction && open.length > 0) say(node, 'a transaction inside a transaction');
    if (isTransaction) {
      const [, ...options] = node['arguments'] as Node[];
      if (options.some((option) => !isWrittenHere(option)))
        say(node, 'options of a transaction that are not written in the call');
    }
    const owner = node.type === 'MemberExpression' && isNode(node['object']) ? node['object'] : undefined;
    if (owner && /^(query|prisma)$/.test(memberName(node) ?? '') && open.includes(textOf(owner)))
      say(node, 'the outer connection inside a transaction');
    if (!file.startsWith('src/database/') && isTextSql(node))
      say(node, 'SQL made of text outside src/database');
    const inside = isTransaction ? [...open, textOf((callee as Node)['object'] as Node)] : open;
    for (const child of childrenOf(node)) visit(child, child === callee ? open : inside);
  };
  const textOf = (node: Node): string => text.slice(node.start, node.end);
  visit(program as unknown as Node, []);
  return found;
}

/** An object literal without `...shared`. */
const isWrittenHere = (option: Node): boolean =>
  option.type === 'ObjectExpression' &&
  (option['properties'] as Node[]).every((property) => property.type === 'Property');

function isTextSql(node: Node): boolean {
  const { type, name, value } = node as Node & { name?: unknown; value?: unknown };
  if (type === 'Identifier') return typeof name === 'string' && name.endsWith('RawUnsafe');
  if (type === 'Literal') return typeof value === 'string' && value.endsWith('RawUnsafe');
  if (type === 'MemberExpression') return named(node['object'], 'Prisma') && memberName(node) === 'raw';
  if (type === 'VariableDeclarator' && named(node['init'], 'Prisma') && isNode(node['id']))
    return [...childrenOf(node['id'])].some((property) => named(property['key'], 'raw'));
  if (type === 'ImportDeclaration') {
    const source = (node['source'] as Node)['value'];
    const fromPrisma = typeof source === 'string' && /prisma|database\/generated/i.test(source);
    return (
      fromPrisma && (node['specifiers'] as Node[]).some((specifier) => named(specifier['imported'], 'raw'))
    );
  }
  return false;
}

function sources(): string[] {
  const inSrc = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `src/${name.replaceAll(path.sep, '/')}`,
  );
  return [...inSrc, 'prisma/seed.ts'].filter(
    (file) => file.endsWith('.ts') && !file.startsWith('src/database/generated/'),
  );
}

test('no source breaks the rules of transactions and raw SQL', () => {
  const files = sources();
  assert.ok(
    files.length > 60,
    `only ${files.length} source files found: the checker looks in the wrong place`,
  );
  const transactions = files.filter((file) =>
    /\.transaction\(/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  assert.ok(transactions.length > 3, 'no transactions found: the checker looks for the wrong name');
  const found = files.flatMap((file) =>
    violationsIn(file, readFileSync(path.join(root, file), 'utf8')).map(
      ({ line, reason }) => `${file}:${line}: ${reason}`,
    ),
  );
  assert.deepEqual(found, []);
});

const planted: [name: string, text: string, reason: RegExp][] = [
  [
    'Prisma’s transaction in Prisma’s transaction',
    `await prisma.$transaction(async (tx) => { await prisma.$transaction([tx.trip.findMany()]); });`,
    /inside a transaction/,
  ],
  [
    'our transaction in ours, some functions deep',
    `await db.transaction((tx) => all(rows.map(async (row) => { if (row) await other.transaction(() => save(tx, row)); })));`,
    /^a transaction inside a transaction$/,
  ],
  ['by name in brackets', `db.transaction(() => db['$transaction']([]));`, /inside a transaction/],
  [
    'the outer connection',
    `database.transaction(async (tx) => { await tx.query(one); await database.query(two); });`,
    /outer connection/,
  ],
  [
    'Prisma beside a transaction',
    `this.db.transaction(async () => this.db.prisma.trip.count());`,
    /outer connection/,
  ],
  ['shared options', `prisma.$transaction(work, serializable);`, /not written in the call/],
  [
    'shared options, spread',
    `prisma.$transaction(work, { ...shared, timeout: 5 });`,
    /not written in the call/,
  ],
  ['shared options of ours', `db.transaction(work, options.strict);`, /not written in the call/],
  ['unsafe raw SQL', 'await prisma.$queryRawUnsafe(`SELECT ${id}`);', /made of text/],
  ['unsafe raw SQL by name', `await prisma['$executeRawUnsafe'](text);`, /made of text/],
  ['unsafe raw SQL taken out', `const { $queryRawUnsafe: ask } = prisma;`, /made of text/],
  ['Prisma.raw', 'prisma.$queryRaw`SELECT ${Prisma.raw(column)}`;', /made of text/],
  ['Prisma.raw taken out', `const { raw } = Prisma;`, /made of text/],
  ['raw imported', `import { raw as text } from '@prisma/client/runtime/client';`, /made of text/],
];
for (const [name, text, reason] of planted)
  test(`planted: ${name}`, () => {
    const found = violationsIn('src/features/trips/store.ts', text);
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.match(found[0]!.reason, reason);
  });

test('what is allowed is not reported', () => {
  const allowed = `
    await db.transaction(async (tx) => { await tx.query({ text: 'SELECT 1' }); });
    await db.transaction(async (tx) => keep(tx)); await db.query(next);
    await prisma.$transaction([a, b], { isolationLevel: 'Serializable' });
    await prisma.$queryRaw\`SELECT \${id}\`;
    const transaction = { query: tx.query, transaction: (work) => work(tx) };
    const rows: Row[] = raw(Prisma.sql\`SELECT 1\`); // not $queryRawUnsafe`;
  assert.deepEqual(violationsIn('src/features/trips/store.ts', allowed), []);
  assert.deepEqual(violationsIn('src/database/roles.ts', 'client.$executeRawUnsafe(text)'), []);
});
