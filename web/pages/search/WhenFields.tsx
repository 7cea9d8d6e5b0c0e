import { lazy, Suspense, useId } from 'react';
import { FieldNote, noteIdOf } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Popover } from '../../components/Popover.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useToday } from '../../search/useToday.ts';
import type { EpochDay } from '../../../src/units/time.ts';
import { parseDate, weekdayOf } from '../../../src/units/time.ts';
import { useOpenings } from '../../api/openings.ts';
import { dateAfter, dayName, weekdayName } from '../../words/say.ts';
import { searchWords } from '../../words/search.ts';

const Calendar = lazy(() => import('./Calendar.tsx').then(({ Calendar }) => ({ default: Calendar })));

interface DateProps {
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (date: string) => void;
}

const FRIDAY = 4;
/** The next Friday that is neither today nor tomorrow: when most people leave for a weekend. */
const daysToFriday = (today: EpochDay): number => {
  const days = (FRIDAY - weekdayOf(today) + 7) % 7;
  return days < 2 ? days + 7 : days;
};

export function DateField({ value, error, onChange }: DateProps) {
  const id = useId();
  const today = useToday();
  const { form } = searchWords;
  const friday = dateAfter(today, daysToFriday(today));
  const chips = [
    { date: dateAfter(today, 0), name: form.today },
    { date: dateAfter(today, 1), name: form.tomorrow },
    { date: friday, name: weekdayName(friday) },
  ];
  const hint = useOpeningHint(value, today);
  const another = !chips.some(({ date }) => date === value);
  return (
    <fieldset className="min-w-0" aria-describedby={error === null ? undefined : noteIdOf(id)}>
      <legend className="label">{form.date}</legend>
      <div className="flex flex-wrap gap-2">
        <div className="choices-joined flex grow">
          {chips.map(({ date, name }) => (
            <label key={date} className="choice grow">
              <input type="radio" name="date" checked={value === date} onChange={() => onChange(date)} />
              {name}
            </label>
          ))}
        </div>
        <Popover
          label={form.otherDate}
          className={`button ${another ? 'chosen' : ''}`}
          button={
            <>
              <Icon name="calendar" size={18} />
              <span className="sr-only">{form.otherDate}: </span>
              {value === '' ? form.otherDate : dayName(value)}
            </>
          }
        >
          {(close) => (
            <Suspense fallback={<span className="skeleton block h-84 w-77" />}>
              <Calendar
                value={value}
                first={today}
                onPick={(date) => {
                  onChange(date);
                  close();
                }}
              />
            </Suspense>
          )}
        </Popover>
      </div>
      <FieldNote id={id} error={error} hint={hint} />
    </fieldset>
  );
}

/** Trains open weeks ahead: for a nearer day nothing need be asked. */
const SURELY_OPEN_DAYS = 30;

function useOpeningHint(value: string, today: EpochDay): string | null {
  const day = parseDate(value);
  const far = day !== null && day - today > SURELY_OPEN_DAYS;
  const openingOf = useOpenings(today, far);
  const opening = far ? openingOf(day) : null;
  return opening && searchWords.form.opens(dayName(value), dayName(opening.date), opening.clock);
}

interface TimeProps {
  readonly time: string | null;
  readonly arriveBy: boolean;
  readonly onChange: (time: string | null, arriveBy: boolean) => void;
}

export const timeText = (time: string | null, arriveBy: boolean): string => {
  const { form } = searchWords;
  if (time === null) return form.anyTime;
  return `${arriveBy ? form.arriveBy : form.leaveAfter} ${time}`;
};

export function TimeField({ time, arriveBy, onChange }: TimeProps) {
  const id = useId();
  const { form } = searchWords;
  return (
    <div className="min-w-0">
      <span className="label">{form.time}</span>
      <Popover
        label={form.time}
        className="button w-full justify-start!"
        button={
          <>
            <Icon name="clock" size={18} />
            {timeText(time, arriveBy)}
          </>
        }
      >
        {() => (
          <div className="grid gap-4">
            <Segments
              legend={form.timeMeans}
              name="arriveBy"
              value={arriveBy ? 'by' : 'after'}
              choices={[
                { value: 'after', text: form.leaveAfter },
                { value: 'by', text: form.arriveBy },
              ]}
              onChange={(value) => onChange(time, value === 'by')}
            />
            <div>
              <label htmlFor={id} className="label">
                {form.timeOfDay}
              </label>
              <div className="flex gap-2">
                <input
                  id={id}
                  type="time"
                  name="time"
                  className="field min-w-32"
                  value={time ?? ''}
                  onChange={(event) => onChange(event.currentTarget.value || null, arriveBy)}
                />
                <button
                  type="button"
                  className="button shrink-0"
                  disabled={time === null}
                  onClick={() => onChange(null, arriveBy)}
                >
                  {form.anyTime}
                </button>
              </div>
            </div>
          </div>
        )}
      </Popover>
    </div>
  );
}
