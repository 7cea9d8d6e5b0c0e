import { distanceKm } from '../../src/units/geo.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { serviceDayStart } from '../../src/units/time.ts';

/**
 * A country that does not exist, at the scale of one that does: at size 1 about 10,000 trains that call 20 times
 * and run for up to three days, 115,000 buses and 1,400 flights a day, 1.03 million stop times. The same seed
 * gives the same country; size 2 has twice the runs over the same map.
 */
const STOPS = 8500;
const HUBS = 800;
const DAYS = 24;
const ZONE = 'Asia/Kolkata';
/** 1 January 2026. */
const FIRST_DAY = 20_454;
const SEED = 20260105;

/** Runs at size 1. */
const TRAIN_LINES = 5000;
const TRAIN_CALLS = 20;
const BUS_LINES = 9600;
const BUSES_A_LINE = 12;
/** At most; as many end sooner, so that a bus calls 7 times on average. */
const BUS_CALLS = 11;
/** Hops from neighbour to neighbour between the ends of a bus line. */
const BUS_WANDERS = 25;
const FLIGHTS = 1400;
const AIRPORTS = 60;

interface Draft {
  readonly offsets: number[];
  readonly stop: number[];
  readonly arrival: number[];
  readonly departure: number[];
  readonly distance: number[];
  readonly lines: TimetableInput['lines'][number][];
  readonly runs: TimetableInput['runs'][number][];
}

export function inventedCountry(size: number): TimetableInput {
  const random = lehmer(SEED);
  const below = (most: number): number => Math.floor(random() * most);
  const places = Array.from({ length: STOPS }, () => ({ lat: 10 + 20 * random(), lng: 70 + 18 * random() }));
  const km = (a: number, b: number): number => 1.25 * distanceKm(places[a]!, places[b]!);
  const near = neighbours(places);
  const draft: Draft = {
    offsets: [0],
    stop: [],
    arrival: [],
    departure: [],
    distance: [],
    lines: [],
    runs: [],
  };
  /** Greedy walk over the map towards a far stop. */
  const way = (from: number, to: number, calls: number): number[] => {
    const stops = [from];
    while (stops.length < calls && stops.at(-1) !== to) {
      const here = stops.at(-1)!;
      const closer = near[here]!.filter((stop) => km(stop, to) < km(here, to));
      stops.push(closer.length > 0 ? closer[below(closer.length)]! : to);
    }
    return stops;
  };
  const add = (
    line: number,
    stops: readonly number[],
    start: number,
    pace: number,
    stay: number,
    service: number,
  ) => {
    let [minute, mark] = [start, 0];
    stops.forEach((stop, position) => {
      if (position > 0) {
        const hop = km(stops[position - 1]!, stop);
        minute += Math.max(1, Math.ceil((hop / pace) * 60));
        mark += hop;
      }
      draft.stop.push(stop);
      draft.arrival.push(minute);
      if (position > 0 && position < stops.length - 1) minute += stay;
      draft.departure.push(minute);
      draft.distance.push(mark);
    });
    draft.offsets.push(draft.stop.length);
    const id = `run ${draft.runs.length}`;
    draft.runs.push({ id, line, service, number: '', headsign: '', headway: 0 });
  };
  const newLine = (routeType: number): number => {
    const id = `line ${draft.lines.length}`;
    draft.lines.push({ id, shortName: '', longName: '', operator: '', routeType, color: '' });
    return draft.lines.length - 1;
  };
  for (let n = 0; n < TRAIN_LINES * size; n++) {
    const line = newLine(2);
    const stops = way(below(HUBS), below(STOPS), TRAIN_CALLS);
    const [pace, start, service] = [35 + below(50), below(1440), below(8)];
    add(line, stops, start, pace, 4, service);
    add(line, stops.toReversed(), (start + 700) % 1440, pace, 4, service);
  }
  for (let n = 0; n < BUS_LINES * size; n++) {
    const line = newLine(3);
    const from = below(HUBS);
    let to = from;
    for (let hop = 0; hop < BUS_WANDERS; hop++) to = near[to]![below(12)]!;
    const stops = way(from, to, BUS_CALLS);
    if (stops.length < 2) stops.push(near[from]![0]!);
    const phase = below(120);
    for (let turn = 0; turn < BUSES_A_LINE; turn++) add(line, stops, phase + 110 * turn, 45, 3, 0);
  }
  for (let n = 0; n < FLIGHTS * size; n++) {
    const from = below(AIRPORTS);
    const to = (from + 1 + below(AIRPORTS - 1)) % AIRPORTS;
    add(newLine(1100), [from, to], 300 + below(1000), 700, 0, 0);
  }
  return {
    firstDay: FIRST_DAY,
    dayCount: DAYS,
    zones: [{ name: ZONE, dayStart: Int32Array.from({ length: DAYS }, (_, day) => dayStart(day)) }],
    stops: places.map((place, index) => ({
      id: `stop ${index}`,
      name: '',
      code: '',
      ...place,
      zone: 0,
      parent: -1,
    })),
    lines: draft.lines,
    // Service 0 runs every day, the others on some days of the week.
    services: Array.from({ length: 8 }, (_, service) => ({
      zone: 0,
      days: Uint8Array.from({ length: DAYS }, (_, day) =>
        service === 0 || (day * 3 + service) % 7 < 2 + (service % 5) ? 1 : 0,
      ),
    })),
    runs: draft.runs,
    stopTimes: {
      offsets: Uint32Array.from(draft.offsets),
      stop: Uint32Array.from(draft.stop),
      arrival: Int32Array.from(draft.arrival),
      departure: Int32Array.from(draft.departure),
      distance: Float32Array.from(draft.distance),
      flags: new Uint8Array(draft.stop.length),
    },
    links: [],
  };
}

const dayStart = (day: number): number =>
  serviceDayStart((FIRST_DAY + day) as Parameters<typeof serviceDayStart>[0], ZONE) - FIRST_DAY * 1440;

/** For every stop the 12 nearest others, by a grid of one degree. */
function neighbours(places: readonly { lat: number; lng: number }[]): number[][] {
  const cells = Map.groupBy(places.keys(), (stop) => cellOf(places[stop]!.lat, places[stop]!.lng));
  return places.map(({ lat, lng }, stop) => {
    const around: number[] = [];
    for (const dLat of [-1, 0, 1])
      for (const dLng of [-1, 0, 1]) around.push(...(cells.get(cellOf(lat + dLat, lng + dLng)) ?? []));
    const far = (other: number): number => (places[other]!.lat - lat) ** 2 + (places[other]!.lng - lng) ** 2;
    return around
      .filter((other) => other !== stop)
      .toSorted((a, b) => far(a) - far(b))
      .slice(0, 12);
  });
}

const cellOf = (lat: number, lng: number): number => Math.floor(lat) * 1000 + Math.floor(lng);

/** Numbers in [0, 1), the same for the same seed. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** A fare for each kind of line. */
export const inventedFares = {
  currency: 'INR',
  families: [
    {
      id: 'rail',
      route_types: [2],
      base_minor: 3000,
      slabs: [{ up_to_km: 200, minor_per_km: 60 }, { up_to_km: 800, minor_per_km: 48 }, { minor_per_km: 36 }],
      minimum_minor: 6000,
      round_up_to_minor: 500,
    },
    {
      id: 'bus',
      route_types: [3],
      slabs: [{ minor_per_km: 110 }],
      minimum_minor: 1000,
      round_up_to_minor: 100,
    },
    {
      id: 'flight',
      route_types: [1100],
      base_minor: 150_000,
      slabs: [{ minor_per_km: 350 }],
      round_up_to_minor: 100,
    },
  ],
};
