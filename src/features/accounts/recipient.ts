import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { defaultNotifications, type Notifications } from './contract.ts';
import { selectRecipient } from './profileStore.ts';

/** To whom a mail goes that nobody asked for at this moment. */
export interface Recipient {
  /** Proved to be theirs; null while it is not: then nothing is sent there. */
  readonly email: string | null;
  readonly wishes: Notifications;
}

/** Null when there is no such user. `service`: a database as rs_service. */
export const findRecipient = (service: Queryable, userId: string): Promise<Recipient | null> =>
  translatingErrors(async () => {
    const row = await selectRecipient(service, userId);
    return row && { email: row.email, wishes: row.notifications ?? defaultNotifications };
  });
