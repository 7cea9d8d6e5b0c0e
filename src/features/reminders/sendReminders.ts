import type { Database } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../units/ids.ts';
import { epochMinuteOf, type EpochMinute } from '../../units/time.ts';
import { findRecipient, type MailLine, openMailLine, unsubscribeToken } from '../accounts/index.ts';
import { handOver, type OnStep } from './handOver.ts';
import { type Claim, claimNext, endWithout, giveBack, settle, sweep } from './outboxStore.ts';
import { findTrip } from './planReminders.ts';
import { type PlannedReminder, openingClassOpen, plannedReminders } from './plannedReminders.ts';
import { isQuiet, outsideQuiet } from './quietHours.ts';
import { reminderMail } from './reminderMail.ts';

export interface SendOptions {
  readonly mail: { readonly smtpUrl: string; readonly from: string };
  /** Where people find this server. */
  readonly origin: string;
  /** Of the server: signs the links that stop reminders. */
  readonly secret: string;
  /** What time it is, by turns: a run may take a minute. */
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  /** How long a reminder belongs to a process that does not come back. */
  readonly leaseSeconds?: number;
  readonly onStep?: OnStep;
}

export interface Sent {
  readonly sent: number;
  /** The mail server did not say whether it took them. */
  readonly unheard: number;
  /** Not needed any more when they were due. */
  readonly skipped: number;
  /** Put off: the reader's quiet hours, or the mail server said later. */
  readonly later: number;
  /** Refused for good. */
  readonly failed: number;
  readonly missed: number;
  /** Taken back from processes that are gone. */
  readonly takenBack: number;
}

/** Connections to the mail server at a time in a process. */
const LINES = 2;
/** Longer than the longest hand-over but the answer: a mail server is waited for 15 s at each word. */
const LEASE_SECONDS = 60;
/** What is not sent by then comes with the next run. */
const PATIENCE_MS = 50_000;
const LONGEST_BACK_OFF_MINUTES = 60;

type Outcome = 'sent' | 'unheard' | 'skipped' | 'later' | 'failed' | 'missed';

/**
 * Sends what is due, each once (see `handOver`), and takes up what killed processes left. As many processes may as one
 * likes. Throws `UNAVAILABLE` when the mail server cannot be used; then what is due waits.
 * @param service a database as rs_service.
 */
export const sendReminders = (service: Database, options: SendOptions): Promise<Sent> =>
  translatingErrors(async () => {
    const lease = options.leaseSeconds ?? LEASE_SECONDS;
    const swept = await sweep(service, options.now(), lease);
    const counts = { sent: 0, unheard: swept.unheard, skipped: 0, later: 0, failed: 0, missed: swept.missed };
    const until = performance.now() + PATIENCE_MS;
    const goesOn = (): boolean => !options.signal?.aborted && performance.now() < until;
    const sender = async (): Promise<void> => {
      const line = new ReusedLine(options.mail);
      try {
        while (goesOn()) {
          const claim = await claimNext(service, newId(), options.now(), lease);
          if (!claim) return;
          counts[await sendOne(service, line, claim, options)]++;
        }
      } finally {
        line.close();
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: LINES }, sender));
    const failure = ended.find((one) => one.status === 'rejected');
    if (failure) throw failure.reason;
    return { ...counts, takenBack: swept.takenBack };
  });

/** Where no mail can be sent: what is of no use any more is told so. `service`: a database as rs_service. */
export const sweepReminders = (service: Database, now: Date): Promise<{ readonly missed: number }> =>
  translatingErrors(async () => {
    const { missed } = await sweep(service, now, LEASE_SECONDS);
    return { missed };
  });

/** A line that is opened when the first mail needs it, and again when it is spent. */
class ReusedLine {
  readonly #mail: SendOptions['mail'];
  #line: MailLine | undefined;

  constructor(mail: SendOptions['mail']) {
    this.#mail = mail;
  }

  async get(): Promise<MailLine> {
    if (!this.#line?.usable) this.#line = await openMailLine(this.#mail);
    return this.#line;
  }

  close(): void {
    this.#line?.close();
  }
}

async function sendOne(
  service: Database,
  lines: ReusedLine,
  claim: Claim,
  options: SendOptions,
): Promise<Outcome> {
  await options.onStep?.('claimed', claim);
  const now = epochMinuteOf(options.now().getTime());
  const fit = await fitToSend(service, claim, now, options);
  if ('outcome' in fit) {
    if (fit.outcome === 'later') await giveBack(service, claim, fit.dueAt);
    else await endWithout(service, claim, fit.outcome === 'missed' ? 'MISSED' : 'SKIPPED');
    return fit.outcome;
  }
  const line = await lines.get().catch(async (error: unknown) => {
    await giveBack(service, claim);
    throw error;
  });
  try {
    const answer = await handOver(service, line, fit.mail, claim, options.onStep);
    if (answer.outcome === 'refused') {
      if (answer.permanent) await endWithout(service, claim, 'FAILED', answer.code);
      else await giveBack(service, claim, backOff(claim, options));
      return answer.permanent ? 'failed' : 'later';
    }
    // Whatever keeps the leg from being marked: the mail is out, and a later sweep marks it.
    await settle(service, claim, answer.outcome === 'taken' ? answer.code : null).catch(() => {});
    return answer.outcome === 'taken' ? 'sent' : 'unheard';
  } catch (error) {
    // No dot was written. Who lost the claim has nothing to give back but what it took from nobody …
    const lost = error instanceof AppError && error.code === 'CONFLICT';
    // … and a mail that breaks the connection must not be the first again.
    await giveBack(service, claim, lost ? null : backOff(claim, options));
    if (lost) return 'later';
    throw error;
  }
}

/** 2, 4, 8 … 60 minutes from now. */
const backOff = ({ attempts }: Claim, { now }: SendOptions): Date =>
  new Date(now().getTime() + 60_000 * Math.min(2 ** Math.min(attempts, 10), LONGEST_BACK_OFF_MINUTES));

type Fit =
  | { readonly mail: NonNullable<ReturnType<typeof reminderMail>> }
  | { readonly outcome: 'skipped' | 'missed' }
  | { readonly outcome: 'later'; readonly dueAt: Date };

/** Whether a claimed reminder is still wanted, by the trip and the wishes as they are now, and its mail. */
async function fitToSend(
  service: Database,
  claim: Claim,
  now: EpochMinute,
  options: SendOptions,
): Promise<Fit> {
  const trip = await findTrip(service, claim.userId, claim.tripId);
  const recipient = trip && (await findRecipient(service, claim.userId));
  if (!trip || !recipient || recipient.email === null) return { outcome: 'skipped' };
  const { wishes, email } = recipient;
  const eventAt = epochMinuteOf(claim.eventAt.getTime());
  const isIt = ({ kind, legKey, eventAt: at }: PlannedReminder): boolean =>
    kind === claim.kind && legKey === claim.legKey && at === eventAt;
  const planned = plannedReminders(trip, wishes, now).find(isIt);
  if (!planned || planned.needless) return { outcome: 'skipped' };
  const later = (minute: number): Fit => ({ outcome: 'later', dueAt: new Date(minute * 60_000) });
  if (planned.dueAt > now) return later(planned.dueAt);
  if (isQuiet(now, wishes)) {
    const morning = outsideQuiet(now, wishes, 'later');
    return morning < planned.useUntil ? later(morning) : { outcome: 'missed' };
  }
  const { legIndex, kind } = planned;
  const reminder = { id: claim.id, kind, legIndex, eventAt, classOpen: openingClassOpen(trip, legIndex) };
  const mail = reminderMail(reminder, trip, {
    to: email,
    language: wishes.language,
    origin: options.origin,
    stopPath: `/unsubscribe/${unsubscribeToken(claim.userId, options.secret)}`,
    domain: domainOf(options.mail.from),
    now,
  });
  return mail ? { mail } : { outcome: 'skipped' };
}

/** `example.org` of `RouteStitch <no-reply@example.org>`. */
const domainOf = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'routestitch.invalid';
