import { translatingErrors } from '../../database/sqlstate.ts';
import { NETWORK_48_FACTOR } from './limitIdentifiers.ts';
import { limitRules } from './limitRequest.ts';
import { type CountedKinds, type Queryable, selectCounters } from './store.ts';

/** Whom a counter stands for, and its factor. */
const kinds = {
  ip4: 1,
  'ip6-64': 1,
  'ip6-48': NETWORK_48_FACTOR,
  user: 1,
  address: 1,
  mailbox: 1,
} as const;
const { search, searchSignedIn, read, signIn } = limitRules;

const known = [search, read, signIn].flatMap((rule) =>
  Object.entries(kinds).map(([kind, factor]) => {
    const { maxRequests, windowMs, name } = rule === search && kind === 'user' ? searchSignedIn : rule;
    return { rule: name, kind, max: maxRequests * factor, windowMs };
  }),
);

/**
 * How many are counted, and how many are at their limit, by rule and by whom it counts; never who. Counters of other
 * programs (`routestitch/data`) are one line.
 * @param service a database as rs_service.
 */
export const limiterHealth = (service: Queryable): Promise<CountedKinds[]> =>
  translatingErrors(() => selectCounters(service, known));
