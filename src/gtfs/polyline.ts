/** At this scale of drawing nobody sees a bend of fewer metres. */
const TOLERANCE_METRES = 20;
const METRES_PER_DEGREE = 111_200;

/**
 * Thins a line of lat, lng, … pairs in degrees: no point left out lies more than 20 m from the line that stays
 * (Ramer 1972, Douglas and Peucker 1973; a stack instead of recursion, for lines of 100,000 points). Lines across
 * the 180th meridian are thinned less than they could be.
 */
export function thinned(points: Float32Array): Float32Array {
  const count = points.length / 2;
  if (count <= 2) return points;
  const keep = new Uint8Array(count);
  keep[0] = keep[count - 1] = 1;
  const spans = [0, count - 1];
  while (spans.length > 0) {
    const last = spans.pop()!;
    const first = spans.pop()!;
    const farthest = farthestFrom(points, first, last);
    if (farthest === -1) continue;
    keep[farthest] = 1;
    spans.push(first, farthest, farthest, last);
  }
  return points.filter((_, index) => keep[index >> 1] === 1);
}

/** The point between two others that lies farthest from their segment; -1 when all are within tolerance. */
function farthestFrom(points: Float32Array, first: number, last: number): number {
  const lat = points[2 * first]!;
  const lng = points[2 * first + 1]!;
  const shrink = Math.cos((lat * Math.PI) / 180);
  const endY = (points[2 * last]! - lat) * METRES_PER_DEGREE;
  const endX = (points[2 * last + 1]! - lng) * METRES_PER_DEGREE * shrink;
  const length = endX * endX + endY * endY;
  let most = TOLERANCE_METRES ** 2;
  let farthest = -1;
  for (let i = first + 1; i < last; i++) {
    const y = (points[2 * i]! - lat) * METRES_PER_DEGREE;
    const x = (points[2 * i + 1]! - lng) * METRES_PER_DEGREE * shrink;
    const share = length > 0 ? Math.min(1, Math.max(0, (x * endX + y * endY) / length)) : 0;
    const distance = (x - share * endX) ** 2 + (y - share * endY) ** 2;
    if (distance > most) [most, farthest] = [distance, i];
  }
  return farthest;
}
