import { authSecret, eraseUser, findAffected, purgeHold } from '../features/accounts/index.ts';
import { noteErasure, reapplyNotedErasures } from '../features/backup/index.ts';
import { type Command, type CommandGroup, listOption, requiredOption, UsageError } from './command.ts';
import { withServiceDatabase } from './serviceDatabase.ts';

/** An instant: a date (midnight UTC) or date and time with their offset. */
function instantOption(values: Parameters<typeof requiredOption>[0], name: string): Date {
  const text = requiredOption(values, name).trim();
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? new Date(text)
    : null;
  if (!at || Number.isNaN(at.getTime()))
    throw new UsageError(`--${name} must be as 2026-11-26 or 2026-11-26T09:30+05:30, not "${text}"`);
  return at;
}

const breachCommand: Command = {
  name: 'breach',
  summary: 'Name the users whose data lay where others may have read it',
  usage: '--since WHEN --until WHEN [--table trips]…',
  details:
    'Rows made before the end of the window count, however old: whoever reads a table reads all of it. Duties and texts: docs/privacy.md.',
  options: {
    since: { type: 'string', value: 'WHEN', help: 'Begin: 2026-11-26 (UTC) or 2026-11-26T09:30+05:30' },
    until: { type: 'string', value: 'WHEN', help: 'End' },
    table: { type: 'string', multiple: true, value: 'NAME', help: 'Table that was read; none: all' },
  },
  async run({ values, config, json, out }) {
    const query = {
      since: instantOption(values, 'since'),
      until: instantOption(values, 'until'),
      tables: listOption(values, 'table'),
    };
    const breach = await withServiceDatabase(config, (service) => findAffected(service, query));
    if (json) {
      out(JSON.stringify(breach));
      return;
    }
    for (const { email, rows } of breach.affected)
      out(
        `${email}: ${Object.entries(rows)
          .map(([table, count]) => `${count} ${table}`)
          .join(', ')}`,
      );
    out(`${breach.affected.length} users to be told; ${breach.erased} more were erased since then.`);
  },
};

const eraseCommand: Command = {
  name: 'erase',
  summary: 'Erase a user at once and for good, as DELETE /api/v1/me does',
  usage: 'USER_ID',
  positionals: ['USER_ID'],
  options: {},
  async run({ positionals, config, json, out }) {
    const [userId = ''] = positionals;
    const secret = await authSecret(config);
    const { rows } = await withServiceDatabase(config, (service) => eraseUser(service, userId, secret));
    await noteErasure(config.backup.dir, userId);
    const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
    out(json ? JSON.stringify({ rows }) : `Erased the user and ${count} rows.`);
  },
};

const sweepCommand: Command = {
  name: 'sweep',
  summary: 'Erase again whom a restored backup brought back; end holds of more than a year (daily)',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const done = await withServiceDatabase(config, async (service) => ({
      erasedAgain: await reapplyNotedErasures(service, config.backup.dir),
      purged: await purgeHold(service),
    }));
    out(json ? JSON.stringify(done) : `Erased ${done.erasedAgain} users again; ended ${done.purged} holds.`);
  },
};

export const command: CommandGroup = {
  name: 'privacy',
  summary: 'Who is affected by a breach; erasures',
  commands: [breachCommand, eraseCommand, sweepCommand],
};
