import { differences } from '../../database/schema/differences.ts';
import type { Inventory, Manifest } from './contract.ts';
import { withFlatConditions } from './flatConditions.ts';
import type { TakenInventory } from './inventory.ts';

/** What `schema.sql` of a backup holds. */
export const schemaText = (statements: readonly string[]): string => `${statements.join('\n')}\n`;

/** Recovery continues a sequence up to 32 values later: PostgreSQL logs so many ahead. */
const LOGGED_AHEAD = 32n;

/** What a restored database must be. */
export interface Expected {
  readonly manifest: Manifest;
  /** Text of `schema.sql`. */
  readonly schema: string;
}

/** Lines of the schema that are shown; the first ones tell. */
const SHOWN = 5;

/** Where a restored database differs from what its backup says; one line each. */
export function differencesFrom(
  { manifest, schema }: Expected,
  { inventory, statements }: TakenInventory,
): string[] {
  const expected = manifest.inventory;
  const problems = tableDifferences(expected, inventory);
  for (const { name, value } of expected.sequences) {
    const found = inventory.sequences.find((sequence) => sequence.name === name);
    if (!found || !follows(value, found.value, manifest.kind === 'physical'))
      problems.push(`sequence ${name} stands at ${found?.value ?? 'nothing'} instead of ${value}`);
  }
  for (const kind of ['extensions', 'roles', 'migrations'] as const) {
    const [was, is] = [expected[kind].join(', '), inventory[kind].join(', ')];
    if (was !== is) problems.push(`${kind} are ${is || 'none'} instead of ${was || 'none'}`);
  }
  const lines = differences(linesOf(schema), linesOf(schemaText(statements)));
  if (lines.length > 0)
    problems.push(
      `the schema is not that of schema.sql, ${lines.length} lines differ: ${lines.slice(0, SHOWN).join(' ')}`,
    );
  return problems;
}

const linesOf = (schema: string): string[] => schema.split('\n').map(withFlatConditions);

function tableDifferences(expected: Inventory, found: Inventory): string[] {
  const byName = new Map(found.tables.map((table) => [table.name, table]));
  const problems = expected.tables.flatMap(({ name, rows, checksum }) => {
    const table = byName.get(name);
    if (!table) return [`table ${name} is missing`];
    if (table.rows !== rows) return [`table ${name} has ${table.rows} rows instead of ${rows}`];
    return table.checksum === checksum ? [] : [`table ${name} has other rows than were saved`];
  });
  const names = new Set(expected.tables.map(({ name }) => name));
  return [
    ...problems,
    ...found.tables
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => `table ${name} is not of the backup`),
  ];
}

function follows(was: string | null, is: string | null, recovered: boolean): boolean {
  if (was === is) return true;
  if (!recovered || is === null) return false;
  const ahead = BigInt(is) - BigInt(was ?? 0);
  return ahead > 0n && ahead <= LOGGED_AHEAD;
}
