import type { Attribution } from '../extras.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Agencies } from './agency.ts';
import type { Routes } from './routes.ts';
import type { Trips } from './trips.ts';

const ROLES = ['producer', 'operator', 'authority'] as const;
/** More organisations than any page could name. */
const MOST_ATTRIBUTIONS = 10_000;

/** Organisations that the page about the data has to name. */
export async function readAttributions(
  source: FeedSource,
  log: NoticeLog,
  known: { readonly agencies: Agencies; readonly routes: Routes; readonly trips: Trips },
): Promise<Attribution[]> {
  const attributions: Attribution[] = [];
  const spec = { required: ['organization_name'], essential: false };
  await readTable(source, 'attributions.txt', log, spec, (row) => {
    const organization = row.name('organization_name');
    const roles = ROLES.filter((role) => row.text(`is_${role}`) === '1');
    const agency = indexOf(row, 'agency_id', known.agencies.byId, 'agency.txt');
    const route = indexOf(row, 'route_id', known.routes.byId, 'routes.txt');
    const trip = indexOf(row, 'trip_id', known.trips.byId, 'trips.txt');
    if (organization === '') {
      row.notice('MISSING_VALUE', 'organization_name', 'organization_name is empty; the row was left out.');
      return;
    }
    if (agency === null || route === null || trip === null) return;
    if (attributions.length >= MOST_ATTRIBUTIONS) return;
    attributions.push({
      organization,
      url: row.webAddress('attribution_url'),
      email: row.name('attribution_email'),
      roles,
      agency,
      route,
      trip,
    });
  });
  return attributions;
}

function indexOf(
  row: TableRow,
  column: string,
  byId: ReadonlyMap<string, number>,
  where: string,
): number | null {
  const id = row.text(column);
  if (id === '') return -1;
  const index = byId.get(id);
  if (index !== undefined) return index;
  row.notice('UNKNOWN_REFERENCE', column, `This ${column} is not in ${where}; the row was left out.`);
  return null;
}
