import { Icon } from '../../components/Icon.tsx';
import { QuotedIn } from '../../components/LegBar.tsx';
import { noteText } from '../../search/reasonText.ts';
import type { TripQuery } from '../../search/query.ts';
import type { SearchResponse } from '../../search/shapes.ts';
import { useNow } from '../../components/useNow.ts';
import { placeName } from '../../words/placeNames.ts';
import { resultWords } from '../../words/results.ts';
import { durationText } from '../../words/say.ts';

interface Props {
  readonly answer: SearchResponse;
  readonly query: TripQuery;
  readonly onRefresh: () => void;
}

/** An answer is kept for a quarter of an hour (docs: route cache); after that it says how old it is. */
const STALE_MINUTES = 15;

/** What the traveller should know of the whole answer. */
export function Notes({ answer, query, onRefresh }: Props) {
  const now = useNow(60_000);
  const age = Math.floor((now - Date.parse(answer.generatedAt)) / 60_000);
  const notes = [
    ...takenNotes(answer, query),
    ...answer.notes.flatMap((note) => noteText(note, answer) ?? []),
  ];
  return (
    <>
      {answer.network.sample ? (
        <p className="notice">
          <Icon name="alert" size={18} />
          <span>
            <strong className="font-semibold">{resultWords.sampleTitle}</strong> {resultWords.sample}
          </span>
        </p>
      ) : null}
      {answer.partial ? (
        <p className="notice">
          <Icon name="alert" size={18} />
          {resultWords.partial}
        </p>
      ) : null}
      {age >= STALE_MINUTES ? (
        <p className="notice items-center">
          <Icon name="history" size={18} />
          <span className="flex-1">{resultWords.stale(durationText(age))}</span>
          <button type="button" className="link-button" onClick={onRefresh}>
            {resultWords.refresh}
          </button>
        </p>
      ) : null}
      {notes.length === 0 ? null : (
        <ul className="mt-3 text-sm text-soft">
          {notes.map((note) => (
            <li key={note}>
              <QuotedIn text={note} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** "Bangalore" was taken as Bengaluru: whatever was typed and is called otherwise. */
function takenNotes(answer: SearchResponse, query: TripQuery): string[] {
  return (['origin', 'destination'] as const).flatMap((end) => {
    const text = query[end].text.trim();
    const place = answer[end];
    const names = [place.name, place.displayName ?? '', placeName(place.name)];
    const same = names.some((name) => name.toLowerCase() === text.toLowerCase());
    return query[end].picked !== null || same
      ? []
      : [
          resultWords.taken(
            text,
            placeName(place.name) === place.name ? (place.displayName ?? place.name) : placeName(place.name),
          ),
        ];
  });
}
