/** Turns of the curve: it tells stops apart that are a 32,768th of the network's width from each other. */
const CURVE_BITS = 15;
const CURVE_SIDE = 2 ** CURVE_BITS;

/**
 * The numbers of all points, given in degrees, in the order in which a Hilbert curve passes them: points near each other
 * mostly follow each other. Those without a position (NaN) come last, equal ones in the order given.
 */
export function alongCurve(lat: Float64Array, lng: Float64Array): Iterable<number> {
  const [rows, columns] = [scale(lat), scale(lng)];
  // Place and number in one: at most 2^30 times the points, which a double holds exactly.
  const keys = rows.map(
    (row, point) =>
      (Number.isNaN(row + columns[point]!) ? CURVE_SIDE ** 2 : placeOnCurve(columns[point]!, row)) *
        rows.length +
      point,
  );
  return keys.toSorted().map((key) => key % rows.length);
}

/** Degrees to 0 … `CURVE_SIDE` - 1. */
function scale(degrees: Float64Array): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (const own of degrees) {
    if (own < low) low = own;
    if (own > high) high = own;
  }
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
