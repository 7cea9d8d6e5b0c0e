import { asCaller, type Caller } from '../../database/caller.ts';
import { AppError } from '../../errors.ts';
import { selectClickOfLeg, updateOutcome } from './store.ts';

/** Which click the traveller answers for: itself, or the latest on a leg of a trip. */
export type AnsweredClick =
  | { readonly clickId: string }
  | { readonly tripId: string; readonly legIndex: number };

export interface ClickOutcome {
  readonly clickId: string;
  readonly didBook: boolean;
  readonly markedAt: Date;
}

/**
 * "Did you book?": the traveller's answer, on the traveller's own click. May be given again. `markedAt` is the
 * database's clock. Throws `NOT_FOUND` when there is no such click of this user.
 */
export async function recordBookingOutcome(
  caller: Caller,
  click: AnsweredClick,
  didBook: boolean,
): Promise<ClickOutcome> {
  return asCaller(caller, async (database) => {
    const clickId =
      'clickId' in click
        ? click.clickId
        : await selectClickOfLeg(database, caller.userId, click.tripId, click.legIndex);
    const markedAt = clickId === null ? null : await updateOutcome(database, caller.userId, clickId, didBook);
    if (clickId === null || markedAt === null)
      throw new AppError('NOT_FOUND', 'There is no such booking click');
    return { clickId, didBook, markedAt };
  });
}
