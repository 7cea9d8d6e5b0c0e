import type { Route } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Agencies } from './agency.ts';

export interface Routes {
  readonly routes: Route[];
  readonly byId: Map<string, number>;
  /** `network_id` by route, '' for none. */
  readonly networks: string[];
}

const BUS = 3;
/** Basic types and the ranges of the extended ones (Hierarchical Vehicle Type). */
const BASIC_TYPES = new Set([0, 1, 2, 3, 4, 5, 6, 7, 11, 12]);
const EXTENDED_FROM = 100;
const EXTENDED_TO = 1702;

export async function readRoutes(source: FeedSource, log: NoticeLog, agencies: Agencies): Promise<Routes> {
  const routes: Route[] = [];
  const byId = new Map<string, number>();
  const networks: string[] = [];
  const required = ['route_id', 'route_type'];
  await readTable(source, 'routes.txt', log, { required, essential: true }, (row) => {
    const id = row.id('route_id');
    if (id === null) return;
    if (byId.has(id)) {
      row.notice('DUPLICATE_KEY', 'route_id', 'This route was given before; the row was left out.');
      return;
    }
    const type = readType(row);
    if (type === null) return;
    byId.set(id, routes.length);
    networks.push(row.text('network_id'));
    routes.push({
      id,
      agency: readAgency(row, agencies),
      ...readNames(row),
      type,
      color: readColor(row),
    });
  });
  return { routes, byId, networks };
}

function readNames(row: TableRow): Pick<Route, 'shortName' | 'longName'> {
  const shortName = row.name('route_short_name');
  const longName = row.name('route_long_name');
  if (shortName === '' && longName === '')
    row.notice('MISSING_NAME', 'route_long_name', 'The route has neither a short nor a long name.');
  return { shortName, longName };
}

function readType(row: TableRow): number | null {
  const type = row.integer('route_type', 0, 9999);
  if (type === null || BASIC_TYPES.has(type) || (type >= EXTENDED_FROM && type <= EXTENDED_TO)) return type;
  row.notice('UNKNOWN_ROUTE_TYPE', 'route_type', 'This type of route is unknown; it was read as a bus.');
  return BUS;
}

function readAgency(row: TableRow, agencies: Agencies): number {
  const id = row.text('agency_id');
  const only = agencies.agencies.length === 1 ? 0 : -1;
  if (id === '') {
    if (agencies.agencies.length > 1 && !agencies.byId.has(''))
      row.notice('INVALID_OPTION', 'agency_id', 'With several agencies a route must name one of them.');
    return agencies.byId.get('') ?? only;
  }
  const agency = agencies.byId.get(id);
  if (agency !== undefined) return agency;
  row.notice('INVALID_OPTION', 'agency_id', 'This agency is unknown; the route has no operator name.');
  return only;
}

function readColor(row: TableRow): string {
  const text = row.text('route_color');
  if (text === '') return '';
  if (/^[0-9a-fA-F]{6}$/.test(text)) return `#${text.toLowerCase()}`;
  row.notice('INVALID_OPTION', 'route_color', 'A colour is six hexadecimal digits; it was not used.');
  return '';
}
