import { type Mode, modeOfRouteType, modes } from '../engine/timetable/modes.ts';
import { UNTIMED } from './calls.ts';
import { straightKm } from './distance.ts';
import type { Feed } from './feed.ts';
import type { NoticeLog } from './notice.ts';

/** No aircraft or train in service is faster; a faster one means a wrong time or a wrong position. */
const FASTEST_FLIGHT_KM_PER_HOUR = 1200;
const FASTEST_GROUND_KM_PER_HOUR = 400;
/** Positions of large stations are a matter of opinion below this. */
export const LEAST_KM = 3;

interface RideSpeeds {
  /** No whole ride is slower. */
  readonly slowest: number;
  readonly typical: number;
}

/**
 * Kilometres an hour along the way from the first to the last call, stops included. Typical are the middle rides of
 * feeds: metro 29 (Hyderabad), bus 19 and 21 (Hubballi, Durham), in straight lines from stop to stop. On the ground a
 * walker's pace is too slow for any ride, yet mountain railways come down to 9; metros with a stop every 500 m make
 * 20. Boats, aircraft and cable cars have no rule: a slow boat is a boat.
 */
export const rideSpeeds: Readonly<Partial<Record<Mode, RideSpeeds>>> = {
  [modes.train]: { slowest: 5, typical: 35 },
  [modes.metro]: { slowest: 16, typical: 30 },
  [modes.tram]: { slowest: 5, typical: 18 },
  [modes.bus]: { slowest: 5, typical: 20 },
};

/** One warning for each trip that is impossibly fast somewhere. */
export function checkSpeeds(feed: Feed, log: NoticeLog): void {
  const { offsets, stop, arrival, departure, line } = feed.calls;
  for (const [trip, { id, route }] of feed.trips.entries()) {
    const flies = modeOfRouteType(feed.routes[route]!.type) === modes.flight;
    const kmPerMinute = (flies ? FASTEST_FLIGHT_KM_PER_HOUR : FASTEST_GROUND_KM_PER_HOUR) / 60;
    let last = -1;
    for (let i = offsets[trip]!; i < offsets[trip + 1]!; i++) {
      if (arrival[i] === UNTIMED) continue;
      if (last !== -1) {
        // Times are cut to minutes: a hop may have lasted a minute longer than it seems.
        const minutes = arrival[i]! - departure[last]! + 1;
        const km = straightKm(feed, stop[last]!, stop[i]!);
        if (km > LEAST_KM && km > minutes * kmPerMinute) {
          const place = { file: 'stop_times.txt', row: line[i]!, column: 'arrival_time' };
          log.add(
            'IMPLAUSIBLE_SPEED',
            place,
            `Trip ${id} covers ${Math.round(km)} km in ${minutes} minutes; it was kept.`,
          );
          break;
        }
      }
      last = i;
    }
  }
}
