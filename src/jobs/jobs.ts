import type { Database } from '../database/connect.ts';
import { purgeHold, reapplyErasures } from '../features/accounts/index.ts';
import { reapplyNotedErasures } from '../features/backup/index.ts';
import {
  archiveOldTrips,
  checkPartitions,
  cleanupExpiredCaches,
  dropExpiredPartitions,
  ensurePartitions,
  purgeAccessLog,
} from '../features/maintenance/index.ts';
import {
  planReminders,
  type SendOptions,
  sendReminders,
  sweepReminders,
} from '../features/reminders/index.ts';
import { advanceTripStatuses } from '../features/trips/index.ts';
import { epochMinuteOf, wallClockAt } from '../units/time.ts';
import type { JobName } from './crontab.ts';
import { deleteGivenUp } from './store.ts';

export interface JobCall {
  readonly now: Date;
  /** Aborted when the process is to end: stop at the next good moment. */
  readonly signal: AbortSignal;
}

/** What a job does; answers counts for the log. */
export type JobWork = (call: JobCall) => Promise<unknown>;

export interface JobServices {
  /** As rs_service. */
  readonly service: Database;
  /** How mails are sent; absent: reminders are planned, and none goes out. */
  readonly reminders?: Omit<SendOptions, 'now' | 'signal'>;
  /** Rejects when this process lost rows of analytics; absent where none are written. */
  readonly checkAnalytics?: () => Promise<unknown>;
  /** Registered when its slice offers it. */
  readonly backup?: JobWork;
  /** BACKUP_DIR, where erasures are noted too. */
  readonly backupDir?: string;
}

/** The jobs that these services can do. */
export function jobsOf({
  service,
  reminders,
  checkAnalytics,
  backup,
  backupDir,
}: JobServices): Partial<Record<JobName, JobWork>> {
  const today = (now: Date) => wallClockAt(epochMinuteOf(now.getTime()), 'UTC').day;
  return {
    reminders: (call) => remind(service, reminders, call),
    'trip-clock': ({ now }) => advanceTripStatuses(service, now),
    partitions: async ({ now }) => ({
      made: (await ensurePartitions(service, undefined, today(now))).length,
      dropped: (await dropExpiredPartitions(service, undefined, today(now))).length,
    }),
    cleanup: async () => ({
      ...(await cleanupExpiredCaches(service)),
      queue: await deleteGivenUp(service),
    }),
    'analytics-check': async ({ now }) => {
      await checkPartitions(service, today(now));
      return checkAnalytics?.();
    },
    privacy: async () => ({
      erasedAgain: await (backupDir === undefined
        ? reapplyErasures(service)
        : reapplyNotedErasures(service, backupDir)),
      ended: await purgeHold(service),
    }),
    'access-log': async () => ({ purged: await purgeAccessLog(service) }),
    archive: ({ now }) => archiveOldTrips(service, undefined, today(now)),
    ...(backup ? { backup } : {}),
  };
}

/** Plans and sends; a trip that cannot be planned keeps no mail from going out. */
async function remind(
  service: Database,
  options: JobServices['reminders'],
  { now, signal }: JobCall,
): Promise<unknown> {
  const started = performance.now();
  const clock = (): Date => new Date(now.getTime() + performance.now() - started);
  const [planned] = await Promise.allSettled([planReminders(service, now, signal)]);
  const sent = options
    ? await sendReminders(service, { ...options, now: clock, signal })
    : await sweepReminders(service, now);
  if (planned.status === 'rejected') throw planned.reason;
  return { ...planned.value, ...sent };
}
