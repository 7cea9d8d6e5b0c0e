import { z } from 'zod';
import { isZone } from '../../units/time.ts';
import { type Amounts, amountsSchema } from '../fares/contract.ts';
import type { BookingLeg, Trip } from '../trips/contract.ts';

/** One end of a leg, as far as the kept route says it. */
export interface LegEnd {
  readonly name: string;
  readonly code: string | null;
  readonly zone: string;
}

export interface ItineraryLeg {
  readonly index: number;
  readonly mode: string;
  readonly line: string | null;
  readonly from: LegEnd | null;
  readonly to: LegEnd | null;
  /** Instants with their offset. */
  readonly departure: string | null;
  readonly arrival: string | null;
  /** To be there before the departure. */
  readonly bufferMinutes: number;
  readonly price: Amounts | null;
  /** Null for what is not booked with anybody. */
  readonly booking: BookingLeg | null;
}

/** A trip as one reads it: for print, text, calendar and those it is shared with. */
export interface Itinerary {
  readonly trip: Trip;
  readonly departure: string | null;
  readonly arrival: string | null;
  readonly legs: readonly ItineraryLeg[];
}

const text = z.string().min(1).max(300);
/** Offsets such as `+05:30` are zones to the runtime, but not to calendar programs. */
const zoneText = text.refine((zone) => /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone) && isZone(zone));
const YEARS = [Date.UTC(1971, 0, 1), Date.UTC(2200, 0, 1)] as const;
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(null);

// A kept route may be of any version: what a leg does not say, or says in another way, is left out.
const endSchema = z.object({
  name: text,
  code: optional(text),
  zone: optional(zoneText),
});
const legSchema = z.object({
  line: optional(z.object({ name: text })),
  from: optional(endSchema),
  to: optional(endSchema),
  bufferMinutes: optional(z.number().int().min(0).max(1440)),
  price: optional(amountsSchema),
});

/** Reads a trip's route as far as it is a route of a search. */
export function itineraryOf(trip: Trip): Itinerary {
  const { selectedRoute, bookingLegs, timezone } = trip;
  const bookings = new Map(bookingLegs.map((leg) => [leg.legIndex, leg]));
  const end = (place: z.infer<typeof endSchema> | null | undefined): LegEnd | null =>
    place ? { name: place.name, code: place.code ?? null, zone: place.zone ?? timezone } : null;
  const legs = (selectedRoute?.legs ?? []).map((leg, index): ItineraryLeg => {
    const read = legSchema.parse(leg);
    return {
      index,
      mode: leg.mode,
      line: read.line?.name ?? null,
      from: end(read.from),
      to: end(read.to),
      departure: possible(leg.departure),
      arrival: possible(leg.arrival),
      bufferMinutes: read.bufferMinutes ?? 0,
      price: read.price ?? null,
      booking: bookings.get(index) ?? null,
    };
  });
  return {
    trip,
    departure: possible(selectedRoute?.departure) ?? legs[0]?.departure ?? null,
    arrival: possible(selectedRoute?.arrival) ?? legs.at(-1)?.arrival ?? null,
    legs,
  };
}

/** An instant of the time of timetables; another is as good as none. */
function possible(instant: string | null | undefined): string | null {
  const at = Date.parse(instant ?? '');
  return at >= YEARS[0] && at < YEARS[1] ? (instant ?? null) : null;
}
