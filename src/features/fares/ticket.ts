import type { Amounts, FareItem, FareItemCode, Ticket } from './contract.ts';

/** Money in three columns: the least, the likely and the most; whole paise always. */
export const amounts = (low: number, likely = low, high = likely): Amounts => ({
  lowMinor: Math.round(low),
  likelyMinor: Math.round(likely),
  highMinor: Math.round(high),
});

const zero = amounts(0);

export const plus = (...parts: readonly Amounts[]): Amounts =>
  parts.reduce(
    (sum, part) => ({
      lowMinor: sum.lowMinor + part.lowMinor,
      likelyMinor: sum.likelyMinor + part.likelyMinor,
      highMinor: sum.highMinor + part.highMinor,
    }),
    zero,
  );

/** Each column times its own factor; one factor serves all three. */
export const times = (of: Amounts, low: number, likely = low, high = likely): Amounts =>
  amounts(of.lowMinor * low, of.likelyMinor * likely, of.highMinor * high);

export const item = (code: FareItemCode, text: string, value: Amounts): FareItem => ({
  code,
  text,
  ...value,
});

const columns = ['lowMinor', 'likelyMinor', 'highMinor'] as const;

/** What a ticket costs item by item, tax and rounding included; items of nothing are left out. */
export function itemsOf(ticket: Ticket): FareItem[] {
  const { base, baseText, taxed, taxPercent, untaxed, roundUpMinor } = ticket;
  const tax = times(plus(base, ...taxed), taxPercent / 100);
  const before = [
    item('BASE', baseText, base),
    ...taxed,
    item('TAX', `GST ${taxPercent} %`, tax),
    ...untaxed,
  ];
  const sum = plus(...before);
  const rounding = columns.map((column) => roundUp(sum[column], roundUpMinor) - sum[column]);
  const rounded = item('ROUNDING', 'rounding up', amounts(rounding[0]!, rounding[1], rounding[2]));
  return [...before, rounded].filter((entry) => columns.some((column) => entry[column] !== 0));
}

const roundUp = (minor: number, step: number): number => Math.ceil(minor / step) * step;

/** The total of a ticket. */
export const totalOf = (ticket: Ticket): Amounts => plus(...itemsOf(ticket));

/** Items that shrink with the base fare. A flexi rise does not, so that a concession promises rather too little. */
const ofBase: ReadonlySet<FareItemCode> = new Set(['PEAK', 'DISCOUNT']);

/**
 * The same ticket with this part of the base fare left: 0.5 for a child by rail, 0.25 with a concession of 75 %.
 * Surcharges and discounts by percentage shrink with it; fees, a flexi rise and meals stay.
 */
export const withBase = (ticket: Ticket, low: number, likely = low, high = likely): Ticket => ({
  ...ticket,
  base: times(ticket.base, low, likely, high),
  taxed: ticket.taxed.map((entry) =>
    ofBase.has(entry.code) ? { ...entry, ...times(entry, low, likely, high) } : entry,
  ),
});

/** Tickets of several persons item by item: entries of one code and text become one. */
export function merged(all: readonly FareItem[]): FareItem[] {
  const byName = new Map<string, FareItem>();
  for (const entry of all) {
    const key = `${entry.code} ${entry.text}`;
    const known = byName.get(key);
    byName.set(key, known ? { ...known, ...plus(known, entry) } : entry);
  }
  return [...byName.values()];
}
