import { AppError, readInput } from '../../errors.ts';
import { newClickId } from './clickId.ts';
import { type BookingClickInput, bookingClickSchema } from './contract.ts';
import { insertBookingClicks, type Queryable, selectClickAddress } from './store.ts';

/**
 * As `recordBookingClick`, but written before it answers: the traveller follows the click's link at once, perhaps by
 * another process. Throws `INVALID_REQUEST` for what the contract does not allow.
 * @param service a database as rs_service.
 */
export async function writeBookingClick(
  service: Queryable,
  userId: string | null,
  input: BookingClickInput,
): Promise<string> {
  const { route, leg, ...click } = readInput(bookingClickSchema, input);
  const id = newClickId();
  const written = { route: JSON.stringify(route), leg: JSON.stringify(leg) };
  await insertBookingClicks(service, [{ ...click, ...written, id, userId, createdAt: new Date() }]);
  return id;
}

/** Where a click of the last day leads. Throws `NOT_FOUND` for any other. */
export async function bookingClickAddress(service: Queryable, clickId: string): Promise<string> {
  const address = await selectClickAddress(service, clickId);
  if (address === null) throw new AppError('NOT_FOUND', 'This link has ended: open the trip and book again');
  return address;
}
