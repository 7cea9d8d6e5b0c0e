import type { TableRow } from './table.ts';

export interface Price {
  /** Minor units: paise, cents. */
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Nobody pays more for one ride, in any currency; it keeps sums exact. */
const GREATEST_MINOR = 1e9;

/** Reads an amount in major units beside its currency; `null` with a notice when either is no such thing. */
export function priceOf(row: TableRow, amountColumn: string, currencyColumn: string): Price | null {
  const currency = row.text(currencyColumn).toUpperCase();
  const digits = minorDigits(currency);
  if (digits === null) {
    row.notice('INVALID_OPTION', currencyColumn, 'A currency is an ISO 4217 code; the row was left out.');
    return null;
  }
  const text = row.text(amountColumn);
  const minor = /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Math.round(Number(text) * 10 ** digits) : NaN;
  if (minor <= GREATEST_MINOR) return { minor, currency };
  row.notice('INVALID_NUMBER', amountColumn, `${amountColumn} is not a price; the row was left out.`);
  return null;
}

const known = new Map<string, number | null>();
let currencies: ReadonlySet<string> | undefined;

/** Decimal places of a currency: 2 for INR, 0 for JPY; `null` for what is none. */
function minorDigits(currency: string): number | null {
  const digits = known.get(currency);
  if (digits !== undefined) return digits;
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  if (!currencies.has(currency)) return null;
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const places = options.maximumFractionDigits ?? 2;
  known.set(currency, places);
  return places;
}
