import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { missWhatIsDue } from './outboxStore.ts';

/**
 * Gives up what is due: in a database that comes from a backup it may have been sent since, and nothing there says so.
 * Answers how many. `service`: a database as rs_service.
 */
export const forgetDueReminders = (service: Queryable, now: Date): Promise<number> =>
  translatingErrors(() => missWhatIsDue(service, now));
