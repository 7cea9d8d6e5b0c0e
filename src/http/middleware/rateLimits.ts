import { AppError } from '../../errors.ts';
import type { Queryable } from '../../database/connect.ts';
import type { Callers } from '../../features/accounts/index.ts';
import {
  limitIdentifiers,
  limitRequest,
  type LimitRule,
  limitRules,
  type RateLimitAnswer,
  RequestCounter,
} from '../../features/limits/index.ts';
import type { Layer } from './around.ts';
import { clientAddress } from './clientAddress.ts';

export interface RateLimitOptions {
  readonly database: Queryable;
  readonly callers: Pick<Callers, 'signedIn'>;
  readonly trustedProxies: number;
  readonly onCounted?: (rule: string, outcome: 'allowed' | 'refused' | 'unavailable') => void;
  /** Requests that could not be counted, or whose user could not be asked for. */
  readonly onError: (error: unknown) => void;
}

/** Where the layer leaves for itself what it counted. */
const COUNTED = 'counted';

interface Counted extends RateLimitAnswer {
  readonly rule: LimitRule;
}

/** These compute journeys. */
const SEARCH = /^\/(search|api\/v1\/(search|plan-b|trips\/[^/]+\/legs\/[^/]+\/replan))$/;

/**
 * Counts every request: a signed-in user's for the user, wherever they are; anybody else's for the address. Answers
 * `RATE_LIMITED` above the limit. The headers are those of draft-ietf-httpapi-ratelimit-headers-06, the last with
 * three fields: RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset (seconds).
 */
export function rateLimits({
  database,
  callers,
  trustedProxies,
  onCounted,
  onError,
}: RateLimitOptions): Layer {
  const counter = new RequestCounter(database);
  const before: Layer['before'] = async (c) => {
    // A database that cannot be asked is heard of again, and judged, where the request is counted.
    const user = await callers.signedIn(c.req.raw).catch((error: unknown) => (onError(error), null));
    const rule = ruleFor(c.req.method, c.req.path, user !== null);
    const identifiers = user
      ? [{ identifier: `user:${user.userId}`, factor: 1 }]
      : limitIdentifiers(clientAddress(c, trustedProxies));
    const answer = await limitRequest(counter, rule, identifiers, onError).catch((error: unknown) => {
      const full = error instanceof AppError && error.code === 'RATE_LIMITED';
      onCounted?.(rule.name, full ? 'refused' : 'unavailable');
      throw error;
    });
    onCounted?.(rule.name, answer ? 'allowed' : 'unavailable');
    if (answer) c.set(COUNTED as never, { ...answer, rule } satisfies Counted as never);
  };
  const after: Layer['after'] = (c, headers) => {
    const counted = c.get(COUNTED) as Counted | undefined;
    if (!counted) return;
    const { rule, remaining, resetTime } = counted;
    const seconds = Math.ceil((resetTime.getTime() - Date.now()) / 1000);
    headers.set('ratelimit-limit', String(rule.maxRequests));
    headers.set('ratelimit-remaining', String(remaining));
    headers.set('ratelimit-reset', String(Math.min(Math.max(seconds, 0), rule.windowMs / 1000)));
  };
  return { before, after };
}

function ruleFor(method: string, path: string, signedIn: boolean): LimitRule {
  if (SEARCH.test(path)) return signedIn ? limitRules.searchSignedIn : limitRules.search;
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? limitRules.read : limitRules.write;
}
