/** The probes of F1 over all tables of a database. */
import assert from 'node:assert/strict';
import pg from 'pg';
import { checksums, type UserTable, userTables } from './rowSecurityCatalogue.ts';
import { escapes, escapesOf, probesOf, sendProbes, sweepsOf } from './rowSecurityProbes.ts';

export interface Probing {
  /** Settings of `app.user_id`. */
  readonly probers: readonly (string | undefined)[];
  /** Users with a row in every table. */
  readonly victims: readonly string[];
  /** Of the probers the one who has rows too. */
  readonly knownProber: string;
  /** One table instead of all. */
  readonly only?: string;
}

export interface Probed {
  readonly sent: number;
  /** Rows of its own that the known prober reached. */
  readonly reached: number;
  /** One line per leak or change. */
  readonly leaks: readonly string[];
  readonly tables: readonly UserTable[];
}

/** Sends the probes as rs_app, and compares the sums of all tables before and after. `client`: of the owner. */
export async function probeTables(
  client: pg.Client,
  ownerUrl: string,
  { probers, victims, knownProber, only }: Probing,
): Promise<Probed> {
  const tables = (await userTables(client)).filter(({ name }) => only === undefined || name === only);
  const rows = await victimRows(client, tables, victims);
  const whole = await checksums(client);
  let [sent, reached] = [0, 0];
  const leaks: string[] = [];
  for (const user of probers) {
    const probes = function* () {
      for (const table of tables) {
        for (const row of rows.get(table.name)!) yield* probesOf(table, row, user ?? '');
        yield* sweepsOf(table);
        yield* escapesOf(table);
      }
      yield* escapes;
    };
    const answer = await sendProbes(ownerUrl, user, probes());
    sent += answer.sent;
    if (user === knownProber) reached = answer.reached;
    leaks.push(...answer.leaks);
  }
  const afterwards = await checksums(client);
  for (const [name, sum] of Object.entries(whole))
    if (afterwards[name] !== sum) leaks.push(`${name} has changed`);
  return { sent, reached, leaks, tables };
}

/** One row of each victim in each table, as text. */
async function victimRows(client: pg.Client, tables: readonly UserTable[], victims: readonly string[]) {
  const rows = new Map<string, Record<string, string | null>[]>();
  for (const { name, owner: column, columns } of tables) {
    const all = columns.map((one) => pg.escapeIdentifier(one.name));
    const { rows: found } = await client.query<Record<string, string | null>>(
      `SELECT DISTINCT ON (${column}) ${all.map((one) => `${one}::text AS ${one}`).join(', ')}
       FROM ${name} WHERE ${column} = ANY ($1)`,
      [victims],
    );
    assert.equal(found.length, victims.length, name);
    rows.set(name, found);
  }
  return rows;
}
