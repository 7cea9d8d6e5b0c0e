import { formatRupees } from '../../units/money.ts';
import { formatShortDate } from '../../units/time.ts';
import type { Amounts } from '../fares/contract.ts';
import type { Trip, TripTotals } from '../trips/contract.ts';
import type { SharedTrip } from './contract.ts';
import { itineraryOf, type LegEnd } from './itinerary.ts';
import { endName, modeName, wallClockOf } from './words.ts';

/** Served beside the pages: they allow no inline style. */
export const PRINT_STYLE_PATH = '/api/trip-page.css';
export const printStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}
ol{list-style:none;padding:0;margin:1rem 0}
li{border-top:1px solid;padding:.75rem 0;break-inside:avoid}
h2{font-size:1rem;margin:0}
p,dl{margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}
dd{margin:0}
@media print{body{padding:0;font-size:11pt}}
`;

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

interface PageLeg {
  readonly mode: string;
  readonly line: string | null;
  readonly from: Pick<LegEnd, 'name' | 'code' | 'zone'> | null;
  readonly to: Pick<LegEnd, 'name' | 'code' | 'zone'> | null;
  readonly departure: string | null;
  readonly arrival: string | null;
  readonly price: Amounts | null;
  /** What is known of its booking, in words. */
  readonly booking: string | null;
}

interface Page {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly legs: readonly PageLeg[];
  readonly zone: string;
}

/** The caller's own trip to print, with bookings and costs. */
export function tripPage(trip: Trip): string {
  const legs = itineraryOf(trip).legs.map((leg): PageLeg => {
    const { booking } = leg;
    const known = booking?.isBooked
      ? [
          'Booked',
          booking.platform,
          booking.bookingRef,
          booking.fareClass,
          costText(booking.cost, booking.currency),
        ]
      : booking
        ? ['Not booked yet']
        : [];
    return { ...leg, booking: known.filter(Boolean).join(' · ') || null };
  });
  return page({
    title: `${trip.origin.name} → ${trip.destination.name}`,
    facts: [...factsOf(trip), ...totalFacts(trip.totals)],
    legs,
    zone: trip.timezone,
  });
}

/** A trip under a link, with nothing but what the link shows. */
export const sharedPage = (trip: SharedTrip): string =>
  page({
    title: `${trip.origin} → ${trip.destination}`,
    facts: [...(trip.sharedBy === null ? [] : [['Shared by', trip.sharedBy] as const]), ...factsOf(trip)],
    legs: trip.legs.map(({ booked, ...leg }) => ({
      ...leg,
      booking: booked === null ? null : booked ? 'Booked' : 'Not booked yet',
    })),
    zone: trip.timezone,
  });

const statusWords: Readonly<Record<Trip['status'], string>> = {
  PLANNED: 'Planned',
  PARTIALLY_BOOKED: 'Partly booked',
  FULLY_BOOKED: 'Booked',
  IN_PROGRESS: 'Under way',
  COMPLETED: 'Over',
  CANCELLED: 'Cancelled',
};

const factsOf = ({ date, time, passengers, status }: Pick<Trip, 'date' | 'time' | 'passengers' | 'status'>) =>
  [
    ['Date', [formatShortDate(date), date.slice(0, 4), time].filter(Boolean).join(' ')],
    ['Passengers', String(passengers)],
    ['Status', statusWords[status]],
  ] as const;

function totalFacts({ estimate, paidMinor, open, otherPaid }: TripTotals): (readonly [string, string])[] {
  const paid = [
    ...(paidMinor > 0 ? [formatRupees(paidMinor)] : []),
    ...otherPaid.map(({ minor, currency }) => costText(minor, currency)),
  ];
  return [
    ...(estimate ? [['Estimate', rangeText(estimate)] as const] : []),
    ...(paid.length > 0 ? [['Paid so far', paid.join(', ')] as const] : []),
    ...(paid.length > 0 && open ? [['Still open', rangeText(open)] as const] : []),
  ];
}

/** Minor units of most currencies are hundredths; of what is not in rupees the code is said. */
const costText = (minor: number | null, currency: string): string =>
  minor === null ? '' : currency === 'INR' ? formatRupees(minor) : `${currency} ${(minor / 100).toFixed(2)}`;

const rangeText = ({ lowMinor, highMinor }: Amounts): string =>
  lowMinor === highMinor ? formatRupees(lowMinor) : `${formatRupees(lowMinor)} to ${formatRupees(highMinor)}`;

const page = ({ title, facts, legs, zone }: Page): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${PRINT_STYLE_PATH}"></head>
<body><main><h1>${escapeHtml(title)}</h1>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
${legs.length > 0 ? `<ol>${legs.map((leg) => legItem(leg, zone)).join('\n')}</ol>` : '<p>No route is chosen yet.</p>'}
<p>Prices are indicative. Check times with the operator before you travel.</p>
</main></body></html>`;

function legItem(leg: PageLeg, zone: string): string {
  const parts = [
    `<h2>${escapeHtml(leg.line ?? modeName(leg.mode))}</h2>`,
    `<p>${endText(leg.departure, leg.from, zone)} → ${endText(leg.arrival, leg.to, zone)}</p>`,
    ...(leg.booking === null ? [] : [`<p>${escapeHtml(leg.booking)}</p>`]),
    ...(leg.price && leg.price.highMinor > 0 ? [`<p>${escapeHtml(rangeText(leg.price))}</p>`] : []),
  ];
  return `<li>${parts.join('')}</li>`;
}

function endText(instant: string | null, end: PageLeg['from'], tripZone: string): string {
  const zone = end?.zone ?? tripZone;
  const where = end ? escapeHtml(endName(end)) : '';
  if (instant === null) return where || '?';
  const { date, day, clock } = wallClockOf(instant, zone);
  const abroad = zone === tripZone ? '' : ` (${escapeHtml(zone)})`;
  return `<time datetime="${date}T${clock}">${day} ${clock}</time>${abroad} ${where}`.trimEnd();
}
