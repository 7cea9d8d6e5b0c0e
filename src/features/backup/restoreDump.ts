/** A dump into a database: all of it or nothing, over an old one too. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDatabase } from '../../database/migrate.ts';
import { createMissingRoles } from '../../database/roles.ts';
import { AppError } from '../../errors.ts';
import type { Manifest } from './contract.ts';
import { type Programs, startProgram } from './programs.ts';
import { open } from './reader.ts';

/** Until a program that ended has said why. */
const ECHO_MS = 2000;

/**
 * Restores `dump` into the database of `ownerUrl` in one transaction. `replace`: what is there goes in the same
 * transaction, so that it is still there when anything fails. Throws `DATABASE`.
 */
export async function restoreDump(
  programs: Programs,
  ownerUrl: string,
  dump: Readable,
  manifest: Manifest,
  { replace }: { replace: boolean },
): Promise<void> {
  await createMissingRoles(ownerUrl);
  await refuseUnknownRoles(ownerUrl, manifest);
  // Read as a script by psql and not by pg_restore itself, which could not empty the database in its transaction.
  const reading = startProgram(programs, 'pg_restore', ['--no-owner', '--no-comments', '--file=-']);
  const writing = startProgram(
    programs,
    'psql',
    [
      '--no-psqlrc',
      '--quiet',
      '--output=/dev/null',
      '--set=ON_ERROR_STOP=1',
      '--single-transaction',
      ...(replace ? [`--command=${emptyDatabase}`] : []),
      '--file=-',
    ],
    ownerUrl,
  );
  try {
    const fed = pipeline(dump, reading.child.stdin);
    const passed = pipeline(reading.child.stdout, writing.child.stdin, { end: false });
    // psql commits at the end of its input, so that must not come before everything was read and found right.
    const read = Promise.all([fed, passed, reading.done]);
    await Promise.race([read, writing.done.then(() => read)]);
    writing.child.stdin.end();
    await writing.done;
  } catch (error) {
    throw await whatFailed(error, [writing.done, reading.done]);
  } finally {
    reading.child.kill('SIGKILL');
    writing.child.kill('SIGKILL');
  }
}

/** A broken pipe is only the echo of why the program at its end gave up; that program's own words come first. */
async function whatFailed(failure: unknown, programs: readonly Promise<void>[]): Promise<unknown> {
  if (!isBrokenPipe(failure)) return failure;
  const ended = Promise.allSettled(programs).then((all) => all.find(({ status }) => status === 'rejected'));
  const first = await Promise.race([ended, sleep(ECHO_MS)]);
  return first?.status === 'rejected' ? first.reason : failure;
}

const isBrokenPipe = (error: unknown): boolean =>
  ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

/** Those of a DBA's, to whom something was granted. */
async function refuseUnknownRoles(ownerUrl: string, { inventory }: Manifest): Promise<void> {
  const client = await open(ownerUrl);
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM unnest($1::text[]) AS name WHERE name NOT IN (SELECT rolname FROM pg_roles)',
      [inventory.roles],
    );
    if (rows.length > 0)
      throw new AppError(
        'DATABASE',
        `The backup has grants to roles that this server does not have. Make them first: ${rows.map(({ name }) => `CREATE ROLE "${name}" NOLOGIN;`).join(' ')}`,
      );
  } finally {
    await client.end();
  }
}
