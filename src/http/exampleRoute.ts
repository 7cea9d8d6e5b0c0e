import type { z } from '@hono/zod-openapi';
import type { routeSchema } from '../features/journeys/contract.ts';

type Route = z.input<typeof routeSchema>;
type Leg = Route['legs'][number];

const zone = 'Asia/Kolkata';
const priced = (lowMinor: number, likelyMinor: number, highMinor: number): NonNullable<Leg['price']> => ({
  lowMinor,
  likelyMinor,
  highMinor,
  currency: 'INR',
  indicative: true,
  class: 'Ordinary bus',
  classCode: 'ORDINARY',
  basis: '₹1.30–1.67 per km',
  source: 'RouteStitch assumption between two published rates',
  asOf: '2026-11-22',
  certainty: 'D',
});
const place = (name: string, city: string, stopId: string, lat: number, lng: number): Leg['from'] => ({
  name,
  code: null,
  city,
  stopId,
  lat,
  lng,
  zone,
});
const shimla = place('Shimla ISBT Tutikandi', 'Shimla', 'BS-SHIMLA-ISBT', 31.097, 77.15);
const dehradun = place('Dehradun ISBT', 'Dehradun', 'BS-DEHRADUN-ISBT', 30.288, 77.998);
const rishikesh = place('Rishikesh ISBT', 'Rishikesh', 'BS-RISHIKESH-ISBT', 30.112, 78.293);

/** What two buses have in common. */
const bus = {
  mode: 'bus',
  intermediateStops: 0,
  everyMinutes: null,
  bufferMinutes: 20,
  bookable: true,
} as const;

/** A route of the bundled timetable as a search answers it, for the examples of what takes one. */
export const exampleRoute: Route = {
  id: '27840ccc4e430638',
  legs: [
    {
      ...bus,
      index: 0,
      from: shimla,
      to: dehradun,
      departure: '2026-12-15T20:30+05:30',
      arrival: '2026-12-16T04:30+05:30',
      durationMinutes: 480,
      distanceKm: 225,
      line: {
        id: 'bus-BS-SHIMLA-ISBT-BS-DEHRADUN-ISBT-HRTC-ordinary-480',
        name: 'HRTC Ordinary',
        number: null,
        operator: 'HRTC',
        headsign: 'Dehradun ISBT',
        color: null,
      },
      run: {
        id: 'bus-BS-SHIMLA-ISBT-BS-DEHRADUN-ISBT-HRTC-ordinary-480-1230',
        serviceDate: '2026-12-15',
      },
      price: priced(29_500, 33_500, 38_000),
    },
    {
      ...bus,
      index: 1,
      from: dehradun,
      to: rishikesh,
      departure: '2026-12-16T05:40+05:30',
      arrival: '2026-12-16T07:10+05:30',
      durationMinutes: 90,
      distanceKm: 44,
      line: {
        id: 'bus-BS-DEHRADUN-ISBT-BS-RISHIKESH-ISBT-UTC-ordinary-90',
        name: 'UTC Ordinary',
        number: null,
        operator: 'UTC',
        headsign: 'Rishikesh ISBT',
        color: null,
      },
      run: {
        id: 'bus-BS-DEHRADUN-ISBT-BS-RISHIKESH-ISBT-UTC-ordinary-90-340',
        serviceDate: '2026-12-16',
      },
      price: priced(6000, 7000, 7500),
    },
  ],
  departure: '2026-12-15T20:30+05:30',
  arrival: '2026-12-16T07:10+05:30',
  durationMinutes: 640,
  dayShift: 1,
  changes: 1,
  modes: ['bus'],
  mainMode: 'bus',
  price: { ...priced(35_500, 40_500, 45_500), class: null, classCode: null, basis: 'sum of the legs' },
  labels: ['CHEAPEST'],
  reasons: ['Lowest indicative price: about ₹405.'],
  tightestChange: { atLeg: 1, minutes: 70, place: 'Dehradun ISBT' },
};
