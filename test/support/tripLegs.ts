/** Legs of a kept trip as a search answered them, for tests of what the page makes of them. */
import type { Leg } from '../../src/features/journeys/contract.ts';
import type { BookingLeg, Trip } from '../../src/features/trips/contract.ts';

const zone = 'Asia/Kolkata';
const placeOf = (name: string): Leg['from'] => ({
  name,
  code: null,
  city: null,
  stopId: name,
  lat: 28,
  lng: 77,
  zone,
});

/** `leg('train', 'Delhi 2026-12-04T21:05', 'Kanpur 2026-12-05T02:15')`, clocks of India. */
export function leg(mode: Leg['mode'], start: string, end: string, more: Partial<Leg> = {}): Leg {
  const [[from, departs], [to, arrives]] = [start, end].map((text) => {
    const at = text.lastIndexOf(' ');
    return [text.slice(0, at), `${text.slice(at + 1)}+05:30`] as const;
  }) as [readonly [string, string], readonly [string, string]];
  const timetabled = !['walk', 'taxi', 'auto'].includes(mode);
  return {
    index: 0,
    mode,
    from: placeOf(from),
    to: placeOf(to),
    departure: departs,
    arrival: arrives,
    durationMinutes: (Date.parse(arrives) - Date.parse(departs)) / 60_000,
    distanceKm: 100,
    line: timetabled
      ? {
          id: `line ${from}`,
          name: `Line of ${from}`,
          number: null,
          operator: null,
          headsign: null,
          color: null,
        }
      : null,
    run: timetabled ? { id: `run ${from}`, serviceDate: departs.slice(0, 10) } : null,
    intermediateStops: 0,
    everyMinutes: null,
    bufferMinutes: 0,
    price: null,
    fares: [],
    concession: null,
    bookable: mode !== 'walk',
    ...more,
  };
}

export const price = (likelyMinor: number, classCode: string | null = null): NonNullable<Leg['price']> => ({
  lowMinor: likelyMinor - 1000,
  likelyMinor,
  highMinor: likelyMinor + 1000,
  currency: 'INR',
  indicative: true,
  class: null,
  classCode,
  basis: '₹1 per km',
  source: 'test',
  asOf: '2026-11-22',
  certainty: 'D',
});

const booking = (legIndex: number, { mode, departure }: Leg, more: Partial<BookingLeg>): BookingLeg => ({
  id: `c${legIndex}`,
  legIndex,
  mode,
  isBooked: false,
  platform: null,
  bookingRef: null,
  fareClass: null,
  bookedAt: null,
  cost: null,
  currency: 'INR',
  departsAt: new Date(departure).toISOString(),
  remindAt: null,
  reminderSent: false,
  ...more,
});

/** A trip with these legs; `booked` says by index what is known of those that are booked. */
export function tripWith(
  legs: readonly Leg[],
  booked: Readonly<Record<number, Partial<BookingLeg>>> = {},
  more: Partial<Trip> = {},
): Trip {
  const place = { id: 'p', name: 'Delhi', lat: 28, lng: 77 };
  return {
    id: 'ctrip00000000',
    origin: place,
    destination: { ...place, name: 'Patna' },
    stops: null,
    date: '2026-12-04',
    time: null,
    timezone: zone,
    passengers: 2,
    preference: 'BALANCED',
    status: 'PLANNED',
    legCount: legs.filter(({ bookable }) => bookable).length,
    startsAt: new Date(legs[0]?.departure ?? '2026-12-04T00:00+05:30').toISOString(),
    endsAt: new Date(legs.at(-1)?.arrival ?? '2026-12-05T00:00+05:30').toISOString(),
    bookingLegs: legs.flatMap((one, index) =>
      one.bookable ? [booking(index, one, booked[index] ? { isBooked: true, ...booked[index] } : {})] : [],
    ),
    createdAt: '2026-11-01T10:00:00.000Z',
    updatedAt: '2026-11-01T10:00:00.000Z',
    totals: {
      currency: 'INR',
      estimate: null,
      paidMinor: 0,
      paidEstimate: null,
      open: null,
      expected: null,
      otherPaid: [],
      unpricedLegs: [],
    },
    selectedRoute: legs.length === 0 ? null : { legs: legs.map((one, index) => ({ ...one, index })) },
    archivedAt: null,
    ...more,
  };
}

/** Milliseconds of a wall clock of India: `2026-12-04T21:05`. */
export const indian = (clock: string): number => Date.parse(`${clock}+05:30`);
