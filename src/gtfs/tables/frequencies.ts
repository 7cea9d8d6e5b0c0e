import type { Frequency } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';
import { LATEST_MINUTE } from './stopTimes.ts';
import type { Trips } from './trips.ts';

export interface Frequencies {
  readonly frequencies: Frequency[];
  /** Trips whose times are only a pattern, whether or not a usable row says how often they run. */
  readonly patternTrips: Set<number>;
}

const LONGEST_HEADWAY = 86_400;

export async function readFrequencies(
  source: FeedSource,
  log: NoticeLog,
  trips: Trips,
): Promise<Frequencies> {
  const frequencies: Frequency[] = [];
  const lines: number[] = [];
  const patternTrips = new Set<number>();
  const required = ['trip_id', 'start_time', 'end_time', 'headway_secs'];
  await readTable(source, 'frequencies.txt', log, { required, essential: false }, (row) => {
    const id = row.text('trip_id');
    const trip = trips.byId.get(id);
    if (trip === undefined) {
      if (!trips.leftOut.has(id))
        row.notice('UNKNOWN_REFERENCE', 'trip_id', 'This trip is not in trips.txt; the row was left out.');
      return;
    }
    patternTrips.add(trip);
    const from = row.seconds('start_time');
    const to = row.seconds('end_time');
    const headway = row.integer('headway_secs', 0, LONGEST_HEADWAY);
    const exact = row.integer('exact_times', 0, 1, 0);
    if (from === null || to === null || headway === null || exact === null) return;
    if (from > LATEST_MINUTE * 60 || to > LATEST_MINUTE * 60) {
      row.notice('TIME_TOO_LATE', 'end_time', 'The block lies more than 8 days on; the row was left out.');
      return;
    }
    if (headway === 0) {
      row.notice('ZERO_HEADWAY', 'headway_secs', 'A headway must be above 0; the row was left out.');
      return;
    }
    if (to <= from) {
      row.notice('TIMES_REVERSED', 'end_time', 'end_time is not after start_time; the row was left out.');
      return;
    }
    lines.push(row.record.line);
    frequencies.push({ trip, from, to, headway, exact: exact === 1 });
  });
  tellOverlaps(frequencies, lines, log);
  return { frequencies, patternTrips };
}

/** In order of their start each block is compared with the longest before it: a file of a million rows is sorted once. */
function tellOverlaps(frequencies: readonly Frequency[], lines: readonly number[], log: NoticeLog): void {
  const order = [...frequencies.keys()].toSorted((a, b) => {
    const [one, other] = [frequencies[a]!, frequencies[b]!];
    return one.trip - other.trip || one.from - other.from || a - b;
  });
  let trip = -1;
  let end = 0;
  for (const index of order) {
    const block = frequencies[index]!;
    if (block.trip === trip && block.from < end) {
      const place = { file: 'frequencies.txt', row: lines[index]!, column: 'start_time' };
      log.add('FREQUENCY_OVERLAP', place, 'The block overlaps another of this trip; both are used.');
    }
    end = block.trip === trip ? Math.max(end, block.to) : block.to;
    trip = block.trip;
  }
}
