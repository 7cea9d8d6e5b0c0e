import type { NoticeLog } from '../notice.ts';
import type { Price } from '../price.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';

/** What a ride on the routes of a network costs. */
export interface LegRule {
  readonly product: string;
  /** `null`: it depends on areas or times of day. */
  readonly price: Price | null;
  /** '' stands for routes of networks that no rule names, or for all routes where rules have priorities. */
  readonly network: string;
  readonly priority: number;
}

export interface LegRules {
  readonly rules: LegRule[];
  readonly hasPriorities: boolean;
  /** Every network that any rule names. */
  readonly networks: Set<string>;
  /** Rules that need areas, timeframes or a category of riders. */
  readonly notFlat: number;
}

const CONDITIONS = ['from_area_id', 'to_area_id', 'from_timeframe_group_id', 'to_timeframe_group_id'];

export async function readFareLegRules(
  source: FeedSource,
  log: NoticeLog,
  { products, forFew }: { products: ReadonlyMap<string, Price>; forFew: ReadonlySet<string> },
): Promise<LegRules> {
  const rules: LegRule[] = [];
  const networks = new Set<string>();
  let hasPriorities = false;
  let notFlat = 0;
  const spec = { required: ['fare_product_id'], essential: false };
  await readTable(source, 'fare_leg_rules.txt', log, spec, (row) => {
    hasPriorities ||= row.index('rule_priority') !== -1;
    const product = row.text('fare_product_id');
    const price = products.get(product);
    if (price === undefined && !forFew.has(product)) {
      row.notice(
        'UNKNOWN_REFERENCE',
        'fare_product_id',
        'This product is not in fare_products.txt; not used.',
      );
      return;
    }
    const network = row.text('network_id');
    if (network !== '') networks.add(network);
    const priority = row.integer('rule_priority', 0, 1e9, 0);
    if (priority === null) return;
    const depends = CONDITIONS.some((column) => row.text(column) !== '');
    if (depends || price === undefined) notFlat++;
    if (price !== undefined) rules.push({ product, price: depends ? null : price, network, priority });
  });
  return { rules, hasPriorities, networks, notFlat };
}
