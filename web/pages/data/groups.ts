/** Which tables of the data page stand together. */
import type { RuleTableSummary } from '../../../src/features/rule-tables/contract.ts';

const groupOf = {
  'rail-trains': 'rail',
  'rail-fares': 'rail',
  'rail-points': 'rail',
  'rail-classes': 'rail',
  'rail-revisions': 'rail',
  'rail-children': 'rail',
  'rail-quotas': 'rail',
  'rail-refunds': 'rail',
  'air-fares': 'air',
  'air-ceilings': 'air',
  'flight-lead-times': 'air',
  'road-fares': 'road',
  'bus-surcharges': 'road',
  meters: 'road',
  vehicles: 'road',
  'hill-roads': 'road',
  'metro-fares': 'metro',
  'metro-pairs': 'metro',
  'metro-discounts': 'metro',
  concessions: 'booking',
  platforms: 'booking',
  'booking-windows': 'booking',
  holidays: 'booking',
  buffers: 'time',
  'change-minimum': 'time',
  'station-changes': 'time',
  'train-delays': 'time',
  fog: 'time',
  access: 'time',
  comfort: 'time',
} as const;
type Group = (typeof groupOf)[keyof typeof groupOf] | 'other';

export const placed: Readonly<Record<string, Group>> = groupOf;

/** In the order of the list above; a table that is not in it comes last, among the others. */
export function tableGroups(
  tables: readonly RuleTableSummary[],
): readonly { readonly group: Group; readonly tables: readonly RuleTableSummary[] }[] {
  const order = Object.keys(placed);
  const rank = ({ name }: RuleTableSummary): number =>
    order.includes(name) ? order.indexOf(name) : order.length;
  const groups = new Map<Group, RuleTableSummary[]>();
  for (const table of tables.toSorted((a, b) => rank(a) - rank(b))) {
    const group = placed[table.name] ?? 'other';
    groups.set(group, [...(groups.get(group) ?? []), table]);
  }
  return [...groups].map(([group, ofGroup]) => ({ group, tables: ofGroup }));
}
