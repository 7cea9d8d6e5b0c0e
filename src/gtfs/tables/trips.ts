import type { Trip } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Services } from './calendar.ts';
import type { Routes } from './routes.ts';

export interface Trips {
  readonly trips: Trip[];
  readonly byId: Map<string, number>;
  /** Ids of rows that were left out: their calls are no further fault. */
  readonly leftOut: Set<string>;
  /** Rows of the file, usable or not. */
  readonly rows: number;
}

export async function readTrips(
  source: FeedSource,
  log: NoticeLog,
  routes: Routes,
  services: Services,
): Promise<Trips> {
  const trips: Trip[] = [];
  const byId = new Map<string, number>();
  const leftOut = new Set<string>();
  let rows = 0;
  const required = ['trip_id', 'route_id', 'service_id'];
  await readTable(source, 'trips.txt', log, { required, essential: true }, (row) => {
    rows++;
    const id = row.required('trip_id');
    if (id === null) return;
    if (byId.has(id)) {
      row.notice('DUPLICATE_KEY', 'trip_id', 'This trip was given before; the row was left out.');
      return;
    }
    const route = reference(row, 'route_id', routes.byId, 'routes.txt');
    const service = reference(row, 'service_id', services.byId, 'calendar.txt or calendar_dates.txt');
    if (route === null || service === null) {
      leftOut.add(id);
      return;
    }
    byId.set(id, trips.length);
    leftOut.delete(id);
    trips.push({
      id,
      route,
      service,
      shortName: row.text('trip_short_name'),
      headsign: row.text('trip_headsign'),
    });
  });
  return { trips, byId, leftOut, rows };
}

function reference(
  row: TableRow,
  column: string,
  known: ReadonlyMap<string, number>,
  where: string,
): number | null {
  const index = known.get(row.text(column));
  if (index !== undefined) return index;
  row.notice('UNKNOWN_REFERENCE', column, `This ${column} is not in ${where}; the trip was left out.`);
  return null;
}
