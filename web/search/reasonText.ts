/** Why an option is offered and what else to know of an answer, from their codes, in the language of the page. */
import { formatRupees } from '../../src/units/money.ts';
import { resultWords } from '../words/results.ts';
import { clockOf, dayName, durationText, longDate } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import type { Route, SearchNote, SearchResponse } from './shapes.ts';

type Reason = Route['why'][number];

const rupees = (minor: number | null): string =>
  minor === null ? '' : formatRupees(Math.ceil(minor / 100) * 100);
const minutes = (value: number | null): string => (value === null ? '' : durationText(value));

/** One sentence; empty when the route says nothing. */
export function reasonText(route: Route): string {
  const [reason] = route.why;
  return reason === undefined ? '' : sentenceOf(route, reason);
}

export function sentenceOf(route: Route, reason: Reason): string {
  const { reasons } = resultWords;
  const mode = siteWords.modes[route.mainMode];
  switch (reason.code) {
    case 'FASTEST':
      return reasons.FASTEST(minutes(reason.minutes));
    case 'CHEAPEST':
      return reasons.CHEAPEST(rupees(reason.minor));
    case 'BALANCED':
      // What is not less is not told.
      return reasons.BALANCED(
        reason.minor !== null && reason.minor > 0 ? rupees(reason.minor) : '',
        reason.minutes !== null && reason.minutes > 0 ? minutes(reason.minutes) : '',
      );
    case 'SAFEST':
      return reasons.SAFEST(minutes(reason.minutes));
    case 'FASTEST_OF_MODE':
      return reasons.FASTEST_OF_MODE(minutes(reason.minutes), mode);
    case 'CHEAPEST_OF_MODE':
      return reasons.CHEAPEST_OF_MODE(rupees(reason.minor), mode);
    case 'FEWEST_CHANGES':
      return reasons.FEWEST_CHANGES(siteWords.units.changes(reason.changes ?? route.changes));
    case 'OTHER_DEPARTURE':
      return reasons.OTHER_DEPARTURE(`${dayName(route.departure)} ${clockOf(route.departure)}`);
    default:
      return reason.code satisfies never;
  }
}

const MOST_LINES = 3;
const listed = (lines: readonly string[]): string => {
  const told = lines.slice(0, MOST_LINES).join(', ');
  return lines.length > MOST_LINES ? resultWords.andMore(told, lines.length - MOST_LINES) : told;
};

/** Null for what the page says elsewhere. */
export function noteText(note: SearchNote, { network }: Pick<SearchResponse, 'network'>): string | null {
  const { notes } = resultWords;
  const { code, at = '', otherAt = '', lines = [] } = note;
  if (code === 'OUTSIDE_TIMETABLE')
    return notes.OUTSIDE_TIMETABLE(longDate(network.validFrom), longDate(network.validTo));
  if (code === 'BOOKING_OPENS') return notes.BOOKING_OPENS(dayName(at), clockOf(at), listed(lines));
  if (code === 'TATKAL_OPENS')
    return notes.TATKAL_OPENS(dayName(at), clockOf(at), listed(lines), clockOf(otherAt));
  return notes[code]() || null;
}
