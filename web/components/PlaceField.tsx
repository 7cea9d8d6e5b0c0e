import { useQuery } from '@tanstack/react-query';
import { useCombobox } from 'downshift';
import type { UseComboboxState, UseComboboxStateChangeOptions } from 'downshift';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { placesQuery } from '../api/queries.ts';
import type { PlaceText } from '../search/query.ts';
import { recentPlaces, rememberPlace } from '../search/recents.ts';
import type { Place } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { announce } from './Announcer.tsx';
import { Suggestion } from './Suggestion.tsx';

/** Faster than a word is typed, slower than a letter. */
const TYPING_PAUSE_MS = 120;

const noPlaces: readonly Place[] = [];

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: PlaceText;
  readonly error: string | null;
  readonly onChange: (value: PlaceText) => void;
}

/** An editable combobox with manual selection (ARIA APG): a text that is not in the list stays as typed. */
export function PlaceField({ label, name, value, error, onChange }: Props) {
  const errorId = useId();
  const text = value.text.trim();
  const asked = useSettled(value.picked === null ? text : '');
  const found = useQuery(placesQuery(asked));
  const [recents, setRecents] = useState<readonly Place[]>([]);
  const typed = text !== '' && value.picked === null;
  const items = typed ? (asked === '' ? noPlaces : (found.data?.places ?? noPlaces)) : recents;

  const pick = (place: Place): void => {
    rememberPlace(place);
    onChange({ text: fieldText(place), picked: { id: place.id, lat: place.lat, lng: place.lng } });
  };
  const combobox = useCombobox<Place>({
    items: [...items],
    inputValue: value.text,
    selectedItem: null,
    itemToString: (place) => (place ? fieldText(place) : ''),
    itemToKey: (place) => place?.id,
    stateReducer: manualSelection,
    onIsOpenChange: ({ isOpen }) => {
      if (isOpen) setRecents(recentPlaces());
    },
    onStateChange: ({ type, selectedItem }) => {
      if (selectedItem) pick(selectedItem);
      else if (type === useCombobox.stateChangeTypes.InputKeyDownEscape && !combobox.isOpen)
        onChange({ text: '', picked: null });
    },
  });
  useHighlightKept(items, combobox.highlightedIndex, combobox.setHighlightedIndex);
  const open = combobox.isOpen && (typed || items.length > 0);
  useEffect(() => {
    if (open && items.length > 0) announce(searchWords.suggest.available(items.length));
  }, [open, items.length]);

  return (
    <div className="relative min-w-0">
      <label {...combobox.getLabelProps({ className: 'label' })}>{label}</label>
      <input
        {...combobox.getInputProps({
          name,
          className: 'field',
          placeholder: searchWords.form.placeHint,
          autoComplete: 'off',
          autoCapitalize: 'words',
          spellCheck: false,
          enterKeyHint: 'search',
          required: true,
          'aria-expanded': open,
          'aria-invalid': error !== null,
          'aria-describedby': error === null ? undefined : errorId,
          onChange: (event) => onChange({ text: event.currentTarget.value, picked: null }),
          onFocus: (event) => event.currentTarget.select(),
          onKeyDown: (event) => leaveToBrowser(event, combobox.highlightedIndex),
        })}
      />
      {error === null ? null : (
        <p id={errorId} className="mt-1 text-sm font-medium text-accent">
          {error}
        </p>
      )}
      <div
        hidden={!open}
        className="absolute inset-x-0 top-full z-20 mt-1 border border-ink bg-sheet shadow-lg"
      >
        {open && !typed ? <p className="px-3 pt-2 text-xs text-soft">{searchWords.suggest.recent}</p> : null}
        <ul {...combobox.getMenuProps({ className: 'max-h-80 overflow-y-auto' })}>
          {open
            ? items.map((place, index) => (
                <Suggestion
                  key={place.id}
                  place={place}
                  typed={typed ? text : ''}
                  active={combobox.highlightedIndex === index}
                  {...combobox.getItemProps({ item: place, index })}
                />
              ))
            : null}
        </ul>
        {open && items.length === 0 ? (
          <p className="px-3 py-3 text-sm text-soft">
            {found.isError
              ? searchWords.suggest.failed
              : found.isFetching || asked !== text
                ? searchWords.suggest.loading
                : searchWords.suggest.none(text)}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** "New Delhi (NDLS)", "Noida". */
const fieldText = (place: Place): string =>
  place.code === null || place.kind === 'city' ? place.name : `${place.name} (${place.code})`;

/** Leaving the field picks nothing, and a click into it never closes the list. */
function manualSelection(
  state: UseComboboxState<Place>,
  { type, changes }: UseComboboxStateChangeOptions<Place>,
): Partial<UseComboboxState<Place>> {
  if (type === useCombobox.stateChangeTypes.InputBlur)
    return { ...changes, selectedItem: state.selectedItem, inputValue: state.inputValue };
  if (type === useCombobox.stateChangeTypes.InputClick) return { ...changes, isOpen: true };
  return changes;
}

/** When better suggestions replace the list under a highlighted one, it stays highlighted wherever it now stands. */
function useHighlightKept(items: readonly Place[], index: number, setIndex: (index: number) => void): void {
  const highlighted = useRef<string | null>(null);
  const before = useRef(items);
  useLayoutEffect(() => {
    if (before.current === items) highlighted.current = items[index]?.id ?? null;
    else if (index >= 0) {
      const now = items.findIndex(({ id }) => id === highlighted.current);
      if (now !== index) setIndex(now);
    }
    before.current = items;
  }, [items, index, setIndex]);
}

/** Home and End move in the text; Enter without a highlighted suggestion sends the form. */
function leaveToBrowser(event: React.KeyboardEvent, highlightedIndex: number): void {
  if (event.key === 'Home' || event.key === 'End' || (event.key === 'Enter' && highlightedIndex < 0))
    Object.assign(event.nativeEvent, { preventDownshiftDefault: true });
}

/** The value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? '' : settled;
}
