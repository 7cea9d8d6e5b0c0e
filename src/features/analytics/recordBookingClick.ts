import { readInput } from '../../errors.ts';
import type { AnalyticsWriter } from './analyticsWriter.ts';
import { newClickId } from './clickId.ts';
import { type BookingClickInput, bookingClickSchema } from './contract.ts';

/**
 * Remembers that a traveller was sent to a platform to book a leg, and answers the id under which the outcome can
 * be told. Written within the second, beside the request. Throws `INVALID_REQUEST` for what the contract does not allow.
 */
export function recordBookingClick(
  writer: AnalyticsWriter,
  userId: string | null,
  input: BookingClickInput,
): string {
  const { route, leg, ...click } = readInput(bookingClickSchema, input);
  const id = newClickId();
  writer.bookingClicks.add({
    ...click,
    id,
    userId,
    route: JSON.stringify(route),
    leg: JSON.stringify(leg),
    createdAt: new Date(writer.now()),
  });
  return id;
}
