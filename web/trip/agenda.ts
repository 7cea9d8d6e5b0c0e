/** The booking choreography as a calendar: what can be done on which day, and when one travels. */
import type { Opening } from '../../src/features/booking/contract.ts';
import type { TripLeg } from './readTrip.ts';

export interface AgendaEntry {
  /** NOW: it can be bought at once. OPENS, TATKAL: from this minute. CHART: seats are given out. LEAVE: it leaves. */
  readonly kind: 'NOW' | 'OPENS' | 'TATKAL' | 'CHART' | 'LEAVE';
  readonly leg: TripLeg;
  /** Instant with offset; null for NOW. */
  readonly at: string | null;
  /** In which order to buy (NOW, OPENS). */
  readonly order: number | null;
}

export interface AgendaDay {
  /** `YYYY-MM-DD` at the place of its entries; null: now. */
  readonly date: string | null;
  readonly entries: readonly AgendaEntry[];
}

/**
 * What can be bought now first, in the order to buy it; then day by day. What is over is left out, and so is when a leg
 * leaves that nobody books: the timetable says it.
 */
export function agendaOf(
  openings: readonly Opening[],
  legs: readonly TripLeg[],
  nowMs: number,
): readonly AgendaDay[] {
  const now: AgendaEntry[] = [];
  const later: AgendaEntry[] = [];
  const plan = (entry: AgendaEntry): void => {
    if (entry.at !== null && Date.parse(entry.at) > nowMs) later.push(entry);
  };
  for (const opening of openings) {
    const leg = legs[opening.legIndex];
    if (!leg) continue;
    const { order, opensAt, tatkalAt, chartAt, reason } = opening;
    if (!opening.open) plan({ kind: 'OPENS', leg, at: opensAt, order });
    else if (reason !== 'ON_THE_DAY') now.push({ kind: 'NOW', leg, at: null, order });
    plan({ kind: 'TATKAL', leg, at: tatkalAt, order: null });
    plan({ kind: 'CHART', leg, at: chartAt, order: null });
  }
  for (const leg of legs) if (leg.booking) plan({ kind: 'LEAVE', leg, at: leg.departure, order: null });
  const days: { date: string; entries: AgendaEntry[] }[] = [];
  for (const entry of later.toSorted((a, b) => Date.parse(a.at!) - Date.parse(b.at!))) {
    const date = entry.at!.slice(0, 10);
    if (days.at(-1)?.date !== date) days.push({ date, entries: [] });
    days.at(-1)!.entries.push(entry);
  }
  return [
    ...(now.length > 0 ? [{ date: null, entries: now.toSorted((a, b) => a.order! - b.order!) }] : []),
    ...days,
  ];
}
