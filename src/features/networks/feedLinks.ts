import type { LinkInput, TimetableInput } from '../../engine/timetable/input.ts';
import { distanceKm } from '../../units/geo.ts';
import { fold, usualTravel } from '../places/index.ts';

/** Longest straight way whose usual vehicle is one's feet; wide enough for every row of `vehicles.csv`. */
const REACH_KM = 1.2;
const KM_PER_DEGREE = 111.2;
/** Words that tell nothing of where a stop is. */
const GENERIC = new Set(
  'jn junction station stn railway rail metro bus stand stop terminal terminus platform halt road rd cantt east west north south'.split(
    ' ',
  ),
);
const SHORTEST_TELLING_WORD = 4;

interface NamedStop {
  readonly stop: number;
  readonly feed: number;
  readonly lat: number;
  readonly lng: number;
  readonly words: ReadonlySet<string>;
}

/**
 * Walks between served stops of different feeds that bear one name and lie within walking distance, both
 * directions. One name: every telling word of the shorter name stands in the longer one ("Secunderabad (E)",
 * "SECUNDERABAD JN"). Stops within 400 m of each other are linked already, whatever their names.
 */
export function feedLinks(input: TimetableInput, firstStops: readonly number[]): LinkInput[] {
  if (firstStops.length < 2) return [];
  const known = new Set(input.links.map(({ from, to }) => `${from}>${to}`));
  const links: LinkInput[] = [];
  const cells = new Map<string, NamedStop[]>();
  const stops = namedStops(input, firstStops);
  // One width for all rows, right for the row farthest from the equator: others get wider cells.
  const farthest = stops.reduce((most, { lat }) => Math.max(most, Math.abs(lat)), 0);
  const shrink = Math.cos((Math.min(farthest, 85) * Math.PI) / 180);
  for (const stop of stops) {
    const y = Math.floor((stop.lat * KM_PER_DEGREE) / REACH_KM);
    const x = Math.floor((stop.lng * KM_PER_DEGREE * shrink) / REACH_KM);
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++)
        for (const other of cells.get(`${y + dy}:${x + dx}`) ?? []) {
          if (other.feed === stop.feed || known.has(`${stop.stop}>${other.stop}`)) continue;
          const way = usualTravel(distanceKm(stop, other));
          if (way?.vehicle !== 'walk' || !sameName(stop.words, other.words)) continue;
          const walk = { minutes: way.minutes, kind: 'walk' } as const;
          links.push(
            { from: stop.stop, to: other.stop, ...walk },
            { from: other.stop, to: stop.stop, ...walk },
          );
        }
    const cell = cells.get(`${y}:${x}`);
    if (cell) cell.push(stop);
    else cells.set(`${y}:${x}`, [stop]);
  }
  return links;
}

function namedStops(input: TimetableInput, firstStops: readonly number[]): NamedStop[] {
  const served = new Uint8Array(input.stops.length);
  for (const stop of input.stopTimes.stop) served[stop] = 1;
  return input.stops.flatMap(({ name, lat, lng }, stop) => {
    // (0, 0) stands for an unknown position.
    if (served[stop] === 0 || (lat === 0 && lng === 0)) return [];
    const words = new Set(
      fold(name)
        .split(' ')
        .filter((word) => word.length > 1 && !GENERIC.has(word)),
    );
    return [{ stop, feed: firstStops.findLastIndex((first) => first <= stop), lat, lng, words }];
  });
}

function sameName(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a];
  let telling = false;
  for (const word of shorter) {
    if (!longer.has(word)) return false;
    telling ||= word.length >= SHORTEST_TELLING_WORD;
  }
  return telling;
}
