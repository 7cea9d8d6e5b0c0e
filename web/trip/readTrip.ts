/**
 * A trip as its page reads it. A kept route may come from another version or another program: a leg that is not whole
 * keeps its mode, its times and its booking, and the page shows these.
 */
import type { BookingLeg, Trip } from '../../src/features/trips/contract.ts';
import type { Leg } from '../search/shapes.ts';

export interface TripLeg {
  /** In the route, from 0. */
  readonly index: number;
  /** Among the legs that are booked, from 1; null: nothing is booked for it. */
  readonly number: number | null;
  readonly mode: string;
  /** Instants with their offset. */
  readonly departure: string | null;
  readonly arrival: string | null;
  readonly booking: BookingLeg | null;
  /** The leg as a search answered it; null when the route does not say all of it. */
  readonly whole: Leg | null;
}

export function legsOf({
  selectedRoute,
  bookingLegs,
}: Pick<Trip, 'selectedRoute' | 'bookingLegs'>): TripLeg[] {
  const numbers = new Map(bookingLegs.map(({ legIndex }, at) => [legIndex, at + 1]));
  const bookings = new Map(bookingLegs.map((leg) => [leg.legIndex, leg]));
  return (selectedRoute?.legs ?? []).map((leg, index) => ({
    index,
    number: numbers.get(index) ?? null,
    mode: leg.mode,
    departure: leg.departure ?? null,
    arrival: leg.arrival ?? null,
    booking: bookings.get(index) ?? null,
    whole: isWhole(leg) ? { ...leg, index } : null,
  }));
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const has = (fields: Fields, kind: 'string' | 'number', ...names: string[]): boolean =>
  names.every((name) => typeof fields[name] === kind);
const isPlace = (value: unknown): boolean =>
  isFields(value) && has(value, 'string', 'name', 'zone') && has(value, 'number', 'lat', 'lng');
const isNullOr = (value: unknown, is: (fields: Fields) => boolean): boolean =>
  value === null || (isFields(value) && is(value));

/** What the page, the platforms and the booking plan read of a leg. */
const isWhole = (leg: unknown): leg is Leg =>
  isFields(leg) &&
  has(leg, 'string', 'mode', 'departure', 'arrival') &&
  has(leg, 'number', 'durationMinutes', 'distanceKm', 'bufferMinutes', 'intermediateStops') &&
  isPlace(leg['from']) &&
  isPlace(leg['to']) &&
  isNullOr(leg['line'], (line) => has(line, 'string', 'id', 'name')) &&
  isNullOr(leg['run'], (run) => has(run, 'string', 'id', 'serviceDate')) &&
  isNullOr(leg['price'], (price) => has(price, 'number', 'lowMinor', 'likelyMinor', 'highMinor'));

/** "2 of 4 legs booked". */
export function progressOf({ bookingLegs }: Pick<Trip, 'bookingLegs'>): {
  readonly booked: number;
  readonly all: number;
} {
  return { booked: bookingLegs.filter(({ isBooked }) => isBooked).length, all: bookingLegs.length };
}

/** `•••1234`: enough to know a ticket by, too little for somebody who looks over a shoulder. */
export function maskedReference(reference: string): string {
  const characters = Array.from(reference);
  const shown = Math.min(4, Math.floor(characters.length / 2));
  return `•••${characters.slice(characters.length - shown).join('')}`;
}

/** Nothing of it can be changed any more. */
export const isClosed = ({ status, archivedAt }: Pick<Trip, 'status' | 'archivedAt'>): boolean =>
  archivedAt !== null || status === 'COMPLETED' || status === 'CANCELLED';
