import {
  ANALYTICS_MONTHS,
  archiveOldTrips,
  cleanupExpiredCaches,
  dropExpiredPartitions,
  ensurePartitions,
} from '../features/maintenance/index.ts';
import { planReminders, type Planned, sendReminders, type Sent } from '../features/reminders/index.ts';
import { reminderServices } from '../jobs/reminderServices.ts';
import { type Command, type CommandGroup, textOption, UsageError } from './command.ts';
import { withServiceDatabase } from './serviceDatabase.ts';

const words = {
  routes: 'cached routes',
  geocodes: 'geocodes',
  leases: 'leases',
  limits: 'request counts',
  sessions: 'sessions',
  verificationTokens: 'verification tokens',
  sharedLinks: 'shared links',
  idempotencyKeys: 'idempotency keys',
} as const;

const cleanupCommand: Command = {
  name: 'cleanup',
  summary: 'Delete expired caches, request counts, sessions and tokens (daily)',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const counts = await withServiceDatabase(config, cleanupExpiredCaches);
    if (json) {
      out(JSON.stringify(counts));
      return;
    }
    const parts = Object.entries(words).map(
      ([name, word]) => `${counts[name as keyof typeof words]} ${word}`,
    );
    out(`Cleaned up ${parts.join(', ')}.`);
  },
};

const LONGEST_MONTHS = 1200;

/** `6mo` or `6`; also whole years, `1y`. */
export function readMonths(text: string): number {
  const [, amount = '', unit] = /^(\d{1,4})(mo|y)?$/.exec(text.trim().toLowerCase()) ?? [];
  const months = Number(amount) * (unit === 'y' ? 12 : 1);
  if (!(months >= 1 && months <= LONGEST_MONTHS))
    throw new UsageError(`--older-than must be months, as 6mo, or years, as 1y, not "${text}"`);
  return months;
}

const archiveCommand: Command = {
  name: 'archive',
  summary: 'Move completed trips of long ago to the archive (monthly)',
  usage: '[--older-than 6mo]',
  details:
    'Their owners still see archived trips and can take them back. Months are those of the calendar: on 31 August six\nmonths take the trips of before 28 February. Runs in short batches beside normal work.',
  options: {
    'older-than': { type: 'string', value: '6mo', help: 'Age in months, or years as 1y (default: 6mo)' },
  },
  async run({ values, config, json, out }) {
    const months = readMonths(textOption(values, 'older-than') ?? '6mo');
    const result = await withServiceDatabase(config, (service) => archiveOldTrips(service, months));
    if (json) out(JSON.stringify(result));
    else out(`Archived ${result.archived} completed trips of before ${result.before}.`);
  },
};

const partitionsCommand: Command = {
  name: 'partitions',
  summary: 'Make the analytics months ahead and drop those that are kept no longer (daily)',
  usage: '',
  details: `Makes this month and the next three; drops months older than ${ANALYTICS_MONTHS}, with all searches and clicks in them.`,
  options: {},
  async run({ config, json, out }) {
    const result = await withServiceDatabase(config, async (service) => ({
      made: await ensurePartitions(service),
      dropped: await dropExpiredPartitions(service),
    }));
    if (json) out(JSON.stringify(result));
    else out([line('Made', result.made), line('Dropped', result.dropped)].join('\n'));
  },
};

const line = (word: string, names: readonly string[]): string =>
  `${word} ${names.length === 0 ? 'none' : names.join(', ')}.`;

const remindersCommand: Command = {
  name: 'reminders',
  summary: 'Plan reminders of changed trips and send those that are due (every minute)',
  usage: '',
  details:
    'Each is sent once, however many processes send. Needs SMTP_URL and MAIL_FROM; without them reminders are planned only.',
  options: {},
  async run({ config, json, out, note }) {
    const { reminders } = await reminderServices(config);
    const done = await withServiceDatabase(config, async (service) => {
      const planned = await planReminders(service, new Date());
      const sent = reminders ? await sendReminders(service, { ...reminders, now: () => new Date() }) : null;
      return { ...planned, ...sent };
    });
    if (json) out(JSON.stringify({ ...done, mail: reminders !== undefined }));
    else out(remindedText(done));
    if (reminders) return 0;
    note('No reminder is sent: set SMTP_URL and MAIL_FROM.');
    return 1;
  },
};

function remindedText({ trips, reminders, ...sent }: Planned & Partial<Sent>): string {
  const planned = `Planned ${reminders} reminders of ${trips} trips.`;
  if (sent.sent === undefined) return planned;
  const { failed = 0, later = 0, skipped = 0, missed = 0, unheard = 0 } = sent;
  return `${planned} Sent ${sent.sent}, put off ${later}, left out ${skipped}, missed ${missed}, refused ${failed}, unconfirmed ${unheard}.`;
}

export const command: CommandGroup = {
  name: 'maintain',
  summary: 'Run the maintenance jobs by hand',
  commands: [cleanupCommand, archiveCommand, partitionsCommand, remindersCommand],
};
