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
  /** Line of the file by trip. */
  readonly lines: number[];
  /** `shape_id` → the number that stands for it in `shapes`, and the first line that names it. */
  readonly shapeIds: Map<string, ShapeReference>;
  /** Number of the shape by trip, or -1. */
  readonly shapes: number[];
  /** Trips of each `block_id`: one vehicle. */
  readonly blocks: Map<string, number[]>;
}

export interface ShapeReference {
  readonly number: number;
  readonly line: number;
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
  const lines: number[] = [];
  const shapeIds = new Map<string, ShapeReference>();
  const shapes: number[] = [];
  const blocks = new Map<string, number[]>();
  let rows = 0;
  const required = ['trip_id', 'route_id', 'service_id'];
  await readTable(source, 'trips.txt', log, { required, essential: true }, (row) => {
    rows++;
    const id = row.id('trip_id');
    if (id === null) {
      if (row.text('trip_id') !== '') leftOut.add(row.text('trip_id'));
      return;
    }
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
    lines.push(row.record.line);
    shapes.push(shapeOf(row, shapeIds));
    const block = row.text('block_id');
    if (block !== '') addTo(blocks, block, trips.length);
    trips.push({
      id,
      route,
      service,
      shortName: row.name('trip_short_name'),
      headsign: row.name('trip_headsign'),
    });
  });
  return { trips, byId, leftOut, rows, lines, shapeIds, shapes, blocks };
}

function shapeOf(row: TableRow, known: Map<string, ShapeReference>): number {
  const id = row.text('shape_id');
  if (id === '') return -1;
  let reference = known.get(id);
  if (!reference) known.set(id, (reference = { number: known.size, line: row.record.line }));
  return reference.number;
}

function addTo(blocks: Map<string, number[]>, block: string, trip: number): void {
  const trips = blocks.get(block);
  if (trips) trips.push(trip);
  else blocks.set(block, [trip]);
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
