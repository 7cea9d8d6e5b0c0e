import type { Config } from '../config.ts';
import { crontab, type JobName } from '../jobs/crontab.ts';
import { type JobHealth, jobHealth, type JobsHealth } from '../jobs/health.ts';
import type { Command, CommandGroup } from './command.ts';
import { withServiceDatabase } from './serviceDatabase.ts';
import { stopSignal } from './stopSignal.ts';
import { textTable } from './terminal.ts';

/** Jobs that run until they are told to stop. */
export interface JobsProcess {
  readonly names: readonly JobName[];
  close(): Promise<void>;
}

function runCommand(
  start: (config: Config, report: (label: string) => void) => Promise<JobsProcess>,
): Command {
  return {
    name: 'run',
    summary: 'Run the jobs in a process of their own, without page and API',
    usage: '',
    details: `\`serve\` runs them too unless JOBS=off. Any number of processes may: each run is done by one of them.
Stops cleanly on SIGINT or SIGTERM. Times are UTC.`,
    options: {},
    async run({ config, json, out, note, progress }) {
      const running = await start(config, (label) => progress.report(label));
      if (json) out(JSON.stringify({ jobs: running.names }));
      else
        out(
          textTable(
            ['Job', 'UTC', 'Does'],
            running.names.map((name) => [name, crontab[name].cron, crontab[name].summary]),
          ),
        );
      await stopSignal();
      if (!json) note('stopping …');
      await running.close();
    },
  };
}

const statusCommand: Command = {
  name: 'status',
  summary: 'Show how each job goes and what waits; exit 1 when one fails or is late',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const health = await withServiceDatabase(config, (service) => jobHealth(service, new Date()));
    out(json ? JSON.stringify(health, null, 2) : statusText(health));
    return health.jobs.some(({ late, error }) => late || error !== null) ? 1 : 0;
  },
};

function statusText({ jobs, queue }: JobsHealth): string {
  const time = (at: string | null): string => (at === null ? '–' : `${at.slice(0, 19)}Z`);
  const table = textTable(
    ['Job', 'UTC', 'State', 'Last success', 'Took', 'Runs', 'Failed'],
    jobs.map((job) => [
      job.name,
      job.cron,
      stateOf(job),
      time(job.succeededAt),
      job.tookMs === null ? '–' : `${job.tookMs} ms`,
      String(job.runs),
      String(job.failedRuns),
    ]),
  );
  const errors = jobs.flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error}`]));
  const { waiting, due, lagSeconds, running, failing, givenUp } = queue;
  return [
    table,
    ...errors,
    `Queue: ${running} running, ${waiting} waiting, ${due} due for up to ${Math.round(lagSeconds)} s, ${failing} to be tried again, ${givenUp} given up.`,
  ].join('\n');
}

function stateOf({ known, late, error, failedInARow, runs }: JobHealth): string {
  if (!known) return 'not run here';
  if (error !== null) return `failed ${failedInARow} times`;
  if (late) return 'late';
  return runs === 0 ? 'waits' : 'ok';
}

/** `start`: of the process that runs them; `main.ts` wires it. */
export const jobsCommand = (start: Parameters<typeof runCommand>[0]): CommandGroup => ({
  name: 'jobs',
  summary: 'Run the jobs in a process of their own; how they go',
  commands: [runCommand(start), statusCommand],
});
