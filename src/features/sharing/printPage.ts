/** A trip as a page without a script: for who has a link to it, and for the printer. */
import { escapeHtml, htmlPage } from '../../units/htmlPage.ts';
import { type Language, localeOf } from '../../units/language.ts';
import { formatRupees } from '../../units/money.ts';
import { parseDate } from '../../units/time.ts';
import type { Amounts } from '../fares/contract.ts';
import type { Trip, TripTotals } from '../trips/contract.ts';
import type { SharedTrip } from './contract.ts';
import { itineraryOf, type LegEnd } from './itinerary.ts';
import { pageWords, type PageWords } from './pageWords.ts';
import { endName, modeName, wallClockOf } from './words.ts';

interface PageLeg {
  readonly mode: string;
  readonly line: string | null;
  readonly from: Pick<LegEnd, 'name' | 'code' | 'zone'> | null;
  readonly to: Pick<LegEnd, 'name' | 'code' | 'zone'> | null;
  readonly departure: string | null;
  readonly arrival: string | null;
  readonly price: Amounts | null;
  /** Whether it is booked; null: nobody books it. */
  readonly booked: boolean | null;
  /** What is known of its booking. */
  readonly booking: readonly string[];
}

interface PageTrip {
  readonly title: string;
  /** Below the title. */
  readonly facts: readonly string[];
  readonly legs: readonly PageLeg[];
  readonly totals: readonly (readonly [string, string])[];
  readonly zone: string;
  /** Where the same is read in another language; null: nowhere. */
  readonly address: string | null;
}

/** The caller's own trip to print, with bookings and costs. */
export function tripPage(trip: Trip, language: Language = 'en'): string {
  const words = pageWords[language];
  const legs = itineraryOf(trip).legs.map((leg): PageLeg => {
    const { booking } = leg;
    const known = booking?.isBooked
      ? [
          booking.platform,
          booking.bookingRef,
          booking.fareClass,
          paidText(words, booking.cost, booking.currency),
        ]
      : [];
    return {
      ...leg,
      booked: booking && booking.isBooked,
      booking: known.filter((fact) => fact !== null),
    };
  });
  return page(language, {
    title: `${trip.origin.name} → ${trip.destination.name}`,
    facts: factsOf(trip, words, language),
    legs,
    totals: totalsOf(trip.totals, words),
    zone: trip.timezone,
    address: null,
  });
}

/** A trip under a link, with nothing but what the link shows. `address`: path of the page. */
export function sharedPage(
  trip: SharedTrip,
  language: Language = 'en',
  address: string | null = null,
): string {
  const words = pageWords[language];
  const via = trip.stops.map(({ name }) => name);
  return page(language, {
    title: `${trip.origin} → ${trip.destination}`,
    facts: [
      ...factsOf(trip, words, language),
      ...(via.length > 0 ? [words.via(via.join(', '))] : []),
      ...(trip.sharedBy === null ? [] : [words.sharedBy(trip.sharedBy)]),
    ],
    legs: trip.legs.map((leg) => ({ ...leg, booking: [] })),
    totals: [],
    zone: trip.timezone,
    address,
  });
}

/** What a link shows that shows nothing (any more). */
export function nothingPage(language: Language): string {
  const words = pageWords[language];
  return frame(language, words.gone, null, `<p>${words.goneText}</p>`);
}

const factsOf = (
  { date, time, passengers, status }: Pick<Trip, 'date' | 'time' | 'passengers' | 'status'>,
  words: PageWords,
  language: Language,
): string[] => [
  [dayOf(date, language), date.slice(0, 4), ...(time === null ? [] : [words.at(time)])].join(' '),
  words.travellers(passengers),
  words.status[status],
];

function totalsOf(
  { estimate, paidMinor, open, otherPaid }: TripTotals,
  words: PageWords,
): [string, string][] {
  const paid = [
    ...(paidMinor > 0 ? [formatRupees(paidMinor)] : []),
    ...otherPaid.map(({ minor, currency }) => costText(minor, currency)),
  ];
  return [
    ...(estimate ? [[words.estimate, rangeText(estimate, words)] as [string, string]] : []),
    ...(paid.length > 0 ? [[words.paidSoFar, paid.join(', ')] as [string, string]] : []),
    ...(paid.length > 0 && open ? [[words.stillOpen, rangeText(open, words)] as [string, string]] : []),
  ];
}

/** Minor units of most currencies are hundredths; of what is not in rupees the code is said. */
const costText = (minor: number, currency: string): string =>
  currency === 'INR' ? formatRupees(minor) : `${currency} ${(minor / 100).toFixed(2)}`;
const paidText = (words: PageWords, minor: number | null, currency: string): string | null =>
  minor === null ? null : words.paid(costText(minor, currency));

const rangeText = ({ lowMinor, highMinor }: Amounts, words: PageWords): string =>
  lowMinor === highMinor
    ? formatRupees(lowMinor)
    : `${formatRupees(lowMinor)}${words.to}${formatRupees(highMinor)}`;

/** `Fri 4 Dec`, in the language. */
function dayOf(date: string, language: Language): string {
  const day = parseDate(date);
  if (day === null) return date;
  const part = (name: 'weekday' | 'month'): string =>
    new Intl.DateTimeFormat(localeOf[language], { [name]: 'short', timeZone: 'UTC' }).format(
      day * 86_400_000,
    );
  return `${part('weekday')} ${Number(date.slice(8))} ${part('month')}`;
}

function page(language: Language, { title, facts, legs, totals, zone, address }: PageTrip): string {
  const words = pageWords[language];
  const bookable = legs.filter(({ booked }) => booked !== null);
  const progress = words.progress(bookable.filter(({ booked }) => booked).length, bookable.length);
  let day = '';
  const items = legs.map((leg) => {
    const item = legItem(leg, { zone, language, after: day });
    day = item.day;
    return item.html;
  });
  return frame(
    language,
    title,
    address,
    `<p class="soft">${facts.map(escapeHtml).join(' · ')}</p>
${bookable.length > 0 ? `<p class="progress">${progress}</p>` : ''}
${items.length > 0 ? `<ol>${items.join('\n')}</ol>` : `<p>${words.noRoute}</p>`}
${totals.length > 0 ? `<dl>${totals.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>` : ''}
<p class="soft">${words.honesty}</p>`,
  );
}

/** Served beside the pages: they allow no inline style. */
export const PRINT_STYLE_PATH = '/api/trip-page.css';

const frame = (language: Language, title: string, address: string | null, body: string): string =>
  htmlPage({
    language,
    title,
    style: PRINT_STYLE_PATH,
    address,
    body: `${body}
<p class="screen"><a class="action" href="/">${pageWords[language].own}</a></p>`,
  });

interface Placing {
  readonly zone: string;
  readonly language: Language;
  /** The date that stands above. */
  readonly after: string;
}

function legItem(
  leg: PageLeg,
  { zone, language, after }: Placing,
): { readonly html: string; readonly day: string } {
  const words = pageWords[language];
  const start = stopRow(leg.departure, leg.from, { zone, language, after });
  const end = stopRow(leg.arrival, leg.to, { zone, language, after: start.day });
  const mode = words.modes[leg.mode] ?? modeName(leg.mode);
  const priced = leg.price && leg.price.highMinor > 0 ? [words.price(rangeText(leg.price, words))] : [];
  const known = [...leg.booking, ...(leg.booked ? [] : priced)];
  const state =
    leg.booked === null
      ? ''
      : `<span class="${leg.booked ? 'booked' : 'open'}">${leg.booked ? words.booked : words.open}</span> `;
  const html = `<li data-mode="${escapeHtml(leg.mode)}">${start.html}
<div class="ride"><h2><span class="mode">${escapeHtml(mode)}</span>${leg.line === null ? '' : ` ${escapeHtml(leg.line)}`}</h2>
${state === '' && known.length === 0 ? '' : `<p>${state}${known.map(escapeHtml).join(' · ')}</p>`}</div>
${end.html}</li>`;
  return { html, day: end.day };
}

function stopRow(
  instant: string | null,
  end: PageLeg['from'],
  { zone: tripZone, language, after }: Placing,
): { readonly html: string; readonly day: string } {
  const zone = end?.zone ?? tripZone;
  const where = end ? escapeHtml(endName(end)) : '';
  if (instant === null) return { html: `<p class="stop"><span></span>${where || '?'}</p>`, day: after };
  const { date, clock } = wallClockOf(instant, zone);
  const day = date === after ? '' : `<p class="day">${escapeHtml(dayOf(date, language))}</p>`;
  const abroad = zone === tripZone ? '' : ` (${escapeHtml(zone)})`;
  return {
    html: `${day}<p class="stop"><time datetime="${date}T${clock}">${clock}</time><span>${where}${abroad}</span></p>`,
    day: date,
  };
}
