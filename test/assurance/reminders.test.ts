/**
 * Reminders due at one moment, while the process that sends them is killed again and again: each mail arrives exactly
 * once at the mail server.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { planReminders } from '../../src/features/reminders/index.ts';
import type { Step } from '../../src/features/reminders/handOver.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type MailSink, mailSink } from '../support/mailSink.ts';
import { manyTravellers } from '../support/reminders.ts';
import type { ReminderAssignment, WorkerReport } from './reminderWorker.ts';
import { sized } from './sizes.ts';

const SAVED = '2026-11-30T12:00:00Z';
/** The opening of 20 February 2027 is told on the evening before. */
const DUE = '2026-12-21T12:30:00Z';
const LEASE_SECONDS = 3;
const REMINDERS = sized(80, 1000);
const KILLS = 3;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

let db: TestDatabase;
let sink: MailSink;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());
beforeEach(async () => {
  await db.service.query({ text: 'DELETE FROM users' });
  await db.service.query({ text: 'DELETE FROM graphile_worker._private_jobs' });
});

/** Small steps of chance, the same for the same seed. */
function chances(state: number): () => number {
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const gaps: number[] = [];
async function startWorker(dieAt?: ReminderAssignment['dieAt']): Promise<ChildProcess> {
  const assignment: ReminderAssignment = {
    ownerUrl: db.ownerUrl,
    smtpUrl: sink.url,
    now: DUE,
    leaseSeconds: LEASE_SECONDS,
    ...(dieAt ? { dieAt } : {}),
  };
  const env = { ...process.env, ASSIGNMENT: JSON.stringify(assignment) };
  const child = fork(path.join(import.meta.dirname, 'reminderWorker.ts'), [], { env });
  child.on('message', (report: WorkerReport) => gaps.push(report.microseconds));
  await once(child, 'spawn');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const dead = once(child, 'exit');
  child.kill('SIGKILL');
  await dead;
}

const states = async (): Promise<Record<string, number>> => {
  const { rows } = await db.service.query<{ state: string; n: number }>({
    text: `SELECT state::text, count(*) AS n FROM reminders WHERE kind = 'BOOKING_OPENS' GROUP BY 1`,
  });
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};

async function until(held: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + sized(60_000, 300_000);
  while (!(await held())) {
    assert.ok(
      Date.now() < deadline,
      `${what}: ${JSON.stringify(await states())}, ${sink.mails.length} mails`,
    );
    await sleep(20);
  }
}

/** Mails by address of those who did not get exactly one. */
function notOnce(addresses: readonly string[]): Record<string, number> {
  const counts = new Map(addresses.map((address) => [address, 0]));
  for (const { recipients } of sink.mails)
    for (const address of recipients) counts.set(address, (counts.get(address) ?? 0) + 1);
  return Object.fromEntries([...counts].filter(([, count]) => count !== 1));
}

async function fill(count: number): Promise<string[]> {
  const addresses = await manyTravellers(db, count, '2027-02-20', SAVED);
  await planReminders(db.service, new Date(SAVED));
  assert.equal((await states())['WAITING'], count);
  return addresses;
}

/** Answers whether each arrived once; fails when one arrived twice. */
async function check(t: TestContext, addresses: readonly string[], died: number): Promise<boolean> {
  await until(async () => (await states())['SENT'] === addresses.length, 'not all sent');
  await sleep(300); // for a mail too many
  const wrong = notOnce(addresses);
  if (Object.keys(wrong).length > 0) {
    const lost = Object.values(wrong);
    t.diagnostic(`seed ${seed}: ${lost.length} arrived not once: ${lost.join(', ')} times`);
    assert.ok(
      lost.every((count) => count === 0) && lost.length <= died,
      `seed ${seed}: ${lost.join(', ')} times`,
    );
    return false;
  }
  const ids = sink.mails.map(({ parsed }) => parsed.messageId);
  assert.equal(new Set(ids).size, addresses.length);
  const { rows } = await db.service.query<{ marked: number; unheard: number }>({
    text: `SELECT (SELECT count(*) FROM booking_legs WHERE reminder_sent) AS marked,
             (SELECT count(*) FROM reminders WHERE state = 'SENT' AND answer IS NULL) AS unheard`,
  });
  const { marked, unheard } = rows[0]!;
  t.diagnostic(
    `${addresses.length} mails, ${died} deaths, seed ${seed}: each once; ${unheard} whose answer nobody lived to hear, ` +
      `${sink.broken} broken off before the last dot`,
  );
  // One a connection and death at most; the legs of those are marked by a later sweep.
  assert.ok(unheard <= 2 * died, `${unheard} unheard`);
  assert.ok(marked >= addresses.length - unheard, `${marked} legs marked`);
  return true;
}

/** Kills the process at moments of chance; answers whether each mail arrived once. */
async function killAtRandom(t: TestContext, chance: () => number): Promise<boolean> {
  sink = await mailSink({ delay: () => chance() * 20 });
  const addresses = await fill(REMINDERS);
  const began = performance.now();
  let worker = await startWorker();
  try {
    for (let killed = 0; killed < KILLS; killed++) {
      const mails = Math.floor(((killed + 0.3 + 0.6 * chance()) * REMINDERS) / (KILLS + 0.5));
      await until(() => sink.mails.length >= mails, 'nothing goes out');
      await sleep(chance() * 40);
      await kill(worker);
      worker = await startWorker();
    }
    return await check(t, addresses, KILLS);
  } finally {
    await kill(worker);
    await sink.close();
    t.diagnostic(`${((performance.now() - began) / 1000).toFixed(1)} s; ${gapText()}`);
  }
}

function gapText(): string {
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return `from the note to the dot p50 ${at(0.5)} µs, p99 ${at(0.99)} µs, longest ${at(1)} µs`;
}

test(`${REMINDERS} reminders due at one moment, the process killed ${KILLS} times: each arrives exactly once`, async (t) => {
  const chance = chances(seed);
  if (await killAtRandom(t, chance)) return;
  // A kill between the two system calls loses a mail (docs/operations.md): one of a thousand. Two in a row are a fault.
  await db.service.query({ text: 'DELETE FROM users' });
  assert.ok(await killAtRandom(t, chance), `a mail was lost twice in a row, seed ${seed}`);
});

const steps: readonly Step[] = ['handing', 'written', 'claimed', 'body', 'locked', 'answered'];
for (const step of steps.slice(0, sized(2, steps.length)))
  test(`killed at the step "${step}", twice: each arrives exactly once`, async (t) => {
    sink = await mailSink();
    const addresses = await fill(12);
    for (const times of [1, 4]) {
      const doomed = await startWorker({ step, times });
      const [, signal] = (await once(doomed, 'exit')) as [number | null, string | null];
      assert.equal(signal, 'SIGKILL', `it did not come to "${step}"`);
    }
    const worker = await startWorker();
    try {
      assert.ok(await check(t, addresses, 2));
    } finally {
      await kill(worker);
      await sink.close();
    }
  });
