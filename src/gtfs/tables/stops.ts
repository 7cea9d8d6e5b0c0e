import { alongCurve } from '../../engine/timetable/curve.ts';
import { isZone } from '../../units/time.ts';
import type { Stop } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { DEGREES, readTable, type TableRow } from '../table.ts';

export interface Stops {
  readonly stops: Stop[];
  readonly byId: Map<string, number>;
  /** Ids that stood in the file but are not stops of runs: entrances, nodes, and rows left out. */
  readonly leftOut: Set<string>;
}

const PLATFORM = 0;
const STATION = 1;
const BOARDING_AREA = 4;

interface Waiting {
  readonly stop: Omit<Stop, 'parent'>;
  readonly parentId: string;
  readonly line: number;
}

/**
 * Stops, platforms and stations; entrances, pathway nodes and boarding areas are of no use here. They are numbered so
 * that those near each other mostly follow each other: a search that rides along a line then reads memory that lies
 * together.
 */
export async function readStops(source: FeedSource, log: NoticeLog): Promise<Stops> {
  const waiting: Waiting[] = [];
  const byId = new Map<string, number>();
  const leftOut = new Set<string>();
  const spec = { required: ['stop_id'], essential: true };
  await readTable(source, 'stops.txt', log, spec, (row) => {
    const id = row.id('stop_id');
    if (id === null) {
      if (row.text('stop_id') !== '') leftOut.add(row.text('stop_id'));
      return;
    }
    if (byId.has(id)) {
      row.notice('DUPLICATE_KEY', 'stop_id', 'This stop was given before; the row was left out.');
      return;
    }
    const kind = row.integer('location_type', 0, BOARDING_AREA, PLATFORM);
    const position = kind === null ? null : readPosition(row, kind);
    if (kind === null || position === null || kind > STATION) {
      leftOut.add(id);
      return;
    }
    byId.set(id, waiting.length);
    waiting.push({
      stop: {
        id,
        code: row.name('stop_code'),
        name: readName(row) || id,
        ...position,
        zone: readZone(row),
        isStation: kind === STATION,
      },
      parentId: row.text('parent_station'),
      line: row.record.line,
    });
  });
  return { ...nearTogether(withParents(waiting, byId, log)), leftOut };
}

function readName(row: TableRow): string {
  const name = row.name('stop_name');
  if (name === '') row.notice('MISSING_NAME', 'stop_name', 'The stop has no name; its id is shown.');
  return name;
}

function readPosition(row: TableRow, kind: number): { lat: number; lng: number } | null {
  const lat = readDegrees(row, 'stop_lat', 90);
  const lng = readDegrees(row, 'stop_lon', 180);
  if (lat === null || lng === null) return null;
  const unknown = Number.isNaN(lat) || Number.isNaN(lng) || (lat === 0 && lng === 0);
  if (!unknown) return { lat, lng };
  if (kind <= STATION)
    row.notice('UNKNOWN_POSITION', 'stop_lat', 'The stop has no position; no walks to it are offered.');
  return { lat: NaN, lng: NaN };
}

/** NaN when the field is empty, `null` (with a notice) when it is no angle. */
function readDegrees(row: TableRow, column: string, limit: number): number | null {
  const text = row.text(column);
  if (text === '') return NaN;
  const degrees = DEGREES.test(text) ? Number(text) : NaN;
  if (Math.abs(degrees) <= limit) return degrees;
  row.notice(
    'INVALID_COORDINATE',
    column,
    `${column} must lie between -${limit} and ${limit}; the stop was left out.`,
  );
  return null;
}

function readZone(row: TableRow): string {
  const zone = row.text('stop_timezone');
  if (zone === '' || isZone(zone)) return zone;
  row.notice(
    'INVALID_ZONE',
    'stop_timezone',
    "This is no zone of the IANA database; the agency's zone is shown.",
  );
  return '';
}

/** Only a platform has a parent, and only a station is one: so there are no cycles. */
function withParents(waiting: readonly Waiting[], byId: Map<string, number>, log: NoticeLog): Stop[] {
  return waiting.map(({ stop, parentId, line }) => {
    if (parentId === '') return { ...stop, parent: -1 };
    const parent = byId.get(parentId) ?? -1;
    const fault =
      parent === -1
        ? 'The parent station is not in this file'
        : stop.isStation
          ? 'A station cannot belong to a station'
          : waiting[parent]?.stop.isStation
            ? null
            : 'The parent is not a station (location_type 1)';
    if (fault === null) return { ...stop, parent };
    const place = { file: 'stops.txt', row: line, column: 'parent_station', value: parentId };
    log.add('INVALID_PARENT', place, `${fault}; the stop stands alone.`);
    return { ...stop, parent: -1 };
  });
}

function nearTogether(stops: readonly Stop[]): Pick<Stops, 'stops' | 'byId'> {
  const order = [
    ...alongCurve(
      Float64Array.from(stops, ({ lat }) => lat),
      Float64Array.from(stops, ({ lng }) => lng),
    ),
  ];
  const place = new Int32Array(stops.length);
  order.forEach((stop, index) => (place[stop] = index));
  return {
    stops: order.map((stop): Stop => {
      const { parent, ...own } = stops[stop]!;
      return { ...own, parent: parent === -1 ? -1 : place[parent]! };
    }),
    byId: new Map(stops.map(({ id }, stop) => [id, place[stop]!])),
  };
}
