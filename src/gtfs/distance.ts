import { distanceKm, type Position } from '../units/geo.ts';
import type { Feed } from './feed.ts';
import type { NoticeLog } from './notice.ts';

/** Length units that feeds use for `shape_dist_traveled`, in kilometres. */
const UNITS = { kilometres: 1, metres: 0.001, miles: 1.609344, feet: 0.0003048 } as const;
/** Roads and rails are longer than the straight line by this much, all over the world. */
const DETOUR = 1.25;
/** Beyond these the numbers are no distances along the way. */
const LEAST_RATIO = 0.9;
const GREATEST_RATIO = 3;
const SAMPLED_RUNS = 2000;
/** A shape that ends farther from the stop goes elsewhere. */
const SHAPE_END_KM = 1;

/** Straight-line kilometres between two stops; 0 when a position is unknown. */
export function straightKm(feed: Feed, a: number, b: number): number {
  const from = feed.stops[a]!;
  const to = feed.stops[b]!;
  const km = a === b ? 0 : distanceKm(from, to);
  return Number.isNaN(km) ? 0 : km;
}

/**
 * Kilometres per unit of the feed's `shape_dist_traveled`, found by comparing whole runs with the straight
 * lines between their stops; `null` when the feed gives none or none that fit any unit.
 */
export function distanceUnit(feed: Feed, log: NoticeLog): number | null {
  const ratios = sampleRatios(feed);
  if (ratios.length === 0) return null;
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
  const fits = Object.entries(UNITS)
    .map(([name, km]) => ({ name, km, ratio: ratio * km }))
    .toSorted((a, b) => Math.abs(Math.log(a.ratio / DETOUR)) - Math.abs(Math.log(b.ratio / DETOUR)));
  const best = fits[0]!;
  const place = { file: 'stop_times.txt', column: 'shape_dist_traveled' };
  const found = `${best.ratio.toFixed(2)} times the straight line between the stops`;
  if (best.ratio < LEAST_RATIO || best.ratio > GREATEST_RATIO) {
    log.add('DISTANCE_UNIT', place, 'The distances fit no unit; straight lines between stops are used.');
    return null;
  }
  log.add('DISTANCE_UNIT', place, `Distances were read as ${best.name}: then a typical trip is ${found}.`);
  return best.km;
}

function sampleRatios(feed: Feed): number[] {
  const { offsets, stop, distance } = feed.calls;
  const ratios: number[] = [];
  const step = Math.max(1, Math.floor(feed.trips.length / SAMPLED_RUNS));
  for (let trip = 0; trip < feed.trips.length; trip += step) {
    const from = offsets[trip]!;
    const to = offsets[trip + 1]!;
    if (to - from < 2) continue;
    const along = distance[to - 1]! - distance[from]!;
    if (!(along > 0)) continue;
    let straight = 0;
    for (let i = from + 1; i < to; i++) straight += straightKm(feed, stop[i - 1]!, stop[i]!);
    if (straight > 0.5) ratios.push(along / straight);
  }
  return ratios;
}

/**
 * Kilometres from the first call for the calls `from`–`to` of one trip: the feed's distances when all are there
 * and none goes back, else sums of straight lines.
 */
export function runKilometres(
  feed: Feed,
  unit: number | null,
  from: number,
  to: number,
  onBackwards: (call: number) => void,
): Float64Array {
  return statedKilometres(feed, unit, from, to, onBackwards) ?? straightKilometres(feed, from, to);
}

/**
 * Kilometres along the way from call `from` for the calls `from`–`to` of `trip`, as near to the truth as the feed
 * allows: its distances, else straight lines stretched to the length of the trip's shape or by the usual detour.
 * `null` when a position is unknown or all calls are on one spot.
 */
export function wayKilometres(
  feed: Feed,
  unit: number | null,
  trip: number,
  from: number,
  to: number,
): Float64Array | null {
  const stated = statedKilometres(feed, unit, from, to, () => {});
  if (stated !== null) return stated;
  const { stop } = feed.calls;
  for (let i = from; i < to; i++) if (Number.isNaN(feed.stops[stop[i]!]!.lat)) return null;
  const straight = straightKilometres(feed, from, to);
  const direct = straight.at(-1) ?? 0;
  if (direct === 0) return null;
  const along = shapeKilometres(feed, trip, stop[from]!, stop[to - 1]!);
  const stretch = along !== null && along / direct <= GREATEST_RATIO ? along / direct : DETOUR;
  return straight.map((km) => km * stretch);
}

/** Length of a trip's shape; `null` when it has none that goes from the one stop to the other. */
function shapeKilometres({ extras, stops }: Feed, trip: number, first: number, last: number): number | null {
  const points = extras?.shapes[extras.tripShapes[trip] ?? -1]?.points;
  if (points === undefined) return null;
  const at = (point: number): Position => ({ lat: points[2 * point]!, lng: points[2 * point + 1]! });
  const count = points.length / 2;
  if (distanceKm(at(0), stops[first]!) > SHAPE_END_KM) return null;
  if (distanceKm(at(count - 1), stops[last]!) > SHAPE_END_KM) return null;
  let km = 0;
  for (let point = 1; point < count; point++) km += distanceKm(at(point - 1), at(point));
  return km;
}

function statedKilometres(
  { calls: { distance } }: Feed,
  unit: number | null,
  from: number,
  to: number,
  onBackwards: (call: number) => void,
): Float64Array | null {
  const base = distance[from]!;
  if (unit === null || Number.isNaN(base)) return null;
  const km = new Float64Array(to - from);
  for (let i = from + 1; i < to; i++) {
    if (distance[i]! < distance[i - 1]!) onBackwards(i);
    if (!(distance[i]! >= distance[i - 1]!)) return null;
    km[i - from] = (distance[i]! - base) * unit;
  }
  return km;
}

function straightKilometres(feed: Feed, from: number, to: number): Float64Array {
  const { stop } = feed.calls;
  const km = new Float64Array(to - from);
  for (let i = from + 1; i < to; i++)
    km[i - from] = km[i - from - 1]! + straightKm(feed, stop[i - 1]!, stop[i]!);
  return km;
}
