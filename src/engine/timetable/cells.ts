import { cellCount } from './layout.ts';
import type { Views } from './layout.ts';

/** Turns of the curve: it tells stops apart that are a 32,768th of the network's width from each other. */
const CURVE_BITS = 15;
const CURVE_SIDE = 2 ** CURVE_BITS;

/**
 * Stops are sorted into cells: of stops near each other, with about as many hops in each. The cells follow a Hilbert
 * curve, so the cells of a region mostly have numbers that follow each other. The scan leaves out cells that it has not
 * reached, or that lead nowhere in time; in which cell a stop is decides how much it looks at, never what it finds.
 */
export function fillCells(views: Views): void {
  const { stopCell } = views;
  const cells = cellCount(stopCell.length);
  const hops = hopsFrom(views);
  const all = hops.reduce((sum, own) => sum + own, 0);
  let before = 0;
  for (const stop of alongCurve(views)) {
    stopCell[stop] = all === 0 ? 0 : Math.min(cells - 1, Math.floor((before * cells) / all));
    before += hops[stop]!;
  }
}

function hopsFrom({ patternCalls, patternRuns, callStop, stopCell }: Views): Float64Array {
  const hops = new Float64Array(stopCell.length);
  for (let pattern = 0; pattern + 1 < patternCalls.length; pattern++) {
    const runs = patternRuns[pattern + 1]! - patternRuns[pattern]!;
    for (let call = patternCalls[pattern]!; call < patternCalls[pattern + 1]! - 1; call++)
      hops[callStop[call]!]! += runs;
  }
  return hops;
}

/** All stops in the order in which the curve passes them. */
function alongCurve({ stopPosition, stopCell }: Views): Iterable<number> {
  const stops = stopCell.length;
  const lat = scale(stopPosition.filter((_, at) => at % 2 === 0));
  const lng = scale(stopPosition.filter((_, at) => at % 2 === 1));
  // Place and number in one: at most 2^30 times the stops, which a double holds exactly.
  const keys = Float64Array.from(lat, (y, stop) => placeOnCurve(lng[stop]!, y) * stops + stop);
  return keys.toSorted().map((key) => key % stops);
}

/** Degrees to 0 … `CURVE_SIDE` - 1. */
function scale(degrees: Float64Array): Float64Array {
  const [low, high] = degrees.reduce(
    ([least, most], own) => [Math.min(least, own), Math.max(most, own)],
    [Infinity, -Infinity],
  );
  const factor = high > low ? (CURVE_SIDE - 1) / (high - low) : 0;
  return degrees.map((own) => Math.floor((own - low) * factor));
}

/** How far along the Hilbert curve (Hilbert 1891) a point lies: two bits for each halving of the square. */
function placeOnCurve(column: number, row: number): number {
  let [x, y] = [column, row];
  let place = 0;
  for (let half = CURVE_SIDE >> 1; half > 0; half >>= 1) {
    const right = (x & half) !== 0;
    const upper = (y & half) !== 0;
    place = 4 * place + (right ? (upper ? 2 : 3) : upper ? 1 : 0);
    if (upper) continue;
    // The lower two quarters are passed in mirrored order.
    if (right) [x, y] = [CURVE_SIDE - 1 - x, CURVE_SIDE - 1 - y];
    [x, y] = [y, x];
  }
  return place;
}
