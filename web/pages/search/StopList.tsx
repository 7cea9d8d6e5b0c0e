import { useEffect, useRef } from 'react';
import { announce } from '../../components/Announcer.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { stopName } from '../../search/check.ts';
import type { DraftStop, FieldErrors } from '../../search/check.ts';
import { MAX_STOPS, noPlace } from '../../search/query.ts';
import { durationText } from '../../words/say.ts';
import { searchWords } from '../../words/search.ts';
import { PlaceField } from './PlaceField.tsx';

const HOUR = 60;
const OVERNIGHT = 12 * HOUR;
const presets = [HOUR, 4 * HOUR, OVERNIGHT] as const;
/** A quarter of an hour to three days. */
const dwells = [
  15,
  30,
  45,
  60,
  90,
  120,
  180,
  240,
  360,
  480,
  OVERNIGHT,
  1080,
  1440,
  2160,
  2880,
  4320,
] as const;

interface Props {
  readonly stops: readonly DraftStop[];
  readonly errors: FieldErrors;
  readonly onChange: (stops: readonly DraftStop[]) => void;
}

/** Places to visit on the way, in order. They are moved by buttons or by dragging. */
export function StopList({ stops, errors, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useRef(0);
  const focusNext = useRef<string | null>(null);
  useEffect(() => {
    if (focusNext.current !== null) list.current?.querySelector<HTMLElement>(focusNext.current)?.focus();
    focusNext.current = null;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once the list stands in its new order
  }, [stops]);

  const move = (from: number, to: number, button?: 'up' | 'down'): void => {
    const moved = stops[from];
    if (moved === undefined || from === to || to < 0 || to >= stops.length) return;
    if (button) focusNext.current = `[data-stop="${moved.key}"] [data-move=${button}]`;
    onChange(stops.toSpliced(from, 1).toSpliced(to, 0, moved));
    announce(searchWords.stops.moved(moved.place.text, to + 1, stops.length));
  };
  if (stops.length === 0) return null;
  return (
    <ol ref={list} aria-label={searchWords.stops.title} className="grid gap-3">
      {stops.map((stop, index) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons do the same
        <li
          key={stop.key}
          data-stop={stop.key}
          className="grid gap-3 border-l-4 border-l-rule pl-3 md:grid-cols-[1fr_auto] md:items-start"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            move(dragged.current, index);
          }}
        >
          <PlaceField
            label={searchWords.stops.place(index + 1)}
            name={stopName(index)}
            value={stop.place}
            error={errors[stopName(index)] ?? null}
            onChange={(place) => onChange(stops.with(index, { ...stop, place }))}
          />
          <div className="flex flex-wrap items-end gap-2">
            <Dwell
              minutes={stop.dwellMinutes}
              onChange={(dwellMinutes) => onChange(stops.with(index, { ...stop, dwellMinutes }))}
            />
            <Movers
              index={index}
              count={stops.length}
              onMove={(to, button) => move(index, to, button)}
              onDrag={() => {
                dragged.current = index;
              }}
              onRemove={() => {
                onChange(stops.toSpliced(index, 1));
                announce(searchWords.stops.removed(stop.place.text));
              }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}

interface DwellProps {
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

function Dwell({ minutes, onChange }: DwellProps) {
  const { stops } = searchWords;
  const say = (value: number): string =>
    value === 0 ? stops.noDwell : value === OVERNIGHT ? stops.overnight : durationText(value);
  const offered = [...new Set([0, ...dwells, minutes])].toSorted((a, b) => a - b);
  return (
    <>
      <Field label={stops.dwell}>
        {(ties) => (
          <select
            {...ties}
            className="field w-auto!"
            value={minutes}
            onChange={(event) => onChange(Number(event.currentTarget.value))}
          >
            {offered.map((value) => (
              <option key={value} value={value}>
                {say(value)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {presets.map((value) => (
        <Chip key={value} pressed={minutes === value} onChange={() => onChange(value)}>
          {say(value)}
        </Chip>
      ))}
    </>
  );
}

interface MoversProps {
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number, button: 'up' | 'down') => void;
  readonly onDrag: () => void;
  readonly onRemove: () => void;
}

/** `aria-disabled` instead of `disabled`: whoever moved a stop to the end keeps their place on the button. */
function Movers({ index, count, onMove, onDrag, onRemove }: MoversProps) {
  const { stops } = searchWords;
  const moves = [
    { name: 'up', to: index - 1, label: stops.moveUp(index + 1) },
    { name: 'down', to: index + 1, label: stops.moveDown(index + 1) },
  ] as const;
  return (
    <div className="flex">
      <span
        draggable
        aria-hidden="true"
        className="hidden h-11 w-8 cursor-grab items-center justify-center text-soft md:flex"
        onDragStart={onDrag}
      >
        <Icon name="grip" size={18} />
      </span>
      {count < 2
        ? null
        : moves.map(({ name, to, label }) => (
            <button
              key={name}
              type="button"
              data-move={name}
              className="nav-link"
              aria-label={label}
              aria-disabled={to < 0 || to >= count}
              onClick={() => onMove(to, name)}
            >
              <Icon name={name} size={18} />
            </button>
          ))}
      <button type="button" className="nav-link" aria-label={stops.remove(index + 1)} onClick={onRemove}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}

interface AddProps {
  readonly stops: readonly DraftStop[];
  readonly onChange: (stops: readonly DraftStop[]) => void;
}

export function AddStop({ stops, onChange }: AddProps) {
  if (stops.length >= MAX_STOPS)
    return <p className="text-sm text-soft">{searchWords.stops.full(MAX_STOPS)}</p>;
  const key = Math.max(0, ...stops.map((stop) => stop.key)) + 1;
  return (
    <button
      type="button"
      className="link-button"
      onClick={() => onChange([...stops, { key, place: noPlace, dwellMinutes: 4 * HOUR }])}
    >
      <Icon name="plus" size={18} />
      {searchWords.stops.add}
    </button>
  );
}
