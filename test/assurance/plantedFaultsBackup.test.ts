/** Backups that lack, lie or leak, and a server that forgets or repeats: each is seen by the test that is there for it. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const folder = 'src/features/backup/folder.test.ts';
const sealed = 'src/features/backup/sealedFile.test.ts';
const compare = 'src/features/backup/compare.test.ts';
const drill = 'test/assurance/backup.test.ts';
const crash = 'test/assurance/crash.test.ts';
const underKills = 'F6 nothing acknowledged is lost, nothing is done twice';

const faults: readonly Fault[] = [
  {
    what: 'the last good backup is removed like any other',
    file: 'src/features/backup/pruneBackups.ts',
    find: ' && backup !== good[0]',
    put: '',
    redIn: folder,
    red: 'the last good one stays however old; damaged ones do not count as good',
  },
  {
    what: 'eight days are kept',
    file: 'src/features/backup/pruneBackups.ts',
    find: 'RETENTION_DAYS = 7',
    put: 'RETENTION_DAYS = 8',
    redIn: folder,
    red: 'with a backup every night there are seven after the eighth',
  },
  {
    what: 'a changed manifest is believed',
    file: 'src/features/backup/folder.ts',
    find: "if (createHash('sha256').update(text).digest('hex') !== sum)",
    put: "if (sum === '')",
    redIn: folder,
    red: 'a file that is missing, shorter, or a changed manifest makes it damaged',
  },
  {
    what: 'the hash of the data is not looked at',
    file: 'src/features/backup/sealedFile.ts',
    find: "done !== bytes || hash.digest('hex') !== sha256",
    put: 'done !== bytes',
    redIn: sealed,
    red: 'one flipped bit anywhere is seen by the hash, and by the encryption itself',
  },
  {
    what: 'a recipient is given and nothing is encrypted',
    file: 'src/features/backup/sealedFile.ts',
    find: 'if (encrypter) {',
    put: 'if (encrypter && bytes > 0) {',
    redIn: sealed,
    red: 'sealed to a key, it is read by that key, hashed as it lies, and for its owner’s eyes',
  },
  {
    what: 'rows are counted and not looked at',
    file: 'src/features/backup/inventory.ts',
    find: 'md5(t::text)',
    put: "md5('')",
    redIn: compare,
    red: `planted: UPDATE users SET name = 'Test Studen' WHERE email = 'student@test.com'`,
  },
  {
    what: 'policies and grants are not compared',
    file: 'src/features/backup/compare.ts',
    find: 'if (lines.length > 0)',
    put: 'if (lines.length > 9999)',
    redIn: compare,
    red: 'planted: DROP POLICY own ON trips',
  },
  {
    what: 'the first file of the log is left out of a copy',
    file: 'src/database/embedded/copyRunning.ts',
    find: 'name >= first && name <= last',
    put: 'name > first && name <= last',
    redIn: drill,
    red: 'a copy under writes is recovered and compared before it counts',
  },
  {
    what: 'writers are let in between the snapshot and the mark in the log',
    file: 'src/features/backup/restorePoint.ts',
    find: "await snapshot.query('SELECT 1'); // takes the snapshot",
    put: "await snapshot.query('SELECT 1'); await locker.query('COMMIT'); await sleep(400); await locker.query('BEGIN');",
    redIn: drill,
    red: 'a copy under writes is recovered and compared before it counts',
  },
  {
    what: 'a dump and its sums are of two moments',
    file: 'src/features/backup/dump.ts',
    find: '`--snapshot=${rows[0]!.id}`,',
    put: '',
    redIn: drill,
    red: 'every table, policy and grant is restored to 18, and F1 holds',
  },
  {
    what: 'two backups at once are let in',
    file: 'src/features/backup/backupLock.ts',
    find: 'if (!rows[0]?.got)',
    put: 'if (!rows[0])',
    redIn: drill,
    red: 'another at the same time is refused',
  },
  {
    what: 'a scrape tells of backups what the one before found',
    file: 'src/http/metrics/metrics.ts',
    find: 'await read((labels',
    put: 'void read((labels',
    redIn: 'src/http/metrics/metrics.test.ts',
    red: 'backups are told by age, size and state; without a good one there is no age',
  },
  {
    what: 'half a dump is committed',
    file: 'src/features/backup/restoreDump.ts',
    find: ', { end: false }',
    put: '',
    redIn: drill,
    red: 'a restore that fails leaves what was there; an occupied or used database is refused',
  },
  {
    what: 'a dump without the rows that rs_backup does not see',
    file: 'src/features/backup/reader.ts',
    find: 'if (names.length > 0)',
    put: 'if (names.length > 99)',
    redIn: drill,
    red: 'who does not see all rows gets no dump: rs_app, the owner, and rs_backup without a policy',
  },
  {
    what: 'erasures are not made again',
    file: 'src/features/backup/settleRestored.ts',
    find: 'await reapplyNotedErasures(service, backupDir, [...ledger, ...hashes])',
    put: '0',
    redIn: drill,
    red: 'restored over itself: a user erased since is erased again, and held',
  },
  {
    what: 'erasures are not noted beside the backups',
    file: 'src/features/backup/erasureLedger.ts',
    find: 'if (hashes.length === 0) return;',
    put: 'if (hashes.length < 99) return;',
    redIn: drill,
    red: 'restored elsewhere after a loss: a user erased since is erased again',
  },
  {
    what: 'a backup has its name before it is whole',
    file: 'src/features/backup/folder.ts',
    find: 'path.join(dir, `.${id}.${machine}-${process.pid}.partial`)',
    put: 'path.join(dir, id)',
    redIn: folder,
    red: 'a backup is listed when it is whole, and not before',
  },
  {
    what: 'a write with a key is done as often as it is sent',
    file: 'src/features/idempotency/write.ts',
    find: 'if (key === null)',
    put: "if (key !== '')",
    redIn: crash,
    red: underKills,
  },
  {
    what: 'a write is acknowledged and rolled back',
    file: 'src/database/connect.ts',
    find: "const { command } = await client.query('COMMIT');",
    put: "const { command } = { command: 'COMMIT', done: await client.query('ROLLBACK') };",
    redIn: crash,
    red: underKills,
  },
  {
    what: 'the built-in server does not wait for the disk',
    file: 'src/database/embedded/cluster.ts',
    find: "'fsync = on\\n'",
    put: "'fsync = off\\n'",
    redIn: crash,
    red: 'F6 no page, row or index is corrupt, and commits are durable',
  },
];

plantFaults(['src', 'data', 'prisma', 'prisma.config.ts', 'test', 'clients', 'openapi.json'], faults);
