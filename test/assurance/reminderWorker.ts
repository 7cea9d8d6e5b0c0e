/** A process that runs the job of reminders, on the real queue, until it is killed: by the drill or at a step of its own. */
import net from 'node:net';
import { inspect } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/database/connect.ts';
import { jobsOf } from '../../src/jobs/jobs.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import type { Step } from '../../src/features/reminders/handOver.ts';

export interface ReminderAssignment {
  readonly ownerUrl: string;
  readonly smtpUrl: string;
  /** What time it is, and stays. */
  readonly now: string;
  readonly leaseSeconds: number;
  /** Kills itself when it comes to this step for the so-manieth time. */
  readonly dieAt?: { readonly step: Step; readonly times: number };
}

export type WorkerReport = { readonly kind: 'gap'; readonly microseconds: number };

const assignment = JSON.parse(process.env['ASSIGNMENT'] ?? '{}') as ReminderAssignment;
const { ownerUrl, smtpUrl, now, leaseSeconds, dieAt } = assignment;

// From the end of the one system call to the end of the other: the only moment at which a kill would lose a mail.
// oxlint-disable-next-line typescript/unbound-method -- called with its `this`
const uncork = net.Socket.prototype.uncork;
let noted = 0;
net.Socket.prototype.uncork = function (this: net.Socket): void {
  const database = this.remotePort === Number(new URL(ownerUrl).port);
  uncork.call(this);
  if (database) noted = performance.now();
  else if (noted > 0) {
    const gap: WorkerReport = { kind: 'gap', microseconds: (performance.now() - noted) * 1000 };
    noted = 0;
    setImmediate(() => process.send?.(gap));
  }
};

let reached = 0;
const onStep = (step: Step): void => {
  if (step === dieAt?.step && ++reached === dieAt.times) process.kill(process.pid, 'SIGKILL');
};

const service = await connect({ ownerUrl, role: 'rs_service' });
const from = 'RouteStitch <no-reply@example.org>';
const reminders = {
  mail: { smtpUrl, from },
  origin: 'https://journeys.example.org',
  secret: 'a secret of at least thirty-two characters',
  leaseSeconds,
  onStep,
};
const jobs = await startJobs({
  ownerUrl,
  service,
  jobs: { reminders: jobsOf({ service, reminders }).reminders! },
  log: { error: (fields) => process.stderr.write(`${inspect(fields)}\n`), warn: () => {}, debug: () => {} },
  now: () => Date.parse(now),
});
// The minute of the crontab, made shorter.
for (;;) {
  await jobs.runSoon('reminders');
  await sleep(200);
}
