import type { Context } from 'hono';
import type { Visitor } from '../features/analytics/index.ts';
import type { Callers } from '../features/accounts/index.ts';
import { clientAddress } from './middleware/clientAddress.ts';

export interface VisitorOptions {
  readonly callers: Pick<Callers, 'signedIn'>;
  /** Whether the user agrees that searches and clicks are kept under their name. */
  consented(userId: string): Promise<boolean>;
  readonly trustedProxies?: number;
}

/**
 * What the figures may know of who searches: nothing, unless a signed-in user agreed to it. Then who it is, the
 * address (kept as a keyed hash of its network) and the browser.
 */
export async function visitorOf(c: Context, options: VisitorOptions): Promise<Visitor> {
  const user = await options.callers.signedIn(c.req.raw);
  if (!user || !(await options.consented(user.userId))) return {};
  const address = clientAddress(c, options.trustedProxies ?? 0);
  const userAgent = c.req.header('user-agent');
  return {
    userId: user.userId,
    ...(address === undefined ? {} : { address }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}
