/* The roles and keys of the combobox pattern of the ARIA APG, which has no native element. */
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { siteWords } from '../words/site.ts';
import { FieldNote, noteIdOf } from './Field.tsx';
import { Icon } from './Icon.tsx';

interface Props<Item> {
  readonly label: string;
  readonly name: string;
  readonly text: string;
  readonly placeholder: string;
  readonly error: string | null;
  readonly hint?: string | null;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly renderItem: (item: Item) => ReactNode;
  /** Above the list. */
  readonly heading: string | null;
  /** In place of an empty list; null: then nothing opens. */
  readonly nothing: string | null;
  readonly onText: (text: string) => void;
  readonly onPick: (item: Item) => void;
  readonly onOpen: () => void;
}

/**
 * An editable combobox with a list and manual selection (ARIA APG): Down opens and moves, Enter picks what is
 * highlighted and otherwise sends the form, Escape closes and then clears, Home and End move in the text. A text that is
 * in no list stays as typed. On a phone the open list takes the whole window (`.combobox` in the style sheet).
 */
export function Combobox<Item>(props: Props<Item>) {
  const { label, name, text, error, hint = null, items, keyOf, heading, nothing } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setOpen] = useState(false);
  const [active, setActive] = useActive(items, keyOf);
  const open = wanted && (items.length > 0 || nothing !== null);
  useEffect(() => {
    if (open && active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, active, id]);

  const show = (): void => {
    if (wanted) return;
    props.onOpen();
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const pick = (item: Item): void => {
    props.onPick(item);
    close();
  };
  const move = (step: 1 | -1): void => {
    show();
    if (items.length > 0)
      setActive((active + (active < 0 && step < 0 ? 0 : step) + items.length) % items.length);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const highlighted = open ? items[active] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && highlighted !== undefined) pick(highlighted);
    else if (event.key === 'Escape' && (open || text !== '')) {
      if (open) close();
      else props.onText('');
    } else {
      if (event.key === 'Enter') close();
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      className="combobox"
      data-open={open || undefined}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) close();
      }}
    >
      <label htmlFor={id} className="label">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          name={name}
          className="field"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null && hint === null ? undefined : noteIdOf(id)}
          placeholder={props.placeholder}
          autoComplete="off"
          autoCapitalize="words"
          spellCheck={false}
          enterKeyHint="search"
          required
          value={text}
          onChange={(event) => {
            setActive(-1);
            show();
            props.onText(event.currentTarget.value);
          }}
          onClick={show}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="button combobox-close" onClick={close}>
          <Icon name="close" size={18} />
          <span className="sr-only">{siteWords.close}</span>
        </button>
      </div>
      <FieldNote id={id} error={error} hint={hint} />
      <div hidden={!open} className="combobox-list">
        {heading === null ? null : <p className="px-3 pt-2 text-xs text-soft">{heading}</p>}
        {/* Focus stays in the field: a press on the list must not take it away before the click comes. */}
        <ul
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          onMouseDown={(event) => event.preventDefault()}
        >
          {open
            ? items.map((item, index) => (
                <li
                  key={keyOf(item)}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  className="combobox-option"
                  onClick={() => pick(item)}
                  onMouseMove={() => setActive(index)}
                >
                  {props.renderItem(item)}
                </li>
              ))
            : null}
        </ul>
        {open && items.length === 0 ? <p className="px-3 py-3 text-sm text-soft">{nothing}</p> : null}
      </div>
    </div>
  );
}

/** Which item is highlighted. When a better list comes, it stays the same one wherever it now stands. */
function useActive<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): [number, (index: number) => void] {
  const [active, setActive] = useState(-1);
  const highlighted = useRef<string | null>(null);
  const before = useRef(items);
  useLayoutEffect(() => {
    const here = items[active];
    if (before.current === items) highlighted.current = here === undefined ? null : keyOf(here);
    else if (active >= 0) setActive(items.findIndex((item) => keyOf(item) === highlighted.current));
    before.current = items;
  }, [items, active, keyOf]);
  return [active, setActive];
}
