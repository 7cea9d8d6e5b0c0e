import { useEffect, useRef, useState } from 'react';
import { formatDate, parseDate } from '../../../src/units/time.ts';
import type { EpochDay } from '../../../src/units/time.ts';
import { useOpenings } from '../../api/openings.ts';
import { Icon } from '../../components/Icon.tsx';
import { dayByKey, monthAfter, monthOf, weeksOf } from '../../search/calendar.ts';
import type { Month } from '../../search/calendar.ts';
import { dayName, longDate, longMonthName, weekdayName } from '../../words/say.ts';
import { searchWords } from '../../words/search.ts';

interface Props {
  readonly value: string;
  /** Earlier days cannot be picked. */
  readonly first: EpochDay;
  readonly onPick: (date: string) => void;
}

/** A month as a grid of days (ARIA APG): arrows, Home, End, Page Up and Page Down move; one day is in the tab order. */
export function Calendar({ value, first, onPick }: Props) {
  const [focus, setFocus] = useState<EpochDay>(() => {
    const day = parseDate(value);
    return day === null || day < first ? first : day;
  });
  const [month, setMonth] = useState<Month>(() => monthOf(focus));
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(true);
  const openingOf = useOpenings(first, true);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another month has another day in the tab order
  }, [focus, month]);

  const go = (day: EpochDay): void => {
    const next = day < first ? first : day;
    moved.current = true;
    setFocus(next);
    setMonth(monthOf(next));
  };
  const firstMonth = monthOf(first);
  const isFirst = month.year === firstMonth.year && month.month === firstMonth.month;
  const opening = openingOf(focus);
  return (
    <div className="w-77 max-w-full">
      <div className="mb-2 flex items-center justify-between">
        <MonthButton step={-1} disabled={isFirst} onClick={() => setMonth(monthAfter(month, -1))} />
        <p aria-live="polite" className="font-serif font-semibold">
          {monthTitle(month)}
        </p>
        <MonthButton step={1} onClick={() => setMonth(monthAfter(month, 1))} />
      </div>
      <table
        ref={grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the date grid of the APG
        role="grid"
        aria-label={monthTitle(month)}
        className="calendar"
        onKeyDown={(event) => {
          const day = dayByKey(event.key, focus, event.shiftKey);
          if (day === null) return;
          event.preventDefault();
          go(day);
        }}
      >
        <thead>
          <tr>
            {weeksOf({ year: 2024, month: 1 })[0]!.map((day) => (
              <th key={day} scope="col" abbr={day === null ? '' : weekdayName(formatDate(day))}>
                {day === null ? '' : weekdayName(formatDate(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, weekday) =>
                day === null ? (
                  // oxlint-disable-next-line jsx-a11y/control-has-associated-label, react/no-array-index-key -- empty
                  <td key={`empty ${weekday}`} />
                ) : (
                  <DayCell
                    key={day}
                    day={day}
                    picked={formatDate(day) === value}
                    focused={day === inView(focus, month)}
                    past={day < first}
                    later={openingOf(day) !== null}
                    onFocus={() => setFocus(day)}
                    onPick={() => onPick(formatDate(day))}
                  />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 min-h-10 text-sm text-soft">
        {opening === null
          ? longDate(formatDate(focus))
          : searchWords.form.opens(dayName(formatDate(focus)), dayName(opening.date), opening.clock)}
      </p>
    </div>
  );
}

const monthTitle = ({ year, month }: Month): string =>
  `${longMonthName(`${year}-${String(month).padStart(2, '0')}-01`)} ${year}`;

/** The day that Tab reaches: the focused one, or the first of a month that was turned to. */
const inView = (focus: EpochDay, month: Month): EpochDay => {
  const own = monthOf(focus);
  if (own.year === month.year && own.month === month.month) return focus;
  return weeksOf(month)[0]!.find((day) => day !== null)!;
};

interface ButtonProps {
  readonly step: 1 | -1;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function MonthButton({ step, disabled = false, onClick }: ButtonProps) {
  const { form } = searchWords;
  return (
    <button
      type="button"
      className="nav-link"
      aria-label={step > 0 ? form.nextMonth : form.previousMonth}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={step > 0 ? '-rotate-90' : 'rotate-90'}>
        <Icon name="down" size={18} />
      </span>
    </button>
  );
}

interface DayProps {
  readonly day: EpochDay;
  readonly picked: boolean;
  readonly focused: boolean;
  readonly past: boolean;
  /** Its trains open later. */
  readonly later: boolean;
  readonly onFocus: () => void;
  readonly onPick: () => void;
}

function DayCell({ day, picked, focused, past, later, onFocus, onPick }: DayProps) {
  const date = formatDate(day);
  return (
    <td aria-selected={picked}>
      <button
        type="button"
        tabIndex={focused ? 0 : -1}
        data-autofocus={focused || undefined}
        data-later={later || undefined}
        aria-label={later ? `${longDate(date)}, ${searchWords.form.opensLater}` : longDate(date)}
        aria-current={picked ? 'date' : undefined}
        disabled={past}
        onFocus={onFocus}
        onClick={onPick}
      >
        {Number(date.slice(8))}
      </button>
    </td>
  );
}
