import { modeOfRouteType, modes } from '../engine/timetable/modes.ts';
import { UNTIMED } from './calls.ts';
import { straightKm } from './distance.ts';
import type { Feed } from './feed.ts';
import type { NoticeLog } from './notice.ts';

/** No aircraft or train in service is faster; a faster one means a wrong time or a wrong position. */
const FASTEST_FLIGHT_KM_PER_HOUR = 1200;
const FASTEST_GROUND_KM_PER_HOUR = 400;
/** Positions of large stations are a matter of opinion below this. */
const LEAST_KM = 3;

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
