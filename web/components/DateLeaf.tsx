import { monthName, weekdayName } from '../words/say.ts';

/** A leaf of a calendar: weekday, day, month. */
export function DateLeaf({ date }: { readonly date: string }) {
  return (
    <span className="leaf">
      <span className="text-xs text-soft">{weekdayName(date)}</span>
      <span className="font-serif text-xl leading-6 font-semibold">{Number(date.slice(8, 10))}</span>
      <span className="text-xs text-soft">{monthName(date)}</span>
    </span>
  );
}
