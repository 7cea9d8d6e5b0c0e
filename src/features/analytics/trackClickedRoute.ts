import { readInput } from '../../errors.ts';
import type { AnalyticsWriter } from './analyticsWriter.ts';
import { clickedRouteSchema } from './contract.ts';

/**
 * Remembers which route of a search was opened; the last one counts. Written within the second, beside the request.
 * A search of another user is left alone. Throws `INVALID_REQUEST` for a route that is no object or above 64 KiB.
 */
export function trackClickedRoute(
  writer: AnalyticsWriter,
  userId: string | null,
  click: { searchId: string; route: object },
): void {
  const { searchId, route } = readInput(clickedRouteSchema, click);
  writer.addClick({ searchId, userId, route: JSON.stringify(route) });
}
