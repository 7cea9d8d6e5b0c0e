import type { NetworkImage } from '../timetable/image.ts';
import { NO_DAY } from '../timetable/layout.ts';
import { modeBit } from '../timetable/modes.ts';
import { head } from './patternColumns.ts';
import type { PatternColumns } from './patternColumns.ts';
import type { Query } from './query.ts';
import type { QuietHours } from './quietHours.ts';

/** A first ride that can be caught by leaving the origin at a minute, and not a minute later. */
export interface FirstRide {
  readonly leave: number;
  readonly pattern: number;
  readonly call: number;
  readonly run: number;
  readonly day: number;
  /** Number of the endpoint in `query.access`, and the link from it, or -1. */
  readonly access: number;
  readonly link: number;
}

/** All first rides for which the origin is left within `window` minutes from `query.time`, the last first. */
export function firstRides(
  image: NetworkImage,
  columns: PatternColumns,
  quiet: QuietHours,
  query: Query,
  window: number,
): FirstRide[] {
  const found: FirstRide[] = [];
  const { links, linkTo, linkMinutes } = image.views;
  query.access.forEach(({ stop, minutes }, access) => {
    addFrom(image, columns, quiet, query, window, { stop, minutes, access, link: -1 }, found);
    if (!query.links) return;
    for (let link = links[stop]!; link < links[stop + 1]!; link++)
      addFrom(
        image,
        columns,
        quiet,
        query,
        window,
        { stop: linkTo[link]!, minutes: minutes + linkMinutes[link]!, access, link },
        found,
      );
  });
  return found.toSorted((a, b) => b.leave - a.leave);
}

function addFrom(
  image: NetworkImage,
  columns: PatternColumns,
  quiet: QuietHours,
  query: Query,
  window: number,
  way: { readonly stop: number; readonly minutes: number; readonly access: number; readonly link: number },
  found: FirstRide[],
): void {
  const { boardings, boardingPattern, boardingPosition, nextDay, runService } = image.views;
  const width = image.dayCount + 1;
  for (let b = boardings[way.stop]!; b < boardings[way.stop + 1]!; b++) {
    const [pattern, call] = [boardingPattern[b]!, boardingPosition[b]!];
    const at = pattern * head.size;
    const mode = columns.head[at + head.mode]!;
    if (!(query.modes & modeBit(mode))) continue;
    const runs = columns.head[at + head.runs]!;
    const firstRun = columns.head[at + head.firstRun]!;
    const zone = columns.head[at + head.zone]!;
    const column = columns.head[at + head.times]! + call * runs;
    const before = way.minutes + (query.boardMinutes?.[mode] ?? 0);
    for (let run = 0; run < runs; run++) {
      const minute = columns.departure[column + run]! - before;
      const service = runService[firstRun + run]! * width;
      for (
        let day = nextDay[service + firstDay(columns.dayStart, zone, image.dayCount, query.time - minute)]!;
        day !== NO_DAY;
        day = nextDay[service + day + 1]!
      ) {
        const leave = columns.dayStart[zone + day]! + minute;
        if (leave > query.time + window) break;
        if (query.quietHours && quiet.after(way.stop, leave + before) !== leave + before) continue;
        found.push({ leave, pattern, call, run, day, access: way.access, link: way.link });
      }
    }
  }
}

/** The first day that starts at a minute or later; the number of days when none does. */
function firstDay(dayStart: Int32Array, zone: number, dayCount: number, minute: number): number {
  let low = 0;
  let high = dayCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dayStart[zone + middle]! < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
