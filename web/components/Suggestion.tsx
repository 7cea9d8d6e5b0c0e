import type { ComponentProps } from 'react';
import type { Place } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { Icon, placeIcons } from './Icon.tsx';

interface Props extends ComponentProps<'li'> {
  readonly place: Place;
  /** What was typed, to be shown bold; empty for recents. */
  readonly typed: string;
  readonly active: boolean;
}

export function Suggestion({ place, typed, active, ...item }: Props) {
  return (
    <li
      {...item}
      className={`flex min-h-12 cursor-pointer items-center gap-3 border-b border-rule px-3 py-1.5 last:border-b-0 ${active ? 'bg-wash' : ''}`}
    >
      <span className="text-soft">
        <Icon name={placeIcons[place.kind]} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block">
          <Matched text={place.name} part={typed} />
          {place.matched === null ? null : (
            <span className="text-sm text-soft">
              {' '}
              <Alias name={place.matched} />
            </span>
          )}
        </span>
        <span className="block truncate text-sm text-soft">
          {place.kind === 'city' ? `${searchWords.form.city} · ` : ''}
          {place.detail}
        </span>
      </span>
      {place.code === null ? null : (
        <span className="border border-edge px-1.5 text-sm font-semibold tracking-wide">
          <Matched text={place.code} part={typed} />
        </span>
      )}
    </li>
  );
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
