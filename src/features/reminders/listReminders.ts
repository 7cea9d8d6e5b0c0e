import { asCaller, type Caller } from '../../database/caller.ts';
import { MAX_LISTED, type Reminder } from './contract.ts';
import { selectReminders } from './store.ts';

/** The caller's reminders of trips that have not ended, by the time they are due. */
export async function listReminders(caller: Caller, now: Date): Promise<Reminder[]> {
  const rows = await asCaller(caller, (db) => selectReminders(db, caller.userId, now, MAX_LISTED));
  return rows.map(({ kind, state, dueAt, eventAt, sentAt, ...row }) => ({
    ...row,
    kind: kind as Reminder['kind'],
    state: state as Reminder['state'],
    dueAt: dueAt.toISOString(),
    eventAt: eventAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }));
}
