import { type EpochDay, formatDate } from '../../units/time.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { bookingNotes } from './bookingNotes.ts';
import type { Route, SearchNote, SearchRequest } from './contract.ts';
import type { Planner } from './planner.ts';

/** What notes are about. */
export interface Answered {
  readonly request: SearchRequest;
  readonly places: readonly ResolvedPlace[];
  readonly routes: readonly Route[];
  /** Places without any stop near. */
  readonly unreachable: readonly ResolvedPlace[];
  readonly date: EpochDay;
  readonly today: EpochDay;
}

/** What a traveller should know of an answer, the places first and the bookings last. */
export function notesOf({ network }: Pick<Planner, 'network'>, answered: Answered): SearchNote[] {
  const { request, places, routes, unreachable, date, today } = answered;
  const notes: SearchNote[] = places.flatMap(({ note }) => (note ? [note] : []));
  const add = (code: SearchNote['code'], text: string): void => void notes.push({ code, text });
  if (network.sample)
    add(
      'SAMPLE_TIMETABLE',
      'Sample timetable: times are approximate. Check with the operator before you travel.',
    );
  if (network.rolled)
    add('ROLLED_TIMETABLE', 'This timetable has ended; its weekly pattern is repeated from today.');
  if (routes.some(({ legs }) => legs.some(({ estimatedTimes }) => estimatedTimes)))
    add(
      'ESTIMATED_TIMES',
      'The timetable has no time at some of these stops: it was estimated by the distance. Be there early.',
    );
  if (routes.length > 0)
    add('PRICES_INDICATIVE', 'Prices are indicative ranges, not quotes; seats are not checked.');
  if (request.stops?.length)
    add('STOPS_ONE_BY_ONE', 'Stops are planned one after the other: another order or time may suit better.');
  for (const { location } of unreachable)
    add(
      'PLACE_UNREACHABLE',
      `No station, airport or bus stand of this timetable lies near ${location.name}.`,
    );
  const day = formatDate(date);
  if (day > network.validTo || day < network.validFrom)
    add(
      'OUTSIDE_TIMETABLE',
      `This timetable covers ${network.validFrom} to ${network.validTo}; ${day} lies outside.`,
    );
  else if (routes.length === 0 && unreachable.length === 0)
    add(
      'NO_ROUTE',
      request.modes
        ? `No connection was found by ${request.modes.join(', ')}: allow more modes or another time.`
        : 'No connection was found: try another date or a larger place nearby.',
    );
  return [...notes, ...wishNotes(routes, request), ...bookingNotes(routes, request, today)];
}

/** Classes and a quota that were asked for in vain. */
function wishNotes(routes: readonly Route[], { class: wished = [] }: SearchRequest): SearchNote[] {
  if (routes.length === 0) return [];
  const fares = routes.flatMap(({ legs }) => legs.flatMap((leg) => leg.fares.map((fare) => ({ leg, fare }))));
  const notes = wished
    .filter((code) => !fares.some(({ fare }) => fare.classCode === code))
    .map((code): SearchNote => ({
      code: 'CLASS_NOT_OFFERED',
      text: `None of these rides has the class ${code}.`,
    }));
  const unsold = new Set(
    fares
      .filter(({ fare }) => fare.notes.some(({ code }) => code === 'QUOTA_NOT_SOLD'))
      .map(({ leg }) => leg.line?.name ?? 'the train'),
  );
  if (unsold.size > 0)
    notes.push({
      code: 'QUOTA_NOT_SOLD',
      text: `This quota is not sold on ${[...unsold].join(', ')}: the general fare is shown.`,
    });
  return notes;
}
