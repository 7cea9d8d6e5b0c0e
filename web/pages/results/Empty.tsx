import { dateAfter, dayName } from '../../words/say.ts';
import type { TripQuery } from '../../search/query.ts';
import type { SearchAlternative, SearchResponse } from '../../search/shapes.ts';
import { parseDate } from '../../../src/units/time.ts';
import { placeName } from '../../words/placeNames.ts';
import { resultWords } from '../../words/results.ts';
import { siteWords } from '../../words/site.ts';

interface Props {
  readonly answer: SearchResponse;
  readonly query: TripQuery;
  readonly onSearch: (query: TripQuery) => void;
}

interface WayOut {
  readonly text: string;
  readonly query: TripQuery;
}

/** Nothing found: what has an answer instead, and if the interface knows none, what may. */
export function Empty({ answer, query, onSearch }: Props) {
  const known = answer.alternatives.flatMap((alternative) => wayOut(alternative, answer, query) ?? []);
  const waysOut = known.length > 0 ? known : guesses(answer, query);
  return (
    <div className="double-rule mt-4 border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
      <p>{resultWords.emptyHints}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        {waysOut.map((way) => (
          <button key={way.text} type="button" className="button" onClick={() => onSearch(way.query)}>
            {way.text}
          </button>
        ))}
      </p>
    </div>
  );
}

function wayOut(alternative: SearchAlternative, answer: SearchResponse, query: TripQuery): WayOut | null {
  const words = resultWords.alternatives;
  const { kind, date, modes, dropStop, place } = alternative;
  if (kind === 'DATE' && date !== undefined)
    return { text: words.DATE(dayName(date)), query: { ...query, date } };
  if (kind === 'MODES' && modes !== undefined) {
    const names = modes.map((mode) => siteWords.modes[mode].toLowerCase());
    return { text: words.MODES(siteWords.units.and(names)), query: { ...query, modes } };
  }
  if (kind === 'STOPS' && dropStop !== undefined) {
    const name = placeName(answer.stops[dropStop]?.place.name ?? '');
    return { text: words.STOPS(name), query: { ...query, stops: query.stops.toSpliced(dropStop, 1) } };
  }
  if ((kind === 'ORIGIN' || kind === 'DESTINATION') && place !== undefined) {
    const end = kind === 'ORIGIN' ? 'origin' : 'destination';
    const picked = { id: place.id, lat: place.lat, lng: place.lng };
    const text = placeName(place.name);
    return { text: words[kind](text), query: { ...query, [end]: { text, picked } } };
  }
  return null;
}

function guesses(answer: SearchResponse, query: TripQuery): WayOut[] {
  const day = parseDate(answer.date);
  return [
    ...(day === null ? [] : [{ text: resultWords.nextDay, query: { ...query, date: dateAfter(day, 1) } }]),
    ...(query.modes.length === 0 ? [] : [{ text: resultWords.allModes, query: { ...query, modes: [] } }]),
    ...(query.time === null ? [] : [{ text: resultWords.noTime, query: { ...query, time: null } }]),
  ];
}
