import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';
import type { Routes } from './routes.ts';

/** `network_id` by route ('' for none), from `routes.txt` or, where that says nothing, `route_networks.txt`. */
export async function readRouteNetworks(
  source: FeedSource,
  log: NoticeLog,
  { byId, networks }: Routes,
): Promise<string[]> {
  const known = new Set<string>();
  const named = await readTable(
    source,
    'networks.txt',
    log,
    { required: ['network_id'], essential: false },
    (row) => {
      const id = row.id('network_id');
      if (id !== null) known.add(id);
    },
  );
  const result = [...networks];
  const spec = { required: ['network_id', 'route_id'], essential: false };
  await readTable(source, 'route_networks.txt', log, spec, (row) => {
    const network = row.text('network_id');
    const route = byId.get(row.text('route_id'));
    if (route === undefined)
      row.notice('UNKNOWN_REFERENCE', 'route_id', 'This route is not in routes.txt; the row was left out.');
    else if (named && !known.has(network))
      row.notice('UNKNOWN_REFERENCE', 'network_id', 'This network is not in networks.txt; not used.');
    else if (result[route] === '') result[route] = network;
  });
  return result;
}
