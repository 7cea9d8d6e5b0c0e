/** F7: what a backup is asked, whatever it is of. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import type { Database } from '../../src/database/connect.ts';
import { ensureRoles } from '../../src/database/roles.ts';
import { eraseUser } from '../../src/features/accounts/index.ts';
import { withBackupLock } from '../../src/features/backup/backupLock.ts';
import {
  type CreatedBackup,
  createBackup,
  findBackup,
  makeKey,
  noteErasure,
  readIdentities,
  restoreBackup,
  verifyBackup,
} from '../../src/features/backup/index.ts';
import { newId } from '../../src/units/ids.ts';
import { fillTrips } from '../support/tripRows.ts';
import { checksums, protectionFaults, userTables } from './rowSecurityCatalogue.ts';
import { probeTables } from './rowSecurityProbing.ts';
import { fillUserTables } from './rowSecurityRows.ts';
import { sized } from './sizes.ts';

export const SECRET = 'a secret of at least thirty-two characters';
/** RTO: a restore may take so long on the full fixture. */
const LONGEST_RESTORE_S = 600;

export interface BackupSource {
  /** Absolute: scratch servers, backups and keys lie below it. */
  readonly folder: string;
  /** Undefined: the built-in server in `folder`. */
  readonly databaseUrl: string | undefined;
  readonly ownerUrl: string;
  /** A superuser's, for looking. */
  readonly superuserUrl: string;
  readonly service: Database;
}

export interface DrilledBackup {
  readonly created: CreatedBackup;
  readonly dir: string;
  readonly identities: readonly string[];
  readonly users: { readonly alice: string; readonly bob: string; readonly mallory: string };
}

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Sums by another function than the product's, of what nobody writes to during the drill and what dumps hold. */
async function quietSums(url: string): Promise<Record<string, string>> {
  const sums = await withClient(url, checksums);
  const left = /^(trips|booking_legs|users|rights|graphile_worker\..*)$/;
  return Object.fromEntries(Object.entries(sums).filter(([name]) => !left.test(name)));
}

/** Fills the source, backs it up while it is written to, and answers with keys in a file. */
export async function backUpUnderWrites(t: TestContext, source: BackupSource): Promise<DrilledBackup> {
  const { folder, databaseUrl, service, superuserUrl } = source;
  const [alice, bob, mallory] = [newId(), newId(), newId()];
  await withClient(superuserUrl, async (client) =>
    fillUserTables(client, await userTables(client), [alice, bob, mallory]),
  );
  const trips = sized(200, 100_000);
  await fillTrips(service, {
    users: 50,
    dates: Array.from({ length: trips }, () => '2026-12-15'),
    status: 'PLANNED',
    legs: 3,
  });
  const keyFile = path.join(folder, 'key');
  const recipient = await makeKey(keyFile, new Date());
  const dir = path.join(folder, 'backups');
  const place = { dataDir: folder, backup: { dir, recipients: [recipient], databaseUrl } };

  const end = new AbortController();
  const begun = Promise.withResolvers<void>();
  let written = 0;
  const writer = (async () => {
    while (!end.signal.aborted) {
      await fillTrips(service, { users: 1, dates: ['2026-12-16'], status: 'PLANNED', legs: 2 });
      written++;
      begun.resolve();
    }
  })();
  writer.catch(begun.reject);
  await begun.promise;
  const created = await createBackup(place).finally(() => end.abort());
  await writer;
  const { manifest } = created;
  t.diagnostic(
    `${manifest.kind}: ${manifest.inventory.tables.reduce((sum, { rows }) => sum + rows, 0)} rows, ` +
      `${(manifest.databaseBytes / 1e6).toFixed(0)} MB database, ${(manifest.payload.bytes / 1e6).toFixed(1)} MB backup in ` +
      `${(Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1000} s while ${written} trips were written`,
  );
  assert.ok(written > 1, 'nobody wrote meanwhile');
  assert.ok(manifest.inventory.tables.every(({ checksum }) => /^-?\d+:-?\d+$/.test(checksum)));
  const { rows = 0 } = manifest.inventory.tables.find(({ name }) => name === 'public.trips') ?? {};
  assert.ok(rows >= trips + 3, `${rows} trips in the manifest`);
  const identities = await readIdentities(keyFile);
  return { created, dir, identities, users: { alice, bob, mallory } };
}

/** While one is made, another of the same database is refused; a failure that is none is not noted. */
export async function refuseTwoAtOnce(
  { folder, databaseUrl, ownerUrl }: BackupSource,
  { dir }: DrilledBackup,
): Promise<void> {
  const before = await readdir(dir);
  const place = { dataDir: folder, backup: { dir, recipients: [], databaseUrl } };
  await withBackupLock(ownerUrl, () =>
    assert.rejects(createBackup(place), {
      code: 'CONFLICT',
      message: /Another backup of this database is being made/,
    }),
  );
  assert.deepEqual(await readdir(dir), before);
}

/** Everything equal in a scratch server, and row-level security holds there. */
export async function verifyAll(t: TestContext, source: BackupSource, drilled: DrilledBackup): Promise<void> {
  const { created, dir, identities, users } = drilled;
  const backup = await findBackup(dir, created.manifest.id);
  const expected = await quietSums(source.superuserUrl);
  const { problems, tables, restoreSeconds } = await verifyBackup(backup, {
    dataDir: source.folder,
    identities,
    inspect: async (url) => {
      await ensureRoles(url);
      assert.deepEqual(await quietSums(url), expected);
      await withClient(url, async (client) => {
        assert.deepEqual(await protectionFaults(client), []);
        const { sent, leaks, reached } = await probeTables(client, url, {
          probers: sized([users.mallory], [users.mallory, undefined, '', newId()]),
          victims: [users.alice],
          knownProber: users.mallory,
        });
        t.diagnostic(`F1 on the restore: ${sent} probes, ${leaks.length} leaks`);
        assert.deepEqual(leaks.slice(0, 5), []);
        assert.ok(sent >= 3000 && reached > 100);
      });
    },
  });
  assert.deepEqual(problems, []);
  t.diagnostic(`verified ${tables} tables, restored in ${restoreSeconds} s`);
  assert.equal((await findBackup(dir, backup.id)).verification?.problems.length, 0);
}

/** Every file of a backup with one bit flipped, and other keys. */
export async function refuseDamage(
  source: BackupSource,
  { created, dir, identities }: DrilledBackup,
): Promise<void> {
  const { folder, manifest } = created;
  const verify = async (keys = identities) =>
    verifyBackup(await findBackup(dir, manifest.id), { dataDir: source.folder, identities: keys });
  const restore = async (keys = identities) =>
    restoreBackup(await findBackup(dir, manifest.id), {
      to: path.join(source.folder, 'never'),
      replace: false,
      identities: keys,
      backupDir: dir,
    });
  for (const name of [manifest.payload.name, manifest.schema.name, 'manifest.json']) {
    const file = path.join(folder, name);
    const whole = readFileSync(file);
    const flipped = Buffer.from(whole);
    const bit = Math.floor(Math.random() * whole.length * 8);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(file, flipped);
    try {
      await assert.rejects(verify(), { code: 'UNPROCESSABLE' }, `verify, bit ${bit} of ${name}`);
      await assert.rejects(restore(), { code: 'UNPROCESSABLE' }, `restore, bit ${bit} of ${name}`);
    } finally {
      writeFileSync(file, whole);
    }
  }
  const wrong = path.join(source.folder, `wrong key ${newId()}`);
  await makeKey(wrong, new Date());
  const other = await readIdentities(wrong);
  await assert.rejects(verify(other), { code: 'UNPROCESSABLE', message: /The key does not open it/ });
  await assert.rejects(restore(other), { code: 'UNPROCESSABLE', message: /The key does not open it/ });
  await assert.rejects(restore([]), /No key was given/);
}

export interface RestoreDrill {
  readonly to: string;
  /** Over what is there, which still knows of the erasure; else that is lost, and only the note beside the backups is left. */
  readonly replace: boolean;
  /** Ends everything that uses the source. */
  readonly stop: () => Promise<void>;
  /** Opens what was restored; its superuser's URL. */
  readonly open: () => Promise<string>;
}

/** Erases a user after the backup, restores it, and looks for the user. */
export async function restoreWithErasure(
  t: TestContext,
  source: BackupSource,
  { created, dir, identities, users }: DrilledBackup,
  { to, replace, stop, open }: RestoreDrill,
): Promise<void> {
  const gone = users.bob;
  await eraseUser(source.service, gone, SECRET);
  if (!replace) await noteErasure(dir, gone); // as the server does at once
  await stop();
  const backup = await findBackup(dir, created.manifest.id);
  const restored = await restoreBackup(backup, { to, replace, identities, backupDir: dir });
  t.diagnostic(
    `restored in ${restored.seconds} s (the database alone: ${restored.verification.restoreSeconds} s)`,
  );
  assert.ok(restored.seconds < LONGEST_RESTORE_S);
  assert.deepEqual(restored.verification.problems, []);
  assert.equal(restored.erasedAgain, 1);
  await withClient(await open(), async (client) => {
    const rowsOf = async (name: string, column: string, userId: string) =>
      (await client.query(`SELECT FROM ${name} WHERE ${column} = $1`, [userId])).rowCount;
    for (const { name, owner, partition } of await userTables(client)) {
      assert.equal(await rowsOf(name, owner, gone), 0, `${name} of the erased`);
      assert.ok(partition || (await rowsOf(name, owner, users.alice)), `${name} of who stays`);
    }
    const held = await rowsOf('hold.erased_users', 'erased_user_id', gone);
    assert.equal(held, replace ? 1 : 0, 'the hold comes along where it can be read');
    assert.deepEqual(await protectionFaults(client), []);
  });
}
