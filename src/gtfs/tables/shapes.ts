import type { Shape } from '../extras.ts';
import type { NoticeLog } from '../notice.ts';
import { thinned } from '../polyline.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Trips } from './trips.ts';

interface Point {
  readonly sequence: number;
  readonly lat: number;
  readonly lng: number;
  /** `shape_dist_traveled`, or NaN. */
  readonly along: number;
  readonly line: number;
}

export interface Shapes {
  readonly shapes: Shape[];
  /** Index into `shapes` by trip, or -1. */
  readonly tripShapes: Int32Array;
}

/** The shapes that trips name, thinned. Beyond `maxPoints` none is kept: they are only for drawing. */
export async function readShapes(
  source: FeedSource,
  log: NoticeLog,
  trips: Trips,
  maxPoints: number,
): Promise<Shapes> {
  const points = new Map<string, Point[]>();
  const spec = {
    required: ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'],
    essential: false,
  };
  let kept = 0;
  const present = await readTable(source, 'shapes.txt', log, spec, (row) => {
    const id = row.text('shape_id');
    if (!trips.shapeIds.has(id) || kept > maxPoints) return;
    const point = readPoint(row);
    if (point === null) return;
    kept++;
    const own = points.get(id);
    if (own) own.push(point);
    else points.set(id, [point]);
    if (kept > maxPoints) points.clear();
  });
  if (kept > maxPoints) {
    log.add('IGNORED_SHAPES', { file: 'shapes.txt' }, `More than ${maxPoints} points; no shape is drawn.`);
    return { shapes: [], tripShapes: Int32Array.from(trips.shapes, () => -1) };
  }
  return present ? finish(points, trips, log) : withoutTable(trips, log);
}

function readPoint(row: TableRow): Point | null {
  const lat = row.degrees('shape_pt_lat', 90);
  const lng = row.degrees('shape_pt_lon', 180);
  const sequence = row.integer('shape_pt_sequence', 0, 1e9);
  if (lat === null || lng === null || sequence === null) return null;
  const along = row.text('shape_dist_traveled');
  return { sequence, lat, lng, along: along === '' ? NaN : Number(along), line: row.record.line };
}

function finish(points: Map<string, Point[]>, trips: Trips, log: NoticeLog): Shapes {
  const shapes: Shape[] = [];
  const indexes = new Int32Array(trips.shapeIds.size).fill(-1);
  for (const [id, { number, line }] of trips.shapeIds) {
    const own = points.get(id);
    const file = 'trips.txt';
    if (!own) {
      const place = { file, row: line, column: 'shape_id', value: id };
      log.add('UNKNOWN_SHAPE', place, 'This shape is not in shapes.txt; straight lines are drawn.');
      continue;
    }
    const shape = shapeOf(id, own, log);
    if (shape !== null) indexes[number] = shapes.push(shape) - 1;
  }
  return { shapes, tripShapes: Int32Array.from(trips.shapes, (shape) => indexes[shape] ?? -1) };
}

function shapeOf(id: string, points: Point[], log: NoticeLog): Shape | null {
  points.sort((a, b) => a.sequence - b.sequence);
  const back = points.find((point, i) => i > 0 && point.along < points[i - 1]!.along);
  if (back)
    log.add(
      'SHAPE_BACKWARDS',
      { file: 'shapes.txt', row: back.line, column: 'shape_dist_traveled', value: String(back.along) },
      `The distance of shape ${id} goes back here; it is drawn in the order of shape_pt_sequence.`,
    );
  if (points.length >= 2)
    return { id, points: thinned(Float32Array.from(points.flatMap(({ lat, lng }) => [lat, lng]))) };
  const place = { file: 'shapes.txt', row: points[0]!.line, column: 'shape_id', value: id };
  log.add('SHAPE_TOO_SHORT', place, 'A shape needs two points; straight lines are drawn.');
  return null;
}

function withoutTable(trips: Trips, log: NoticeLog): Shapes {
  const [first] = trips.shapeIds;
  if (first) {
    const place = { file: 'trips.txt', row: first[1].line, column: 'shape_id', value: first[0] };
    log.add(
      'UNKNOWN_SHAPE',
      place,
      'Trips name shapes, but shapes.txt is not there; straight lines are drawn.',
    );
  }
  return { shapes: [], tripShapes: Int32Array.from(trips.shapes, () => -1) };
}
