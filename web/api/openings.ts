/** When trains of a day can be booked: the figures of the interface, not of the page. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { EpochDay } from '../../src/units/time.ts';
import { asEpochDay, formatDate, parseDate } from '../../src/units/time.ts';
import type { RuleTable } from '../../src/features/rule-tables/contract.ts';
import { callApi } from './client.ts';

const openingsQuery = queryOptions({
  queryKey: ['data', 'booking-windows'],
  queryFn: ({ signal }) => callApi<RuleTable>('data/booking-windows', { signal, open: true }),
  staleTime: Infinity,
});

export interface Opening {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM` */
  readonly clock: string;
}

/** Says of a day of travel when its trains open; null: they are open, or it is not known. */
export function useOpenings(today: EpochDay, enabled: boolean): (day: EpochDay) => Opening | null {
  const { data } = useQuery({ ...openingsQuery, enabled });
  return (day) => (data ? openingOf(data, day, today) : null);
}

/** The row in force on the day that it is asked. */
export function openingOf(table: Pick<RuleTable, 'rows'>, day: EpochDay, today: EpochDay): Opening | null {
  const row = table.rows.find(
    ({ figures, validFrom, validTo }) =>
      figures['mode'] === 'train' &&
      (parseDate(validFrom) ?? Infinity) <= today &&
      (validTo === null || (parseDate(validTo) ?? -Infinity) >= today),
  );
  const ahead = Number(row?.figures['days_ahead']);
  const clock = row?.figures['opens'];
  if (clock === undefined || Number.isNaN(ahead) || day - ahead <= today) return null;
  return { date: formatDate(asEpochDay(day - ahead)), clock };
}
