import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';
import type { FareAttribute } from './fareAttributes.ts';
import type { Routes } from './routes.ts';

export interface FareRules {
  /** Fares that have any rule: they hold nowhere else. */
  readonly bound: Set<string>;
  /** Routes by fare, from rules that name a route and no zone. */
  readonly routes: Map<string, number[]>;
  /** Rules that need zones, and the routes on which a ride may cost what such a rule says. */
  readonly byZone: number;
  readonly zoned: ReadonlySet<number> | 'all';
}

const ZONES = ['origin_id', 'destination_id', 'contains_id'];

export async function readFareRules(
  source: FeedSource,
  log: NoticeLog,
  fares: ReadonlyMap<string, FareAttribute>,
  { byId }: Routes,
): Promise<FareRules> {
  const bound = new Set<string>();
  const routes = new Map<string, number[]>();
  const zoned = new Set<number>();
  let everywhere = false;
  let byZone = 0;
  await readTable(source, 'fare_rules.txt', log, { required: ['fare_id'], essential: false }, (row) => {
    const fare = row.text('fare_id');
    if (!fares.has(fare)) {
      row.notice('UNKNOWN_REFERENCE', 'fare_id', 'This fare is not in fare_attributes.txt; not used.');
      return;
    }
    bound.add(fare);
    const id = row.text('route_id');
    const route = byId.get(id);
    if (ZONES.some((column) => row.text(column) !== '')) {
      byZone++;
      if (id === '') everywhere = true;
      else if (route !== undefined) zoned.add(route);
      return;
    }
    if (route === undefined) {
      if (id !== '')
        row.notice('UNKNOWN_REFERENCE', 'route_id', 'This route is not in routes.txt; not used.');
      return;
    }
    const own = routes.get(fare);
    if (own) own.push(route);
    else routes.set(fare, [route]);
  });
  return { bound, routes, byZone, zoned: everywhere ? 'all' : zoned };
}
