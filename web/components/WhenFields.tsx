import { useId } from 'react';
import { useToday } from '../search/useToday.ts';
import { dateAfter, longDate } from '../words/say.ts';
import { searchWords } from '../words/search.ts';

interface DateProps {
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (date: string) => void;
}

export function DateField({ value, error, onChange }: DateProps) {
  const id = useId();
  const day = useToday();
  const chips = [
    { date: dateAfter(day, 0), name: searchWords.form.today },
    { date: dateAfter(day, 1), name: searchWords.form.tomorrow },
  ];
  return (
    <fieldset className="min-w-0">
      <legend className="label">{searchWords.form.date}</legend>
      <div className="flex flex-wrap gap-2">
        {chips.map((chip) => (
          <button
            key={chip.name}
            type="button"
            className="choice grow rounded-[3px] md:grow-0"
            aria-pressed={value === chip.date}
            onClick={() => onChange(chip.date)}
          >
            {chip.name}
          </button>
        ))}
        <label htmlFor={id} className="sr-only">
          {searchWords.form.otherDate}
        </label>
        <input
          id={id}
          type="date"
          name="date"
          className="field w-auto! min-w-36 flex-1"
          min={chips[0]!.date}
          value={value}
          aria-invalid={error !== null}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      <p
        id={`${id}-note`}
        className={`mt-1 text-sm ${error === null ? 'text-soft' : 'font-medium text-accent'}`}
      >
        {error ?? (value === '' ? '' : longDate(value))}
      </p>
    </fieldset>
  );
}

interface TimeProps {
  readonly time: string | null;
  readonly arriveBy: boolean;
  readonly onChange: (time: string | null, arriveBy: boolean) => void;
}

export function TimeField({ time, arriveBy, onChange }: TimeProps) {
  const id = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="label">{searchWords.form.timeLegend}</legend>
      <div className="flex flex-wrap gap-2">
        <div className="choices-joined flex grow md:grow-0">
          {[false, true].map((by) => (
            <label key={String(by)} className="choice grow whitespace-nowrap">
              <input
                type="radio"
                name="arriveBy"
                checked={arriveBy === by}
                onChange={() => onChange(time, by)}
              />
              {by ? searchWords.form.arriveBy : searchWords.form.leaveAfter}
            </label>
          ))}
        </div>
        <label htmlFor={id} className="sr-only">
          {searchWords.form.time}
        </label>
        <input
          id={id}
          type="time"
          name="time"
          className="field w-auto! min-w-32 flex-1"
          value={time ?? ''}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.currentTarget.value || null, arriveBy)}
        />
      </div>
      <p id={`${id}-note`} className="mt-1 flex text-sm text-soft">
        {time === null
          ? searchWords.form.anyTime
          : `${arriveBy ? searchWords.form.arriveBy : searchWords.form.leaveAfter} ${time}`}
      </p>
    </fieldset>
  );
}
