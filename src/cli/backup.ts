import type { Config } from '../config.ts';
import {
  type BrokenBackup,
  createBackup,
  findBackup,
  isGood,
  makeKey,
  type Manifest,
  pruneBackups,
  readBackups,
  readIdentities,
  restoreBackup,
  type RestoredBackup,
  RETENTION_DAYS,
  type StoredBackup,
  verifyBackup,
} from '../features/backup/index.ts';
import { AppError } from '../errors.ts';
import { type Command, type CommandGroup, type OptionValues, requiredOption, textOption } from './command.ts';
import { textTable } from './terminal.ts';

const identityOption = {
  identity: {
    type: 'string',
    value: 'FILE',
    help: 'File with the private key (default: BACKUP_IDENTITY_FILE)',
  },
} as const;

async function identitiesOf(values: OptionValues, config: Config): Promise<string[]> {
  const file = textOption(values, 'identity') ?? config.backup.identityFile;
  return file === undefined ? [] : readIdentities(file);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const secondsOf = ({ startedAt, finishedAt }: Manifest): string =>
  ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
const encryption = ({ recipients }: Manifest): string =>
  recipients.length > 0 ? 'encrypted' : 'not encrypted';

const UNENCRYPTED =
  'WARNING: this backup is NOT ENCRYPTED. Whoever reads the file reads every trip and address in it. `routestitch backup key FILE` makes a key; set BACKUP_RECIPIENT to its public half.';

const createCommand: Command = {
  name: 'create',
  summary: 'Back up the database into BACKUP_DIR',
  usage: '',
  details:
    'A server (DATABASE_URL) is dumped by pg_dump, which must be installed in the server’s version or newer. The built-in\n' +
    'server is copied while it runs; the copy is recovered and compared before it counts. Encrypted to BACKUP_RECIPIENT.',
  options: {},
  async run({ config, json, out, note, progress }) {
    const { folder, manifest, verification } = await createBackup(config, progress.report);
    if (manifest.recipients.length === 0) note(UNENCRYPTED);
    if (json) {
      out(JSON.stringify({ folder, ...manifest, verification }, null, 2));
      return;
    }
    const rows = manifest.inventory.tables.reduce((sum, table) => sum + table.rows, 0);
    const proved = verification ? ', restored and compared' : '';
    out(
      `Backup ${manifest.id} (${manifest.kind}, ${megabytes(manifest.payload.bytes)}, ${encryption(manifest)}${proved}): ` +
        `${manifest.inventory.tables.length} tables with ${rows} rows in ${secondsOf(manifest)} s.\n${folder}`,
    );
  },
};

const listCommand: Command = {
  name: 'list',
  summary: 'Show the backups in BACKUP_DIR',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const backups = await readBackups(config.backup.dir);
    if (json) out(JSON.stringify(backups.map(listed), null, 2));
    else if (backups.length === 0)
      out(`No backups in ${config.backup.dir}: \`routestitch backup create\` makes one.`);
    else out(textTable(['Id', 'Kind', 'Finished (UTC)', '>Size', 'Encrypted', 'State'], backups.map(rowOf)));
  },
};

const listed = (backup: StoredBackup | BrokenBackup) =>
  'fault' in backup
    ? { id: backup.id, folder: backup.folder, good: false, fault: backup.fault }
    : {
        id: backup.id,
        folder: backup.folder,
        good: isGood(backup),
        kind: backup.manifest.kind,
        startedAt: backup.manifest.startedAt,
        finishedAt: backup.manifest.finishedAt,
        bytes: backup.manifest.payload.bytes,
        encrypted: backup.manifest.recipients.length > 0,
        versions: backup.manifest.versions,
        verification: backup.verification,
      };

function rowOf(backup: StoredBackup | BrokenBackup): string[] {
  if ('fault' in backup) return [backup.id, '', '', '', '', `DAMAGED: ${backup.fault}`];
  const { manifest, verification, id } = backup;
  const state = !verification
    ? 'not verified yet'
    : verification.problems.length === 0
      ? `verified ${verification.at.slice(0, 10)}`
      : `DAMAGED: ${verification.problems[0]}`;
  const finished = manifest.finishedAt.slice(0, 19).replace('T', ' ');
  const encrypted = manifest.recipients.length > 0 ? 'yes' : 'NO';
  return [id, manifest.kind, finished, megabytes(manifest.payload.bytes), encrypted, state];
}

const verifyCommand: Command = {
  name: 'verify',
  summary:
    'Restore a backup into a scratch server and compare everything; exit 1 when it is not what was saved',
  usage: 'ID [--identity FILE] [--on URL]',
  positionals: ['ID'],
  details:
    'Every table by count and checksum, sequences, constraints, triggers, policies, grants, extensions. ID may be the path\n' +
    'of a backup’s folder. The scratch server is our own and goes afterwards; --on uses a new database of your server for\n' +
    'dumps of a PostgreSQL newer than the built-in one.',
  options: {
    ...identityOption,
    on: { type: 'string', value: 'URL', help: 'Server that a scratch database is made on' },
  },
  async run({ positionals, values, config, json, out, progress }) {
    const backup = await findBackup(config.backup.dir, positionals[0] ?? '');
    const identities = await identitiesOf(values, config);
    const { dataDir } = config;
    const options = { dataDir, identities, on: textOption(values, 'on') };
    const found = await verifyBackup(backup, options, progress.report);
    if (json) out(JSON.stringify({ id: backup.id, good: found.problems.length === 0, ...found }, null, 2));
    else if (found.problems.length === 0)
      out(
        `Backup ${backup.id} is good: ${found.tables} tables, policies, grants and triggers are as saved; restored in ${found.restoreSeconds} s.`,
      );
    else
      out(
        `Backup ${backup.id} is NOT what was saved:\n${found.problems.map((one) => `- ${one}`).join('\n')}`,
      );
    return found.problems.length === 0 ? 0 : 1;
  },
};

const restoreCommand: Command = {
  name: 'restore',
  summary: 'Restore a backup for good',
  usage: 'ID --to URL|DIR [--identity FILE] [--yes]',
  positionals: ['ID'],
  details:
    'A dump goes to a database (URL) or into a new built-in server (DIR); a copy of the built-in server to a folder (DIR),\n' +
    'which becomes a DATA_DIR. All or nothing: when anything fails, what was there is as it was. Afterwards the schema is\n' +
    'brought up to date, and users who were erased since are erased again.',
  options: {
    to: { type: 'string', value: 'URL|DIR', help: 'Where to: postgresql://…, or a folder' },
    ...identityOption,
    yes: { type: 'boolean', help: 'Yes, replace what is there' },
  },
  async run({ positionals, values, config, json, out, progress }) {
    const to = requiredOption(values, 'to');
    const backup = await findBackup(config.backup.dir, positionals[0] ?? '');
    const options = {
      to,
      replace: values['yes'] === true,
      identities: await identitiesOf(values, config),
      backupDir: config.backup.dir,
    };
    const restored = await restoreBackup(backup, options, progress.report);
    out(json ? JSON.stringify({ id: backup.id, ...restored }, null, 2) : restoredText(backup.id, restored));
  },
};

function restoredText(id: string, restored: RestoredBackup): string {
  const { to, seconds, verification, migrated, erasedAgain, keptAside, erasuresNotRead } = restored;
  const next = to.includes('://')
    ? `Start RouteStitch with DATABASE_URL at this database: \`npm start\`; \`routestitch doctor\` looks it over.`
    : `Start RouteStitch with DATA_DIR=${to}: \`npm start\`; \`routestitch doctor\` looks it over.`;
  return [
    `Restored backup ${id} to ${to} in ${seconds} s: ${verification.tables} tables are as saved.`,
    migrated.length > 0 ? `Brought up to date by ${migrated.length} migrations.` : '',
    `Erased ${erasedAgain} users again who had been erased since.`,
    erasuresNotRead
      ? `What was there could not be asked for erasures (${erasuresNotRead}): those noted beside the backups were made again.`
      : '',
    keptAside ? `The old files are kept in ${keptAside}: delete them when they are no longer needed.` : '',
    `Next: ${next}`,
    'Bookings and accounts made after the backup are not in it: tell your users.',
  ]
    .filter(Boolean)
    .join('\n');
}

const pruneCommand: Command = {
  name: 'prune',
  summary: `Remove backups older than ${RETENTION_DAYS} days; the last good one always stays`,
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const { removed, kept } = await pruneBackups(config.backup.dir);
    if (json) out(JSON.stringify({ removed, kept }));
    else
      out(`Removed ${removed.length} backups${removed.map((id) => ` ${id}`).join('')}; ${kept.length} stay.`);
  },
};

const keyCommand: Command = {
  name: 'key',
  summary:
    'Make a key pair for backups: the private half into a new file, the public half to standard output',
  usage: 'FILE',
  positionals: ['FILE'],
  details:
    'Keep FILE away from this machine: without it no encrypted backup can ever be restored, and with it everyone can.\n' +
    'The format is that of age (age-encryption.org); keys of age-keygen work too.',
  options: {},
  async run({ positionals, json, out, note }) {
    const [file = ''] = positionals;
    if (file === '') throw new AppError('CONFIGURATION', 'Name the file that the private key goes to');
    const recipient = await makeKey(file, new Date());
    if (!json)
      note(`The private key is in ${file}: move it to a safe place off this machine. For the environment:`);
    out(json ? JSON.stringify({ recipient, file }) : `BACKUP_RECIPIENT=${recipient}`);
  },
};

export const command: CommandGroup = {
  name: 'backup',
  summary: 'Back up the database, verify and restore backups',
  commands: [createCommand, listCommand, verifyCommand, restoreCommand, pruneCommand, keyCommand],
};
