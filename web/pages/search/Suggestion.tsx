import { Icon, placeIcons } from '../../components/Icon.tsx';
import type { Place } from '../../search/shapes.ts';
import { localeOf } from '../../../src/units/language.ts';
import { locale } from '../../words/language.ts';
import { placeName } from '../../words/placeNames.ts';
import { searchWords } from '../../words/search.ts';

interface Props {
  readonly place: Place;
  /** What was typed, to be shown bold; empty for recents. */
  readonly typed: string;
}

/** "Delhi: city, 6 stations, 1 airport"; a station with its code. */
export function Suggestion({ place, typed }: Props) {
  const name = placeName(place.name);
  return (
    <>
      <span className="text-soft">
        <Icon name={placeIcons[place.kind]} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block">
          <Matched text={name} part={typed} />
          {name === place.name ? null : (
            <span lang="en" className="text-sm text-soft">
              {' '}
              <Matched text={place.name} part={typed} />
            </span>
          )}
          {place.matched === null || place.matched === name ? null : (
            <span className="text-sm text-soft">
              {' '}
              <Alias name={place.matched} />
            </span>
          )}
        </span>
        <span className="block truncate text-sm text-soft">{detailOf(place)}</span>
      </span>
      {place.code === null ? null : (
        <span className="border border-edge px-1.5 text-sm font-semibold tracking-wide">
          <Matched text={place.code} part={typed} />
        </span>
      )}
    </>
  );
}

/** English comes from the interface, which also knows the nearest station of a town without one. */
function detailOf({ kind, city, hubs, served, detail }: Place): string {
  const { suggest } = searchWords;
  // Recents of an older version of the page lack the facts.
  if (locale() === localeOf.en || hubs === undefined)
    return kind === 'city' ? `${suggest.kinds.city} · ${detail}` : detail;
  const facts =
    hubs === null
      ? [city === null ? null : placeName(city), served ? null : suggest.unserved]
      : (['station', 'airport', 'bus_stand'] as const).map((hub) =>
          hubs[hub] === 0 ? null : suggest.hubs[hub](hubs[hub]),
        );
  return [suggest.kinds[kind], ...facts].filter((fact) => fact !== null).join(' · ');
}

/** An alias in another script is marked, so that it is read in its language. */
function Alias({ name }: { readonly name: string }) {
  return (
    <span lang={/[\u0900-\u097F]/u.test(name) ? 'hi' : undefined}>{searchWords.suggest.matched(name)}</span>
  );
}

function Matched({ text, part }: { readonly text: string; readonly part: string }) {
  const start = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (start === -1) return text;
  const end = start + part.length;
  return (
    <>
      {text.slice(0, start)}
      <b className="font-bold underline decoration-accent decoration-2 underline-offset-3">
        {text.slice(start, end)}
      </b>
      {text.slice(end)}
    </>
  );
}
