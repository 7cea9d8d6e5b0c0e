import { statfs } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { connect, type Database } from '../database/connect.ts';
import { migrationStatus } from '../database/migrate.ts';
import { openServer, type Server } from '../database/server.ts';
import { readConnection, withoutPassword } from '../database/url.ts';
import { backupStatus } from '../features/backup/index.ts';
import { listNetworks } from '../features/networks/index.ts';
import { StaticFiles } from '../http/staticFiles.ts';
import { epochMinuteOf, parseDate, wallClockAt } from '../units/time.ts';
import type { Command } from './command.ts';
import { jobsFinding, mailFinding, remindersFinding } from './doctorJobs.ts';
import { failed, type Finding, ok, warning } from './finding.ts';
import { failureLine } from './run.ts';
import { textTable } from './terminal.ts';

/** TypeScript as it is needs 24; the JavaScript of the package runs on the one that compresses as the timetables are. */
const LEAST_NODE = import.meta.filename.endsWith('.ts') ? [24, 0] : [22, 15];
/** `server_version_num` of PostgreSQL 15. */
const LEAST_POSTGRES = 150_000;
const LEAST_FREE_GB = 1;
const CLOCK_SECONDS = 2;
const NETWORK_DAYS_LEFT = 14;
const BACKUP_HOURS = 26;

export const command: Command = {
  name: 'doctor',
  summary: 'Check runtime, database, timetable, jobs, mail and disk; say what to do',
  usage: '',
  details: 'Changes nothing. Exit 1 when a check failed; warnings do not count.',
  options: {},
  async run({ config, json, out, progress }) {
    progress.report('checking');
    const findings = await examine(config);
    const healthy = findings.every((finding) => finding.state !== 'failed');
    if (json) out(JSON.stringify({ healthy, findings }, null, 2));
    else {
      out(
        textTable(
          ['Check', 'State', 'Found'],
          findings.map(({ check, state, found }) => [check, state, found]),
        ),
      );
      for (const { check, advice } of findings) if (advice) out(`\n${check}: ${advice}`);
    }
    return healthy ? 0 : 1;
  },
};

/** Every check in order; a check that cannot run is a failed one, and the rest still run. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings = [runtime(), await disk(config), page(), mailFinding(config), await backups(config)];
  let server: Server | undefined;
  try {
    server = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
    findings.push(...(await databaseFindings(server, config)));
  } catch (error) {
    findings.push(failed('database', failureLine(error), 'Start it, or set DATABASE_URL right.'));
  } finally {
    await server?.release();
  }
  return findings;
}

function runtime(): Finding {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
    ? ok('runtime', `Node ${version}`)
    : failed(
        'runtime',
        `Node ${version}`,
        'Run `npm ci`, which brings Node 24, and start with bin/routestitch.',
      );
}

async function disk({ dataDir }: Config): Promise<Finding> {
  let folder = dataDir;
  for (;;) {
    try {
      const { bavail, bsize } = await statfs(folder);
      const free = (bavail * bsize) / 1e9;
      const found = `${free.toFixed(1)} GB free for ${dataDir}`;
      return free >= LEAST_FREE_GB
        ? ok('disk', found)
        : failed('disk', found, 'Make room, or set DATA_DIR elsewhere.');
    } catch (error) {
      const parent = path.dirname(folder);
      if (parent === folder)
        return failed('disk', failureLine(error), 'Set DATA_DIR to a folder that exists.');
      folder = parent;
    }
  }
}

function page(): Finding {
  return new StaticFiles().built
    ? ok('page', 'built')
    : warning('page', 'not built', 'Run `npm run build:web`; the API works without it.');
}

async function backups({ backup }: Config): Promise<Finding> {
  const check = 'backups';
  const { lastGood, lastFailure, bad } = await backupStatus(backup.dir);
  if (!backup.nightly && !lastGood) return ok(check, 'none here (BACKUP_NIGHTLY=off)');
  const last = lastGood
    ? `${lastGood.id}, ${(lastGood.ageSeconds / 3600).toFixed(1)} h old, ${lastGood.encrypted ? '' : 'NOT '}encrypted`
    : 'none yet';
  if (lastFailure)
    return warning(check, `${last}; the last one failed`, `${lastFailure.message} (${lastFailure.at})`);
  if (bad > 0) return warning(check, `${last}; ${bad} damaged`, '`routestitch backup list` says which.');
  if (!lastGood || lastGood.ageSeconds > BACKUP_HOURS * 3600)
    return warning(
      check,
      last,
      'The job makes one at 03:00 UTC while `serve` runs; `routestitch backup create` makes one now.',
    );
  return lastGood.encrypted
    ? ok(check, last)
    : warning(check, last, '`routestitch backup key FILE` makes a key: set BACKUP_RECIPIENT.');
}

async function databaseFindings(server: Server, config: Config): Promise<Finding[]> {
  const owner = new pg.Client({
    ...readConnection(server.ownerUrl).client,
    application_name: 'routestitch doctor',
  });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    const findings = [await version(owner, server), await clock(owner)];
    const status = await migrationStatus(server.ownerUrl);
    const { pending, failed: begun, edited, unknown } = status;
    if (pending.length + begun.length + edited.length === 0 && unknown.length > 0)
      findings.push(
        warning(
          'migrations',
          `${unknown.length} of a newer version: ${unknown.join(', ')}`,
          'Fine while a newer version takes over; then install it here too.',
        ),
      );
    else if (!status.upToDate) {
      const open = [...status.pending, ...status.failed, ...status.edited, ...status.unknown];
      return [
        ...findings,
        failed('migrations', `not up to date: ${open.join(', ')}`, 'Run `routestitch db migrate`.'),
      ];
    }
    findings.push(ok('migrations', `${status.applied.length} applied`));
    findings.push(await roles(owner), await rowSecurity(owner), ...(await serviceFindings(server, config)));
    return findings;
  } finally {
    await owner.end().catch(() => undefined);
  }
}

async function version(owner: pg.Client, server: Server): Promise<Finding> {
  const { rows } = await owner.query<{ number: string; text: string }>(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text`,
  );
  const found = `PostgreSQL ${rows[0]?.text} (${server.kind}, ${withoutPassword(server.ownerUrl)})`;
  return Number(rows[0]?.number) >= LEAST_POSTGRES
    ? ok('database', found)
    : failed('database', found, 'Use PostgreSQL 15 or newer.');
}

async function clock(owner: pg.Client): Promise<Finding> {
  const before = Date.now();
  const { rows } = await owner.query<{ ms: string }>(
    `SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms`,
  );
  const seconds = (Number(rows[0]?.ms) - (before + Date.now()) / 2) / 1000;
  const found = `${Math.abs(seconds).toFixed(1)} s between this machine and the database`;
  return Math.abs(seconds) <= CLOCK_SECONDS
    ? ok('clock', found)
    : failed('clock', found, 'Set both clocks by NTP: windows, expiries and reminders depend on them.');
}

async function roles(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ name: string; fault: string | null }>(`
    SELECT r.rolname AS name,
           CASE WHEN r.rolsuper THEN 'is a superuser'
                WHEN r.rolbypassrls THEN 'bypasses row-level security'
                WHEN NOT r.rolcanlogin THEN 'cannot log in'
                WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) THEN 'owns tables' END AS fault
    FROM pg_roles r WHERE r.rolname IN ('rs_app', 'rs_service', 'rs_backup')`);
  const faults = rows.filter((row) => row.fault !== null).map((row) => `${row.name} ${row.fault}`);
  if (rows.length < 3 || faults.length > 0)
    return failed(
      'roles',
      faults.join(', ') || 'rs_app, rs_service or rs_backup is missing',
      'Run `routestitch db migrate` as the owner.',
    );
  return ok('roles', 'rs_app, rs_service and rs_backup own nothing and obey row-level security');
}

async function rowSecurity(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'archive', 'part') AND c.relkind IN ('r', 'p')
      AND (c.relname = 'users' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped))
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
  return rows.length === 0
    ? ok('row security', 'forced on every table that holds data of users')
    : failed(
        'row security',
        `missing on ${rows.map((row) => row.name).join(', ')}`,
        'Restore it: see prisma/migrations/*_rls.',
      );
}

async function serviceFindings(server: Server, config: Config): Promise<Finding[]> {
  const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service', max: 1 });
  try {
    return [await network(service), await jobsFinding(service), await remindersFinding(service, config)];
  } finally {
    await service.close();
  }
}

async function network(service: Database): Promise<Finding> {
  const active = (await listNetworks(service)).find((one) => one.isActive);
  if (!active)
    return warning(
      'timetable',
      'none is active',
      'Start once with `npm start`, or `routestitch network import`.',
    );
  const today = wallClockAt(epochMinuteOf(Date.now()), 'Asia/Kolkata').day;
  const left = (parseDate(active.validTo) ?? today) - today;
  const age = Math.floor((Date.now() - Date.parse(active.createdAt)) / 86_400_000);
  const kind = [
    active.sample ? 'sample with approximate times' : '',
    active.rolled ? 'calendar repeated' : '',
  ];
  const found = `${active.name} ${kind.filter(Boolean).join(', ')}, imported ${age} days ago, valid to ${active.validTo}`;
  if (left < NETWORK_DAYS_LEFT)
    return warning('timetable', found, 'It ends soon: import a newer one with `routestitch network import`.');
  return ok('timetable', found);
}
