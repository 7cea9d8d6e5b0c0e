/**
 * Faults of jobs and reminders, each planted into a copy of the product: the test that is named must turn red there,
 * while it is green on the copy without faults.
 */
import { type Fault, plantFaults } from './faultPlanting.ts';

const LINE = 'src/features/accounts/mailLine.test.ts';
const SEND = 'src/features/reminders/sendReminders.test.ts';
const PLAN = 'src/features/reminders/planReminders.test.ts';
const QUIET = 'src/features/reminders/quietHours.test.ts';
const KILLS = 'test/assurance/reminders.test.ts';
const OUTBOX = 'src/features/reminders/outboxStore.ts';

const faults: readonly Fault[] = [
  {
    what: 'the dot leaves before the note',
    file: 'src/features/accounts/mailLine.ts',
    find: `      beforeDot();
      this.#socket.uncork();`,
    put: `      this.#socket.uncork();
      beforeDot();`,
    redIn: LINE,
    red: 'the dot leaves with the note and not before; nothing is left to compute or to wait for between them',
  },
  {
    what: 'a mail server that has not been asked yet gets the dot at once',
    file: 'src/features/accounts/mailLine.ts',
    find: `      this.#socket.cork();
`,
    put: '',
    redIn: LINE,
    red: 'the dot leaves with the note and not before; nothing is left to compute or to wait for between them',
  },
  {
    what: 'what was sent and whose answer nobody heard is sent again',
    file: OUTBOX,
    find: `WHERE state IN ('CLAIMED', 'HANDING') AND claimed_until < now() FOR UPDATE SKIP LOCKED
           ), freed AS (
             UPDATE reminders r SET state = 'WAITING',`,
    put: `WHERE (state IN ('CLAIMED', 'HANDING') OR state = 'SENT' AND answer IS NULL) AND claimed_until < now() FOR UPDATE SKIP LOCKED
           ), freed AS (
             UPDATE reminders r SET state = 'WAITING', sent_at = NULL,`,
    redIn: KILLS,
    red: 'killed at the step "written", twice: each arrives exactly once',
  },
  {
    what: 'what was handed over but for its dot counts as sent',
    file: OUTBOX,
    find: `state = 'HANDING' AND handing_at <= pg_postmaster_start_time() AS uncertain`,
    put: `state = 'HANDING' AS uncertain`,
    redIn: KILLS,
    red: 'killed at the step "handing", twice: each arrives exactly once',
  },
  {
    what: 'a restart of the database is not looked at',
    file: OUTBOX,
    find: `state = 'HANDING' AND handing_at <= pg_postmaster_start_time() AS uncertain`,
    put: `false AS uncertain`,
    redIn: SEND,
    red: 'HANDING from before the database was started: it may be out, and is not sent again',
  },
  {
    what: 'a claim that is lost is used all the same',
    file: OUTBOX,
    find: `WHERE id = $1 AND claim_id = $2 AND state = 'CLAIMED'\``,
    put: `WHERE id = $1 AND $2 <> ''\``,
    redIn: SEND,
    red: 'who lost the claim sends nothing, also at the last moment: "body"',
  },
  {
    what: 'the claim is not looked at under the lock',
    file: 'src/features/reminders/handOver.ts',
    find: 'if (!(await lockHanding(client, claim))) throw claimLost();',
    put: 'await lockHanding(client, claim);',
    redIn: SEND,
    red: 'who lost the claim sends nothing, also at the last moment: "handing"',
  },
  {
    what: 'whoever sweeps does not mind that the row is held',
    file: OUTBOX,
    find: `WHERE state IN ('CLAIMED', 'HANDING') AND claimed_until < now() FOR UPDATE SKIP LOCKED
           ), freed`,
    put: `WHERE state IN ('CLAIMED', 'HANDING') AND claimed_until < now()
           ), freed`,
    redIn: SEND,
    red: 'left by a process that is gone: a claim is taken back when its time is over, and so is HANDING',
  },
  {
    what: 'what was booked meanwhile is told all the same',
    file: 'src/features/reminders/sendReminders.ts',
    find: 'if (!planned || planned.needless)',
    put: 'if (!planned)',
    redIn: SEND,
    red: 'what is booked, cancelled or not wished for any more is not sent, whenever it became so',
  },
  {
    what: 'quiet hours end a minute late',
    file: 'src/features/reminders/quietHours.ts',
    find: 'evening || minutes < to :',
    put: 'evening || minutes <= to :',
    redIn: QUIET,
    red: 'quiet hours over midnight, to the minute, by the clock of the user',
  },
  {
    what: 'wishes are not looked at',
    file: 'src/features/reminders/planReminders.ts',
    find: 'plannedReminders(trip, recipient.wishes, minute)',
    put: `plannedReminders(trip, { ...recipient.wishes, emailReminders: true, kinds: ['NOT_BOOKED', 'LEAVE'] }, minute)`,
    redIn: PLAN,
    red: 'wishes plan anew, at once for all trips to come',
  },
  {
    what: 'a reminder that is there already is planned again',
    file: 'src/features/reminders/store.ts',
    find: 'ON CONFLICT (trip_id, kind, leg_key, event_at) DO NOTHING',
    put: `ON CONFLICT (trip_id, kind, leg_key, event_at) DO UPDATE SET state = 'WAITING', sent_at = NULL`,
    redIn: PLAN,
    red: 'a saved trip is planned once; planning again and again changes nothing',
  },
  {
    what: 'the drop of a month waits for its lock as long as it takes',
    file: 'src/features/maintenance/partitions.ts',
    find: 'const LOCK_MS = 100;',
    put: 'const LOCK_MS = 60_000;',
    redIn: 'test/assurance/jobsUnderWrites.test.ts',
    red: 'archive, clean-up and partitions under 30 writes a second: no request above 250 ms',
  },
  {
    what: 'the archive takes everything in one batch',
    file: 'src/features/maintenance/archiveOldTrips.ts',
    find: 'const FIRST_BATCH = 50;',
    put: 'const FIRST_BATCH = 1_000_000;',
    redIn: 'test/assurance/archive.test.ts',
    red: '5000 trips are archived in bounded batches',
  },
  {
    what: 'a job that fails says nothing',
    file: 'src/jobs/runJob.ts',
    find: 'await keep(failureText(error));',
    put: 'await keep(null);',
    redIn: 'src/jobs/startJobs.test.ts',
    red: 'a job that fails is seen, and tried again with back-off; what it says of a user is not kept',
  },
  {
    what: 'a failed job is not tried again',
    file: 'src/jobs/startJobs.ts',
    find: "if (crontab[name].retry === 'back-off')",
    put: "if (crontab[name].retry === 'back-off' && Date.now() === 0)",
    redIn: 'src/jobs/startJobs.test.ts',
    red: 'a job that fails is seen, and tried again with back-off; what it says of a user is not kept',
  },
];

plantFaults(['src', 'data', 'prisma', 'prisma.config.ts', 'test'], faults);
