import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { selectHealth } from './outboxStore.ts';

/** How the reminders of all users go, for `doctor` and `/metrics`. */
export interface ReminderHealth {
  readonly waiting: number;
  /** Whose time has come. */
  readonly due: number;
  /** How long the first of them has been due. */
  readonly lagSeconds: number;
  /** In the last 24 hours: … */
  readonly sent: number;
  /** … of which the mail server's answer was not heard: nearly always taken. */
  readonly unheard: number;
  /** … refused for good. */
  readonly failed: number;
  /** … not sent while they were of use. */
  readonly missed: number;
}

/** `service`: a database as rs_service. */
export const reminderHealth = (service: Queryable, now: Date): Promise<ReminderHealth> =>
  translatingErrors(() => selectHealth(service, now));
