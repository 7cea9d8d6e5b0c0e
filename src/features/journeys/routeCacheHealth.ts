import { translatingErrors } from '../../database/sqlstate.ts';
import { type Queryable, type RouteCacheRow, selectRouteCache } from './store.ts';

/** What lies in the route cache of all processes. `service`: a database as rs_service. */
export const routeCacheHealth = (service: Queryable): Promise<RouteCacheRow> =>
  translatingErrors(() => selectRouteCache(service));
