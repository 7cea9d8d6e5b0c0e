import { alongCurve } from './curve.ts';
import { cellCount } from './layout.ts';
import type { Views } from './layout.ts';

/**
 * Stops are sorted into cells: of stops near each other, with about as many hops in each. The cells follow a Hilbert
 * curve, so the cells of a region mostly have numbers that follow each other. The scan leaves out cells that it has not
 * reached, or that lead nowhere in time; in which cell a stop is decides how much it looks at, never what it finds.
 */
export function fillCells(views: Views): void {
  const { stopCell, stopPosition } = views;
  const cells = cellCount(stopCell.length);
  const hops = hopsFrom(views);
  const all = hops.reduce((sum, own) => sum + own, 0);
  let before = 0;
  for (const stop of alongCurve(each(stopPosition, 0), each(stopPosition, 1))) {
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

/** Every second number. */
const each = (pairs: Float64Array, first: 0 | 1): Float64Array =>
  pairs.filter((_, index) => index % 2 === first);
