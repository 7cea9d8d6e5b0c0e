import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { placesQuery } from '../../api/queries.ts';
import { announce } from '../../components/Announcer.tsx';
import { Combobox } from '../../components/Combobox.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { PlaceText } from '../../search/query.ts';
import { recentPlaces, rememberPlace } from '../../search/recents.ts';
import type { Place } from '../../search/shapes.ts';
import { placeName } from '../../words/placeNames.ts';
import { searchWords } from '../../words/search.ts';
import { Suggestion } from './Suggestion.tsx';

/** Faster than a word is typed, slower than a letter. */
const TYPING_PAUSE_MS = 120;
/** About 100 m: enough to find a station, and no more is sent than that. */
const DECIMALS = 3;

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: PlaceText;
  readonly error: string | null;
  readonly onChange: (value: PlaceText) => void;
}

type Item = Place | 'HERE';
const keyOf = (item: Item): string => (item === 'HERE' ? item : item.id);
const noItems: readonly Item[] = [];

export function PlaceField({ label, name, value, error, onChange }: Props) {
  const text = value.text.trim();
  const typed = text !== '' && value.picked === null;
  const asked = useSettled(typed ? text : '');
  const found = useQuery(placesQuery(asked));
  const [recents, setRecents] = useState<readonly Place[]>([]);
  const [locating, setLocating] = useState<string | null>(null);
  const places = asked === '' ? undefined : found.data?.places;
  const items = useMemo(
    (): readonly Item[] => (typed ? (places ?? noItems) : ['HERE', ...recents]),
    [typed, places, recents],
  );
  const { suggest } = searchWords;
  const count = typed ? items.length : 0;
  useEffect(() => {
    if (count > 0) announce(suggest.available(count));
  }, [count, suggest]);

  const pick = async (item: Item): Promise<void> => {
    if (item !== 'HERE') {
      rememberPlace(item);
      onChange({ text: fieldText(item), picked: { id: item.id, lat: item.lat, lng: item.lng } });
      return;
    }
    setLocating(suggest.locating);
    const here = await whereAmI();
    setLocating(here === null ? suggest.notLocated : null);
    if (here) onChange({ text: suggest.hereName, picked: { id: 'here', ...here } });
  };

  return (
    <Combobox
      label={label}
      name={name}
      text={value.text}
      placeholder={searchWords.form.placeHint}
      error={error}
      hint={locating}
      items={items}
      keyOf={keyOf}
      heading={typed || recents.length === 0 ? null : suggest.recent}
      nothing={
        !typed
          ? null
          : found.isError
            ? suggest.failed
            : found.isFetching || asked !== text
              ? suggest.loading
              : suggest.none(text)
      }
      renderItem={(item) =>
        item === 'HERE' ? <Here /> : <Suggestion place={item} typed={typed ? text : ''} />
      }
      onText={(next) => {
        setLocating(null);
        onChange({ text: next, picked: null });
      }}
      onPick={(item) => void pick(item)}
      onOpen={() => setRecents(recentPlaces())}
    />
  );
}

function Here() {
  return (
    <>
      <span className="text-accent">
        <Icon name="target" />
      </span>
      {searchWords.suggest.here}
    </>
  );
}

/** "New Delhi (NDLS)", "Noida". */
const fieldText = (place: Place): string =>
  place.code === null || place.kind === 'city'
    ? placeName(place.name)
    : `${placeName(place.name)} (${place.code})`;

/** Null when the traveller or the device does not tell. */
const whereAmI = (): Promise<{ lat: number; lng: number } | null> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null);
    const rounded = (degrees: number): number => Number(degrees.toFixed(DECIMALS));
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: rounded(coords.latitude), lng: rounded(coords.longitude) }),
      () => resolve(null),
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });

/** The value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? '' : settled;
}
