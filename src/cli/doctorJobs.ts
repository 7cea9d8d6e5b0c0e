import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
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
