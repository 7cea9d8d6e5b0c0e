/** When each job runs. All times are UTC; the nights of India are 18:30 to 00:30. */

export interface JobTime {
  readonly cron: string;
  /** Longest time from one run to the next. */
  readonly everyMinutes: number;
  /**
   * `next run`: what failed is done by the next one, which is soon. `back-off`: tried again after 3, 7, 20, 55 s and so
   * on up to six hours, ten times in all.
   */
  readonly retry: 'next run' | 'back-off';
  readonly summary: string;
}

const HOUR = 60;
const DAY = 24 * HOUR;

export const crontab = {
  reminders: {
    cron: '* * * * *',
    everyMinutes: 1,
    retry: 'next run',
    summary: 'Plan reminders of changed trips, send those that are due',
  },
  'trip-clock': {
    cron: '*/5 * * * *',
    everyMinutes: 5,
    retry: 'next run',
    summary: 'Start and complete trips by the clock of their zone',
  },
  'analytics-check': {
    cron: '17 * * * *',
    everyMinutes: HOUR,
    retry: 'back-off',
    summary: 'See that searches and clicks are written and none is lost',
  },
  partitions: {
    cron: '5 20 * * *',
    everyMinutes: DAY,
    retry: 'back-off',
    summary: 'Make the analytics months ahead, drop those kept no longer',
  },
  cleanup: {
    cron: '20 20 * * *',
    everyMinutes: DAY,
    retry: 'back-off',
    summary: 'Delete expired caches, sessions, sign-in links, shared links, keys',
  },
  privacy: {
    cron: '40 20 * * *',
    everyMinutes: DAY,
    retry: 'back-off',
    summary: 'Repeat erasures, end holds of more than a year',
  },
  'access-log': {
    cron: '50 20 * * *',
    everyMinutes: DAY,
    retry: 'back-off',
    summary: 'Delete accesses of administrators of more than 13 months ago',
  },
  archive: {
    cron: '10 21 1 * *',
    everyMinutes: 31 * DAY,
    retry: 'back-off',
    summary: 'Move completed trips of before six months to the archive',
  },
  backup: {
    cron: '0 3 * * *',
    everyMinutes: DAY,
    retry: 'back-off',
    summary: 'Back up between 03:00 and 04:00, keep seven days',
  },
} as const satisfies Readonly<Record<string, JobTime>>;

export type JobName = keyof typeof crontab;
export const jobNames = Object.keys(crontab) as JobName[];
