import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import type { HandedOver, Mail, MailLine } from '../accounts/index.ts';
import { type Claim, lockHanding, markHanding, noteSent, noteSentLate } from './outboxStore.ts';

/** Where a process may be killed; told to those who try. */
export type Step = 'claimed' | 'body' | 'handing' | 'locked' | 'written' | 'answered';
export type OnStep = (step: Step, claim: Claim) => void | Promise<void>;

/** From the lock to the dot takes 20 µs, 81 ms at worst on a busy machine; who took longer may have lost the lock. */
const LONGEST_MS = 2000;
/** So often the note is tried again when the database did not take it, before the claim is over. */
const NOTE_TRIES = 160;
const NOTE_PAUSE_MS = 250;

/**
 * Hands a mail over so that it is sent once, also when this process is killed at any moment:
 *
 * 1. the server gets all of the mail but the last dot; until then it has none, and the reminder may be taken back;
 * 2. HANDING is kept in the database, and the row is locked;
 * 3. two system calls, one right after the other: SENT to the database, the dot to the mail server. The kernel delivers
 *    what was written, whatever becomes of the process;
 * 4. the answer is waited for.
 *
 * Killed before 3, neither has been written: it is sent again, once. Killed after it, both are: never again. Only
 * between the two calls (18 µs; 81 ms at worst on a busy machine) the mail would be lost and count as sent, and nowhere
 * is it sent twice.
 */
export async function handOver(
  service: Database,
  line: MailLine,
  mail: Mail,
  claim: Claim,
  onStep: OnStep = () => {},
): Promise<HandedOver> {
  let noted: Promise<boolean> | undefined;
  const prepare = async (): Promise<() => void> => {
    await onStep('body', claim);
    const client = await service.pool.connect(); // held from here to the note, and not while the mail server thinks
    try {
      if (!(await markHanding(client, claim))) throw claimLost();
      await onStep('handing', claim);
      if (!(await lockHanding(client, claim))) throw claimLost();
    } catch (error) {
      client.release(true); // it may be inside its transaction
      throw error;
    }
    const lockedAt = performance.now();
    await onStep('locked', claim);
    const { write, kept } = noteSent(client, claim);
    return () => {
      if (performance.now() - lockedAt > LONGEST_MS) {
        client.release(true);
        throw claimLost();
      }
      write();
      queueMicrotask(() => void onStep('written', claim));
      noted = kept.then((isKept) => (client.release(!isKept), isKept));
    };
  };
  const answer = await line.hand(mail, prepare); // when it throws, no dot was written
  await onStep('answered', claim);
  if (!(await noted)) await noteLater(service, claim);
  return answer;
}

const claimLost = (): AppError => new AppError('CONFLICT', 'Another process has this reminder by now');

/** The dot is written and the database did not take the note: it must, before the claim is over. */
async function noteLater(service: Database, claim: Claim): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      await noteSentLate(service, claim);
      return;
    } catch (error) {
      if (tries === NOTE_TRIES) throw error;
      await sleep(NOTE_PAUSE_MS);
    }
}
