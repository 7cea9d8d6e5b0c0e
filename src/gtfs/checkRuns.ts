import { type CallColumns, selectCalls, UNTIMED } from './calls.ts';
import type { Trip } from './feed.ts';
import type { NoticeLog } from './notice.ts';

export interface CheckedRuns {
  readonly calls: CallColumns;
  /** Runs left out here, in full. */
  readonly dropped: number;
}

/**
 * Checks each run as a whole: one call per sequence number, times that never go back, two timed calls. A run
 * whose times go back is left out in full, because nobody can tell which of its times is wrong.
 */
export function checkRuns(calls: CallColumns, trips: readonly Trip[], log: NoticeLog): CheckedRuns {
  const keep = new Uint8Array(calls.stop.length).fill(1);
  let dropped = 0;
  let changed = false;
  for (const [trip, { id }] of trips.entries()) {
    const from = calls.offsets[trip]!;
    const to = calls.offsets[trip + 1]!;
    if (from === to) {
      const place = { file: 'trips.txt', column: 'trip_id', value: id };
      log.add(
        'RUN_WITHOUT_CALLS',
        place,
        'No row of stop_times.txt belongs to this trip; it is not offered.',
      );
      continue;
    }
    const verdict = checkRun(calls, from, to, keep, id, log);
    changed ||= verdict !== 'whole';
    if (verdict === 'dropped') {
      keep.fill(0, from, to);
      dropped++;
    }
  }
  return { calls: changed ? selectCalls(calls, keep) : calls, dropped };
}

function checkRun(
  calls: CallColumns,
  from: number,
  to: number,
  keep: Uint8Array,
  id: string,
  log: NoticeLog,
): 'whole' | 'thinned' | 'dropped' {
  const { arrival, departure, sequence, line } = calls;
  const at = (i: number, column: string, value: string) => ({
    file: 'stop_times.txt',
    row: line[i]!,
    column,
    value,
  });
  let thinned = false;
  let timed = 0;
  let last = -1;
  for (let i = from; i < to; i++) {
    if (i > from && sequence[i] === sequence[i - 1]) {
      const place = at(i, 'stop_sequence', String(sequence[i]));
      log.add('DUPLICATE_KEY', place, `Trip ${id} has this stop_sequence already; the row was left out.`);
      keep[i] = 0;
      thinned = true;
      continue;
    }
    if (arrival[i] === UNTIMED) continue;
    const fault =
      departure[i]! < arrival[i]!
        ? 'departure_time'
        : last !== -1 && arrival[i]! < departure[last]!
          ? 'arrival_time'
          : null;
    if (fault !== null) {
      const said = fault === 'arrival_time' ? 'departure of the call before' : 'arrival';
      log.add('TIMES_REVERSED', at(i, fault, id), `${fault} is before the ${said}; the trip was left out.`);
      return 'dropped';
    }
    last = i;
    timed++;
  }
  for (const end of [from, to - 1])
    if (arrival[end] === UNTIMED && timed >= 2)
      log.add(
        'UNTIMED_END',
        at(end, 'arrival_time', ''),
        `The ${end === from ? 'first' : 'last'} call of trip ${id} has no time; the call was left out.`,
      );
  if (timed >= 2) return thinned ? 'thinned' : 'whole';
  log.add(
    'TOO_FEW_CALLS',
    at(from, 'trip_id', id),
    'The trip has fewer than two timed calls; it was left out.',
  );
  return 'dropped';
}
