/** Money is an integer number of minor units (paise) beside an ISO 4217 currency, everywhere, JSON included. */

/** Indian digit grouping: 12345600 paise → `₹1,23,456`; paise are shown only when there are any. */
export function formatRupees(minor: number): string {
  return new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency: 'INR',
    minimumFractionDigits: minor % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(minor / 100);
}
