/** A route for tests and the style guide: one leg of each mode asked for, an hour each, half an hour between them. */
import type { Leg, LegMode, Route } from './shapes.ts';

const place = (name: string) => ({
  name,
  code: null,
  city: name,
  stopId: null,
  lat: 20,
  lng: 77,
  zone: 'Asia/Kolkata',
});

const instant = (minute: number): string =>
  `${new Date(Date.UTC(2026, 11, 4, 0, minute)).toISOString().slice(0, 16)}+05:30`;

function exampleLeg(mode: LegMode, index: number, start: number): Leg {
  return {
    index,
    mode,
    from: place(`Place ${index}`),
    to: place(`Place ${index + 1}`),
    departure: instant(start + index * 90),
    arrival: instant(start + index * 90 + 60),
    durationMinutes: 60,
    distanceKm: 50,
    line: null,
    run: null,
    intermediateStops: 0,
    everyMinutes: null,
    bufferMinutes: 0,
    price: null,
    fares: [],
    concession: null,
    bookable: false,
  };
}

export interface Example {
  readonly id?: string;
  readonly modes?: readonly LegMode[];
  /** Minute of 4 December 2026 at which it leaves. */
  readonly start?: number;
  readonly rupees?: number | null;
}

export function exampleRoute({
  id = 'r',
  modes = ['train'],
  start = 600,
  rupees = 1000,
}: Example = {}): Route {
  const legs = modes.map((mode, index) => exampleLeg(mode, index, start));
  const minor = rupees === null ? null : rupees * 100;
  return {
    id,
    legs,
    departure: legs[0]!.departure,
    arrival: legs.at(-1)!.arrival,
    durationMinutes: legs.length * 90 - 30,
    dayShift: 0,
    changes: legs.length - 1,
    modes: [...new Set(modes)],
    mainMode: modes[0]!,
    price:
      minor === null
        ? null
        : {
            lowMinor: minor,
            likelyMinor: minor,
            highMinor: minor,
            currency: 'INR',
            indicative: true,
            class: null,
            classCode: null,
            basis: '',
            source: '',
            asOf: '2026-11-01',
            certainty: 'D',
          },
    saving: null,
    effectivePrice: null,
    labels: [],
    reasons: [],
    why: [],
    tightestChange: null,
    spareMinutes: null,
    risk: null,
    comfort: null,
  };
}
