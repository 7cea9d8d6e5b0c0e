import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
import { reminderHealth } from '../features/reminders/index.ts';
import { jobHealth } from '../jobs/health.ts';
import { failed, type Finding, ok, warning } from './finding.ts';

/** A job that failed so often in a row does not mend itself. */
const FAILED_OFTEN = 3;

/** Whether the jobs are run, and how they go. `service`: as rs_service. */
export async function jobsFinding(service: Database): Promise<Finding> {
  const { jobs, queue } = await jobHealth(service, new Date());
  const known = jobs.filter((job) => job.known);
  if (known.length === 0)
    return warning(
      'jobs',
      'no process has run them yet',
      'Start `routestitch serve`, or with JOBS=off `routestitch jobs run` beside it.',
    );
  const failing = known.filter(({ error }) => error !== null);
  if (failing.length > 0) {
    const told = failing.map(
      ({ name, error, failedInARow }) => `${name} failed ${failedInARow} times: ${error}`,
    );
    const report = failing.some(({ failedInARow }) => failedInARow >= FAILED_OFTEN) ? failed : warning;
    return report('jobs', told.join('; '), 'See `routestitch jobs status` and the log of the process.');
  }
  const late = known.filter((job) => job.late).map(({ name }) => name);
  if (late.length > 0)
    return warning(
      'jobs',
      `late: ${late.join(', ')}`,
      'Start `routestitch serve` or `routestitch jobs run`: no process runs them now.',
    );
  return ok('jobs', `${known.length} run at their times, ${queue.due} due, ${queue.givenUp} given up`);
}

/** Without a mail server no reminder goes out. */
export function mailFinding({ mail }: Pick<Config, 'mail'>): Finding {
  if (mail) return ok('mail', `by ${new URL(mail.smtpUrl).host}, from ${mail.from}`);
  return warning(
    'mail',
    'no mail server: no reminder is sent, and sign-in links are printed or refused',
    'Set SMTP_URL and MAIL_FROM.',
  );
}

/** So long a reminder may wait for its turn. */
const LATE_SECONDS = 600;

/** Whether what is due goes out. `service`: as rs_service. */
export async function remindersFinding(service: Database, { mail }: Pick<Config, 'mail'>): Promise<Finding> {
  const {
    waiting,
    due,
    lagSeconds,
    sent,
    unheard,
    failed: refused,
    missed,
  } = await reminderHealth(service, new Date());
  const found = `${waiting} wait, ${due} of them due; in a day ${sent} sent, ${unheard} unconfirmed, ${refused} refused, ${missed} missed`;
  if (!mail)
    return waiting === 0
      ? ok('reminders', found)
      : warning('reminders', found, 'None is sent without a mail server: set SMTP_URL and MAIL_FROM.');
  if (lagSeconds > LATE_SECONDS || missed > 0)
    return warning(
      'reminders',
      found,
      'See `routestitch jobs status`; `routestitch maintain reminders` sends what is due and says why not.',
    );
  return ok('reminders', found);
}
