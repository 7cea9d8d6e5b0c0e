import { UNTIMED } from './calls.ts';
import type { Feed } from './feed.ts';
import type { NoticeLog } from './notice.ts';
import type { Trips } from './tables/trips.ts';

interface Stretch {
  readonly trip: number;
  readonly from: number;
  readonly to: number;
}

/** Trips of one block are one vehicle's: on the same days none may begin before another has ended. */
export function checkBlocks(feed: Feed, { blocks, lines }: Trips, log: NoticeLog): void {
  for (const [block, trips] of blocks) {
    const own = trips.filter((trip) => !feed.patternTrips.has(trip));
    for (const sameDays of Map.groupBy(own, (trip) => feed.trips[trip]!.service).values()) {
      if (sameDays.length < 2) continue;
      const stretches = sameDays
        .map((trip) => stretchOf(feed, trip))
        .filter((stretch) => stretch !== null)
        .toSorted((a, b) => a.from - b.from || a.to - b.to);
      let latest: Stretch | null = null;
      for (const stretch of stretches) {
        if (latest !== null && stretch.from < latest.to)
          log.add(
            'BLOCK_OVERLAP',
            { file: 'trips.txt', row: lines[stretch.trip]!, column: 'block_id', value: block },
            `Trip ${feed.trips[stretch.trip]!.id} begins before trip ${feed.trips[latest.trip]!.id} of the same vehicle has ended; both are used.`,
          );
        if (latest === null || stretch.to > latest.to) latest = stretch;
      }
    }
  }
}

/** First departure and last arrival, `null` for a trip without calls. */
function stretchOf({ calls }: Feed, trip: number): Stretch | null {
  let first = calls.offsets[trip]!;
  let last = calls.offsets[trip + 1]! - 1;
  while (first <= last && calls.arrival[first] === UNTIMED) first++;
  while (last > first && calls.arrival[last] === UNTIMED) last--;
  return first > last ? null : { trip, from: calls.departure[first]!, to: calls.arrival[last]! };
}
