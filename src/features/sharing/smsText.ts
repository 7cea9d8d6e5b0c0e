import type { Trip } from '../trips/contract.ts';
import { type ItineraryLeg, itineraryOf, type LegEnd } from './itinerary.ts';
import { modeName, wallClockOf } from './words.ts';

export const MAX_SEGMENTS = 3;

/** GSM 03.38, the default alphabet; those after take an escape before them, two units each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units in one message, and in each part of one that takes several: the rest numbers the parts. */
const SIZES = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

export interface SmsLength {
  readonly encoding: keyof typeof SIZES;
  readonly segments: number;
}

/**
 * How many messages a text takes. One character outside GSM 03.38 makes all of it UCS-2. A character is never split
 * over two parts: an escape stays with what it escapes, and the halves of a surrogate pair together.
 */
export function smsLength(text: string): SmsLength {
  const characters = Array.from(text);
  const gsm = characters.every((one) => BASIC.has(one) || EXTENDED.has(one));
  const encoding = gsm ? 'gsm7' : 'ucs2';
  const sizes = characters.map((one) => (gsm ? (EXTENDED.has(one) ? 2 : 1) : one.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = SIZES[encoding];
  if (units <= alone) return { encoding, segments: units === 0 ? 0 : 1 };
  let [segments, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > part) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return { encoding, segments };
}

const fits = (text: string): boolean => smsLength(text).segments <= MAX_SEGMENTS;

/** How much is said: of names so many characters, codes in their place, ways by road, references. */
interface Detail {
  readonly name: number;
  readonly codes: boolean;
  readonly roads: boolean;
  readonly references: boolean;
}

/** From all to the least; the reference is what one needs most at the gate. */
const DETAILS: readonly Detail[] = [
  { name: 40, codes: false, roads: true, references: true },
  { name: 24, codes: true, roads: true, references: true },
  { name: 24, codes: true, roads: false, references: true },
  { name: 12, codes: true, roads: false, references: true },
  { name: 12, codes: true, roads: false, references: false },
  { name: 6, codes: true, roads: false, references: false },
];

/**
 * A trip as text that fits into three messages: a line for the trip, a line a leg. What does not fit is said shorter,
 * then left out from the middle, and it says so.
 */
export function tripText(trip: Trip): string {
  const { legs } = itineraryOf(trip);
  for (const detail of DETAILS) {
    const whole = [headLine(trip, detail), ...legLines(trip, legs, detail)].join('\n');
    if (fits(whole)) return whole;
  }
  const least = DETAILS.at(-1)!;
  const head = headLine(trip, least);
  const lines = legLines(trip, legs, least);
  for (let kept = lines.length - 1; kept >= 2; kept--) {
    const tail = Math.floor(kept / 2);
    const shown = [...lines.slice(0, kept - tail), `(${lines.length - kept} more)`, ...lines.slice(-tail)];
    const text = [head, ...shown].join('\n');
    if (fits(text)) return text;
  }
  return head;
}

/** Marks that have a letter of the alphabet beneath are written by it, so that 160 characters do not become 70. */
const plain = (text: string): string =>
  Array.from(text.normalize('NFC'), (one) => {
    if (BASIC.has(one)) return one;
    const bare = one.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    return bare !== '' && Array.from(bare).every((letter) => BASIC.has(letter)) ? bare : one;
  }).join('');

const oneLine = (text: string): string => plain(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim());

function shortened(text: string, most: number): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= most
    ? characters.join('')
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}.`;
}

const endText = (end: LegEnd | null, { name, codes }: Detail): string =>
  end ? shortened(codes && end.code !== null ? end.code : end.name, name) : '?';

function headLine(trip: Trip, { name }: Detail): string {
  const [from, to] = [shortened(trip.origin.name, name), shortened(trip.destination.name, name)];
  const cancelled = trip.status === 'CANCELLED' ? 'CANCELLED ' : '';
  return `${cancelled}${from}-${to} ${shortDate(trip.date)}`;
}

/** `2026-12-15` → `15/12`. */
const shortDate = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}`;

const isRoad = ({ mode, line }: ItineraryLeg): boolean =>
  line === null && mode !== 'train' && mode !== 'flight';

/** Each day is said once, where it begins. */
function legLines(trip: Trip, legs: readonly ItineraryLeg[], detail: Detail): string[] {
  let day = trip.date;
  const dated = (instant: string | null, zone: string): string => {
    if (instant === null) return '';
    const { date, clock } = wallClockOf(instant, zone);
    const shown = date === day ? clock : `${shortDate(date)} ${clock}`;
    day = date;
    return shown;
  };
  return legs
    .filter((leg) => leg.mode !== 'walk' && (detail.roads || !isRoad(leg)))
    .map((leg) => {
      const { from, to, booking } = leg;
      const what = shortened(leg.line ?? modeName(leg.mode), detail.name);
      const start = dated(leg.departure, from?.zone ?? trip.timezone);
      const end = dated(leg.arrival, to?.zone ?? trip.timezone);
      const reference = detail.references && booking?.isBooked ? (booking.bookingRef ?? '') : '';
      return [
        start,
        what,
        `${endText(from, detail)}-${endText(to, detail)}`,
        end,
        reference && oneLine(reference),
      ]
        .filter((part) => part !== '')
        .join(' ');
    });
}
