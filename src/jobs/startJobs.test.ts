import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCronItem } from 'graphile-worker';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { fillTrips } from '../../test/support/tripRows.ts';
import { AppError } from '../errors.ts';
import { crontab, jobNames } from './crontab.ts';
import { jobHealth } from './health.ts';
import { jobsOf, type JobWork } from './jobs.ts';
import { openJobs } from './openJobs.ts';
import { type RunningJobs, startJobs } from './startJobs.ts';

let db: TestDatabase;
const logged: object[] = [];
const log = {
  error: (fields: object) => void logged.push(fields),
  warn: (fields: object) => void logged.push(fields),
  debug: () => {},
};
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());
beforeEach(async () => {
  logged.length = 0;
  await db.service.query({ text: 'DELETE FROM job_runs' });
  await db.service.query({ text: 'DELETE FROM graphile_worker._private_jobs' });
});

const health = async (now = new Date()) => {
  const { jobs, queue } = await jobHealth(db.service, now);
  return { queue, job: (name: string) => jobs.find((job) => job.name === name)! };
};

async function until(held: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await held())) {
    assert.ok(Date.now() < deadline, 'it took too long');
    await sleep(20);
  }
}

const start = (
  jobs: Partial<Record<keyof typeof crontab, JobWork>>,
  now?: () => number,
): Promise<RunningJobs> =>
  startJobs({ ownerUrl: db.ownerUrl, service: db.service, jobs, log, ...(now ? { now } : {}) });

test('a job runs, by the clock it is given; how it went is kept', async () => {
  const [id] = await fillTrips(db.service, { users: 1, dates: ['2026-12-15'], status: 'PLANNED', legs: 0 });
  const status = async () =>
    (
      await db.service.query<{ status: string }>({
        text: 'SELECT status FROM trips WHERE id = $1',
        values: [id],
      })
    ).rows[0]?.status;
  const jobs = jobsOf({ service: db.service });
  const running = await start(jobs, () => Date.parse('2026-12-15T12:00:00Z'));
  try {
    assert.equal((await health()).job('trip-clock').runs, 0);
    await running.runSoon('trip-clock');
    await until(async () => (await health()).job('trip-clock').runs === 1);
    assert.equal(await status(), 'IN_PROGRESS');
    const { job, queue } = await health();
    const { succeededAt, failedAt, error, known, late, tookMs } = job('trip-clock');
    assert.ok(succeededAt !== null && Date.now() - Date.parse(succeededAt) < 60_000 && tookMs !== null);
    assert.deepEqual([failedAt, error, known, late], [null, null, true, false]);
    assert.deepEqual([queue.failing, queue.givenUp, queue.due], [0, 0, 0]);
    assert.equal(job('backup').known, false, 'nobody offers it');
  } finally {
    await running.close();
  }
});

test('a job that fails is seen, and tried again with back-off; what it says of a user is not kept', async () => {
  let attempts = 0;
  const running = await start({
    cleanup: async () => {
      attempts++;
      throw Object.assign(new Error('Key (email)=(asha@example.org) …'), { code: '23505' });
    },
    'trip-clock': async () => {
      throw new AppError('DATABASE', 'no trips today');
    },
  });
  try {
    await running.runSoon('cleanup');
    await running.runSoon('trip-clock');
    await until(async () => {
      const { job } = await health();
      return job('cleanup').failedRuns >= 1 && job('trip-clock').failedRuns === 1;
    });
    // The clock's run is done with: the next one does what this one did not.
    await until(async () => {
      const { failing, waiting, running: busy } = (await health()).queue;
      return failing === 1 && waiting === 1 && busy === 0;
    });
    const { job } = await health();
    assert.match(job('cleanup').error ?? '', /^SQLSTATE 23505$/);
    assert.equal(job('trip-clock').error, 'DATABASE: no trips today');
    const { rows } = await db.service.query<{ task: string; wait: number; text: string }>({
      text: `SELECT task_identifier AS task, extract(epoch FROM run_at - updated_at)::float8 AS wait, j::text AS text
             FROM graphile_worker.jobs j`,
    });
    assert.deepEqual(
      rows.map(({ task }) => task),
      ['cleanup'],
    );
    assert.ok(rows[0]!.wait > 1, `tried again after ${rows[0]!.wait} s`);
    assert.ok(!rows[0]!.text.includes('asha'));
    assert.equal(logged.length >= 2, true, 'and in the log');
    const before = attempts;
    await running.runSoon('cleanup'); // an operator does not wait
    await until(async () => attempts > before);
    await until(async () => (await health()).job('cleanup').failedInARow >= 2);
  } finally {
    await running.close();
  }
});

test('of many processes one does each run', async () => {
  let runs = 0;
  const work: JobWork = async () => {
    runs++;
    await sleep(50);
  };
  const processes = await Promise.all([1, 2, 3].map(() => start({ archive: work })));
  try {
    await processes[0]!.runSoon('archive');
    await until(async () => runs > 0);
    await sleep(400);
    assert.equal(runs, 1);
    const { rows } = await db.service.query({
      text: `SELECT FROM graphile_worker._private_known_crontabs WHERE identifier = 'archive'`,
    });
    assert.equal(rows.length, 1);
  } finally {
    await Promise.all(processes.map((one) => one.close()));
  }
});

test('closing tells the jobs to stop and waits for them; a deaf one is cut off, and tried again', async () => {
  let [heard, begun] = [false, false];
  const polite = await start({
    privacy: ({ signal }) =>
      new Promise((resolve) => {
        begun = true;
        signal.addEventListener('abort', () => setTimeout(() => resolve((heard = true)), 100));
      }),
  });
  await polite.runSoon('privacy');
  await until(async () => begun);
  await polite.close();
  assert.ok(heard);

  begun = false;
  const deaf = await start({
    archive: () => ((begun = true), new Promise((resolve) => setTimeout(resolve, 30_000).unref())),
  });
  await deaf.runSoon('archive');
  await until(async () => begun);
  const started = performance.now();
  await deaf.close();
  assert.ok(performance.now() - started < 9500, 'F16: a process ends within 10 s');
  assert.equal((await health()).queue.failing, 1);
});

test('a job without success for two of its times is late', async () => {
  const running = await openJobs({ ownerUrl: db.ownerUrl, service: db.service, log });
  await running.close();
  const minutes = (n: number) => health(new Date(Date.now() + n * 60_000));
  assert.equal((await minutes(19)).job('trip-clock').late, false);
  assert.equal((await minutes(21)).job('trip-clock').late, true);
  assert.equal((await minutes(21)).job('cleanup').late, false);
  assert.equal((await minutes(3000)).job('cleanup').late, true);
  assert.equal((await minutes(3000)).job('backup').late, false, 'not this server’s job');
});

test('every job of the crontab is one, and its times are what they are said to be', () => {
  const runsOn = (cron: string, from: number, days: number): number[] => {
    const { match } = parseCronItem({ task: 'x', match: cron });
    return Array.from({ length: days * 1440 }, (_, minute) => from + minute * 60_000).filter((at) => {
      const date = new Date(at);
      return match({
        min: date.getUTCMinutes(),
        hour: date.getUTCHours(),
        date: date.getUTCDate(),
        month: date.getUTCMonth() + 1,
        dow: date.getUTCDay(),
      });
    });
  };
  const january = Date.UTC(2027, 0, 1);
  for (const name of jobNames) {
    const { cron, everyMinutes } = crontab[name];
    const times = runsOn(cron, january, 100);
    const gaps = times.slice(1).map((at, index) => (at - times[index]!) / 60_000);
    const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
    assert.ok(longest <= everyMinutes, `${name}: ${longest} minutes apart`);
    assert.ok(longest > everyMinutes * 0.8, `${name} runs more often than it says`);
  }
  for (const at of runsOn(crontab.backup.cron, january, 30))
    assert.equal(new Date(at).getUTCHours(), 3, '§9: between 03:00 and 04:00 UTC');
});
