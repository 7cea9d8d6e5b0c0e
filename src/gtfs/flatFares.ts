import type { FareFamily, Fares, FareTransfer } from '../engine/fares/family.ts';
import type { NoticeLog } from './notice.ts';
import type { Price } from './price.ts';
import type { FeedSource } from './source.ts';
import type { Agencies } from './tables/agency.ts';
import { readFareAttributes } from './tables/fareAttributes.ts';
import { type LegRules, readFareLegRules } from './tables/fareLegRules.ts';
import { readFareProducts } from './tables/fareProducts.ts';
import { readFareRules } from './tables/fareRules.ts';
import { readRouteNetworks } from './tables/routeNetworks.ts';
import type { Routes } from './tables/routes.ts';

interface FlatFare {
  readonly id: string;
  readonly price: Price;
  readonly transfer: FareTransfer | null;
}

/**
 * Fares that fit the engine: one price for any ride on a line. Zones, areas, times of day and categories of riders do
 * not fit; a notice says how much of the feed that is. A line that is sometimes dearer
 * has no price rather than a wrong one. "Fares V2" goes before V1 where both price a line.
 */
export async function readFlatFares(
  source: FeedSource,
  log: NoticeLog,
  agencies: Agencies,
  routes: Routes,
): Promise<Fares | null> {
  const old = await faresV1(source, log, agencies, routes);
  const now = await faresV2(source, log, routes);
  const byRoute = routes.routes.map((_, route) => now.get(route) ?? old.get(route));
  return familiesOf(byRoute, routes, log);
}

async function faresV1(
  source: FeedSource,
  log: NoticeLog,
  agencies: Agencies,
  routes: Routes,
): Promise<Map<number, FlatFare>> {
  const attributes = await readFareAttributes(source, log, agencies);
  const rules = await readFareRules(source, log, attributes, routes);
  const found = new Map<number, FlatFare>();
  for (const { id, price, agency, transfer } of attributes.values()) {
    const where = rules.bound.has(id) ? (rules.routes.get(id) ?? []) : routes.routes.keys();
    for (const route of where) {
      if (agency !== -1 && routes.routes[route]!.agency !== agency) continue;
      if (rules.zoned === 'all' || rules.zoned.has(route)) continue;
      keepCheapest(found, route, { id, price, transfer });
    }
  }
  const file = 'fare_rules.txt';
  if (rules.byZone > 0)
    log.add('IGNORED_FARES', { file }, `${rules.byZone} fare rules need zones; they were not used.`);
  return found;
}

async function faresV2(source: FeedSource, log: NoticeLog, routes: Routes): Promise<Map<number, FlatFare>> {
  const rules = await readFareLegRules(source, log, await readFareProducts(source, log));
  const networks = await readRouteNetworks(source, log, routes);
  const found = new Map<number, FlatFare>();
  for (const [network, members] of Map.groupBy(networks.keys(), (route) => networks[route]!)) {
    const fares = rulesFor(network, rules);
    for (const route of members) for (const fare of fares) keepCheapest(found, route, fare);
  }
  if (rules.notFlat > 0)
    log.add(
      'IGNORED_FARES',
      { file: 'fare_leg_rules.txt' },
      `${rules.notFlat} rules need areas, times of day or a category of riders; they were not used.`,
    );
  return found;
}

/** The rules for routes of a network, of the highest priority; none when one of them is not flat. */
function rulesFor(network: string, { rules, networks, hasPriorities }: LegRules): FlatFare[] {
  const matching = rules.filter(
    (rule) => rule.network === network || (rule.network === '' && (hasPriorities || !networks.has(network))),
  );
  const highest = matching.reduce((most, { priority }) => Math.max(most, priority), 0);
  const chosen = matching.filter(({ priority }) => priority === highest);
  const flat = chosen.flatMap(({ product, price }) =>
    price === null ? [] : [{ id: product, price, transfer: null }],
  );
  return flat.length === chosen.length ? flat : [];
}

function keepCheapest(found: Map<number, FlatFare>, route: number, fare: FlatFare): void {
  const other = found.get(route);
  if (!other || (other.price.currency === fare.price.currency && fare.price.minor < other.price.minor))
    found.set(route, fare);
}

/** One family for each price; all in the currency of the first, since the engine adds them up. */
function familiesOf(
  byRoute: readonly (FlatFare | undefined)[],
  { routes }: Routes,
  log: NoticeLog,
): Fares | null {
  const priced = [...byRoute.entries()].filter(
    (entry): entry is [number, FlatFare] => entry[1] !== undefined,
  );
  if (priced.length === 0) return null;
  const { currency } = priced[0]![1].price;
  const foreign = priced.filter(([, fare]) => fare.price.currency !== currency).length;
  if (foreign > 0)
    log.add(
      'IGNORED_FARES',
      { file: '' },
      `${foreign} routes are priced in another currency than ${currency}; they have no price.`,
    );
  const used = priced.filter(([, fare]) => fare.price.currency === currency);
  const families = [...Map.groupBy(used, ([, { id, price }]) => `${id} ${price.minor}`).values()].map(
    (members): FareFamily => ({
      id: members[0]![1].id,
      routeTypes: [],
      routeIds: members.map(([route]) => routes[route]!.id),
      baseMinor: members[0]![1].price.minor,
      perBoardingMinor: 0,
      slabs: [],
      steps: [],
      minimumMinor: 0,
      roundUpToMinor: 1,
      vehicleCapacity: null,
      transfer: members[0]![1].transfer,
    }),
  );
  return { currency, families };
}
