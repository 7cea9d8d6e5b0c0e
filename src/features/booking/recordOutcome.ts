import type { Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { type ClickOutcome, recordAnonymousOutcome, recordBookingOutcome } from '../analytics/index.ts';

/**
 * "Did you book?": of a traveller's own click, or of one that nobody was signed in for and whose id the traveller
 * has; may be given again. Throws `NOT_FOUND` for any other, whether it exists or not.
 * @param service a database as rs_service.
 */
export async function recordOutcome(
  service: Queryable,
  caller: Caller | null,
  clickId: string,
  didBook: boolean,
): Promise<ClickOutcome> {
  if (caller) {
    try {
      return await recordBookingOutcome(caller, { clickId }, didBook);
    } catch (error) {
      // Perhaps the click is from before the sign-in.
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
    }
  }
  return recordAnonymousOutcome(service, clickId, didBook);
}
