import { z } from 'zod';
import { parseDate, weekdayOf } from '../../units/time.ts';
import { datedProvenance, inForce } from '../rule-tables/index.ts';

/** Days that fares know. */
export const dayKinds = ['FRIDAY', 'SUNDAY', 'NATIONAL', 'FESTIVAL'] as const;
export type DayKind = (typeof dayKinds)[number];

const monthDay = /^(\d{4}-)?\d{2}-\d{2}$/;
export const holidayRow = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  kind: z.enum(['NATIONAL', 'FESTIVAL']),
  /** `MM-DD` comes every year, `YYYY-MM-DD` once; both ends belong to it. */
  first: z.string().regex(monthDay),
  last: z.string().regex(monthDay),
  ...datedProvenance,
});

/** What kinds of day a date `YYYY-MM-DD` is. */
export function dayKindsOf(holidays: readonly z.infer<typeof holidayRow>[], date: string): Set<DayKind> {
  const kinds = new Set<DayKind>();
  const day = parseDate(date);
  if (day !== null && weekdayOf(day) === 4) kinds.add('FRIDAY');
  if (day !== null && weekdayOf(day) === 6) kinds.add('SUNDAY');
  for (const holiday of holidays) {
    const own = date.slice(-holiday.first.length);
    if (inForce(holiday, date) && holiday.first <= own && own <= holiday.last) kinds.add(holiday.kind);
  }
  return kinds;
}
