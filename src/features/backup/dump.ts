/** Dumps of a server: pg_dump and the inventory of one snapshot. */
import type pg from 'pg';
import { ourSchemas } from '../../database/schema/describe.ts';
import type { ReportProgress } from './contract.ts';
import { type TakenInventory, takeInventory } from './inventory.ts';
import { findPrograms, type Programs, startProgram } from './programs.ts';
import type { Reader } from './reader.ts';
import { writeSealed } from './sealedFile.ts';
import type { BackupFile } from './contract.ts';

export interface Dumped extends TakenInventory {
  readonly payload: BackupFile;
  readonly tool: string;
}

/** Everything in RouteStitch's schemas as `pg_dump -Fc` writes it. */
export async function dumpDatabase(
  reader: Reader,
  file: string,
  recipients: readonly string[],
  report: ReportProgress,
): Promise<Dumped> {
  const programs = await findPrograms(reader.major);
  const { client } = reader;
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // As pg_dump does it: an error instead of fewer rows.
    if (reader.through === 'owner') await client.query('SET LOCAL row_security = off');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const payload = await dumpSnapshot(reader, programs, file, recipients, report);
    return { ...(await takeInventory(client, 'ours', report)), payload, tool: programs.version };
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

async function dumpSnapshot(
  { client, url, through }: Reader,
  programs: Programs,
  file: string,
  recipients: readonly string[],
  report: ReportProgress,
): Promise<BackupFile> {
  const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
  const options = [
    '--format=custom',
    `--snapshot=${rows[0]!.id}`,
    '--lock-wait-timeout=60s',
    ...(through === 'policies' ? ['--enable-row-security'] : []),
    ...(await otherSchemas(client)).map((name) => `--exclude-schema="${name.replaceAll('"', '""')}"`),
  ];
  const { child, done } = startProgram(programs, 'pg_dump', options, url);
  try {
    const payload = await writeSealed(child.stdout, file, recipients, (bytes) =>
      report(`dumping, ${megabytes(bytes)}`),
    );
    await done; // a dump that broke off ends its output too
    return payload;
  } finally {
    child.kill();
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Job queues and whatever else lives in this database: work that was waiting then must not be done again later. */
async function otherSchemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace
     WHERE nspname <> ALL ($1) AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1`,
    [ourSchemas],
  );
  return rows.map(({ name }) => name);
}
