import { AppError } from '../../../errors.ts';
import { CallBuilder } from '../../../gtfs/calls.ts';
import type { Agency, Feed, Frequency, Route, Service, Stop, Trip } from '../../../gtfs/feed.ts';
import { distanceKm, type Position } from '../../../units/geo.ts';
import type { Gazetteer, LinkHub } from '../../places/index.ts';
import type { SampleBus, SampleFlights, SampleMetroLine, SampleTables, SampleTrain } from './tables.ts';

const SAMPLE_ZONE = 'Asia/Kolkata';
export const SAMPLE_NAME = 'India sample (approximate times)';

/** Extended GTFS route types. */
const routeTypes = {
  fastTrain: 101,
  train: 102,
  coach: 200,
  metro: 401,
  flight: 1100,
} as const;

const EVERY_DAY = 0b1111111;
const NO_FLAGS = 0;
/** Types whose word a fare rule looks for; added to names that leave it out. */
const trainTypeWords: Readonly<Record<string, string>> = {
  rajdhani: 'Rajdhani',
  shatabdi: 'Shatabdi',
  vande_bharat: 'Vande Bharat',
  duronto: 'Duronto',
  jan_shatabdi: 'Jan Shatabdi',
  garib_rath: 'Garib Rath',
  humsafar: 'Humsafar',
  tejas: 'Tejas',
};
const busTypeWords: Readonly<Record<string, string>> = {
  ordinary: 'Ordinary',
  express: 'Express',
  ac_seater: 'AC seater',
  ac_sleeper: 'AC sleeper',
  non_ac_sleeper: 'Non-AC sleeper',
  volvo: 'Volvo',
};

interface Call {
  readonly stop: number;
  readonly arrival: number;
  readonly departure: number;
  readonly km: number;
}

/** Makes the sample tables into a feed like any other, valid from `firstDay` to `lastDay`. */
export function sampleFeed(
  tables: SampleTables,
  gazetteer: Gazetteer,
  firstDay: number,
  lastDay: number,
): { feed: Feed; hubs: LinkHub[] } {
  const builder = new SampleFeedBuilder(tables, gazetteer, firstDay, lastDay);
  for (const train of tables.trains) builder.addTrain(train);
  for (const pair of tables.flights) builder.addFlights(pair);
  for (const bus of tables.buses) builder.addBus(bus);
  for (const line of tables.metroLines) builder.addMetro(line);
  return { feed: builder.finish(), hubs: builder.hubs };
}

class SampleFeedBuilder {
  readonly hubs: LinkHub[] = [];
  readonly #stops: Stop[] = [];
  readonly #stopByCode = new Map<string, number>();
  readonly #agencies: Agency[] = [];
  readonly #agencyByName = new Map<string, number>();
  readonly #routes: Route[] = [];
  readonly #routeById = new Map<string, number>();
  readonly #services: Service[] = [];
  readonly #serviceByDays = new Map<number, number>();
  readonly #trips: Trip[] = [];
  readonly #calls = new CallBuilder();
  readonly #frequencies: Frequency[] = [];
  readonly #firstDay: number;
  readonly #lastDay: number;

  constructor(tables: SampleTables, gazetteer: Gazetteer, firstDay: number, lastDay: number) {
    this.#firstDay = firstDay;
    this.#lastDay = lastDay;
    for (const hub of gazetteer.hubs) this.#addStop(stopId(hub.kind, hub.code), hub.kind, hub);
    for (const station of tables.metroStations) this.#addStop(station.code, 'metro', station);
  }

  addTrain({ number, name, type, days, calls }: SampleTrain): void {
    const straight = cumulativeKm(calls.map(({ code }) => this.#stops[this.#stop('station', code)]!));
    const word = trainTypeWords[type] ?? '';
    const longName = name.toLowerCase().includes(word.toLowerCase()) ? name : `${name} ${word}`;
    const route = this.#route(`train-${number}`, {
      operator: 'Indian Railways',
      shortName: number,
      longName,
      type: type === 'vande_bharat' ? routeTypes.fastTrain : routeTypes.train,
    });
    const last = this.#stops[this.#stop('station', calls.at(-1)!.code)]!;
    this.#addTrip(
      `train-${number}`,
      route,
      this.#service(days),
      last.name,
      calls.map(({ code, arrival, departure }, index) => ({
        stop: this.#stop('station', code),
        arrival,
        departure,
        km: straight[index]! * RAIL_DETOUR,
      })),
    );
  }

  addFlights({ from, to, minutes, flights }: SampleFlights): void {
    const [start, end] = [this.#stop('airport', from), this.#stop('airport', to)];
    for (const [index, { airline, departure }] of flights.entries()) {
      const route = this.#route(`flight-${from}-${to}-${airline}`, {
        operator: airline,
        shortName: airline,
        longName: `${this.#stops[start]!.name} – ${this.#stops[end]!.name}`,
        type: routeTypes.flight,
      });
      this.#addTrip(
        `flight-${from}-${to}-${index + 1}`,
        route,
        this.#service(EVERY_DAY),
        this.#stops[end]!.name,
        [
          { stop: start, arrival: departure, departure, km: NaN },
          { stop: end, arrival: departure + minutes, departure: departure + minutes, km: NaN },
        ],
      );
    }
  }

  addBus(bus: SampleBus): void {
    const halts = [{ code: bus.from, minutes: 0 }, ...bus.via, { code: bus.to, minutes: bus.minutes }];
    this.#addBusDirection(bus, halts);
    if (bus.oneway !== '') return;
    this.#addBusDirection(
      bus,
      halts.toReversed().map(({ code, minutes }) => ({ code, minutes: bus.minutes - minutes })),
    );
  }

  /** Trains of a metro run every few minutes: one pattern and a frequency for each direction. */
  addMetro(line: SampleMetroLine): void {
    for (const stations of [line.stations, line.stations.toReversed()]) {
      const stops = stations.map((code) => this.#stop('metro', code));
      const route = this.#route(`metro-${line.city}-${line.line}`, {
        operator: 'Metro',
        shortName: line.line,
        longName: `${this.#stops[stops[0]!]!.name} – ${this.#stops[stops.at(-1)!]!.name}`,
        type: routeTypes.metro,
        color: line.color,
      });
      const km = cumulativeKm(stops.map((stop) => this.#stops[stop]!));
      const total = km.at(-1)! || 1;
      const calls = stops.map((stop, index) => {
        const minute = line.first + Math.round((km[index]! / total) * line.minutes);
        return { stop, arrival: minute, departure: minute, km: NaN };
      });
      const end = this.#stops[stops.at(-1)!]!;
      const id = `metro-${line.city}-${line.line}-${end.id}`;
      const trip = this.#addTrip(id, route, this.#service(EVERY_DAY), end.name, calls);
      // The end of a frequency block is not a departure; the last departure of the line is one.
      const to = line.last * 60 + 1;
      const headway = Math.round(line.headway * 60);
      this.#frequencies.push({ trip, from: line.first * 60, to, headway, exact: false });
    }
  }

  finish(): Feed {
    return {
      name: 'sample',
      zone: SAMPLE_ZONE,
      agencies: this.#agencies,
      stops: this.#stops,
      routes: this.#routes,
      services: this.#services,
      trips: this.#trips,
      calls: this.#calls.finish(this.#trips.length),
      frequencies: this.#frequencies,
      patternTrips: new Set(this.#frequencies.map(({ trip }) => trip)),
      transfers: [],
      info: { publisher: 'RouteStitch', version: '' },
      runsRead: this.#trips.length,
      runsDropped: 0,
    };
  }

  #addBusDirection(bus: SampleBus, halts: readonly { code: string; minutes: number }[]): void {
    const stops = halts.map(({ code }) => this.#stop('bus_stand', code));
    const [first, last] = [this.#stops[stops[0]!]!, this.#stops[stops.at(-1)!]!];
    const type = busTypeWords[bus.type] ?? bus.type;
    const id = `bus-${first.id}-${last.id}-${bus.operator}-${bus.type}-${bus.minutes}`;
    const route = this.#route(id, {
      operator: bus.operator,
      shortName: type,
      longName: `${first.name} – ${last.name}`,
      type: routeTypes.coach,
    });
    for (const departure of bus.departures) {
      const calls = halts.map(({ minutes }, index) => ({
        stop: stops[index]!,
        arrival: departure + minutes,
        departure: departure + minutes,
        km: (bus.km * minutes) / bus.minutes,
      }));
      this.#addTrip(`${id}-${departure}`, route, this.#service(EVERY_DAY), last.name, calls);
    }
  }

  #addStop(
    id: string,
    kind: LinkHub['kind'],
    row: Position & { code: string; name: string; city: string },
  ): void {
    this.hubs.push({ stop: this.#stops.length, kind, city: row.city, lat: row.lat, lng: row.lng });
    this.#stopByCode.set(id, this.#stops.length);
    const { code, name, lat, lng } = row;
    this.#stops.push({ id, code, name, lat, lng, zone: '', isStation: false, parent: -1 });
  }

  #stop(kind: LinkHub['kind'], code: string): number {
    const stop = this.#stopByCode.get(stopId(kind, code));
    if (stop === undefined)
      throw new AppError(
        'CONFIGURATION',
        `data/sample names ${kind} ${code}, which data/gazetteer/hubs.csv lacks.`,
      );
    return stop;
  }

  #route(
    id: string,
    facts: { operator: string; shortName: string; longName: string; type: number; color?: string },
  ): number {
    const known = this.#routeById.get(id);
    if (known !== undefined) return known;
    const { operator, shortName, longName, type, color = '' } = facts;
    this.#routeById.set(id, this.#routes.length);
    return this.#routes.push({ id, agency: this.#agency(operator), shortName, longName, type, color }) - 1;
  }

  #agency(name: string): number {
    const known = this.#agencyByName.get(name);
    if (known !== undefined) return known;
    this.#agencyByName.set(name, this.#agencies.length);
    return this.#agencies.push({ id: name, name, zone: SAMPLE_ZONE }) - 1;
  }

  #service(weekdays: number): number {
    const known = this.#serviceByDays.get(weekdays);
    if (known !== undefined) return known;
    const periods = [{ weekdays, from: this.#firstDay, to: this.#lastDay }];
    this.#serviceByDays.set(weekdays, this.#services.length);
    return this.#services.push({ id: `days-${weekdays}`, periods, exceptions: new Map() }) - 1;
  }

  #addTrip(id: string, route: number, service: number, headsign: string, calls: readonly Call[]): number {
    const trip = this.#trips.push({ id, route, service, shortName: '', headsign }) - 1;
    for (const [sequence, { stop, arrival, departure, km }] of calls.entries())
      this.#calls.add(trip, sequence, stop, arrival, departure, km, NO_FLAGS, 0);
    return trip;
  }
}

/**
 * Rails between the main stops are longer than the straight lines: Delhi to Gorakhpur 792 km to 708, to Patna 1001 to
 * 908, to Katra 655 to 556. Fares go by kilometres.
 */
const RAIL_DETOUR = 1.12;

/** A station and an airport may share a code (GWL). */
const stopId = (kind: LinkHub['kind'], code: string): string => (kind === 'airport' ? `AIR-${code}` : code);

function cumulativeKm(positions: readonly Position[]): number[] {
  let sum = 0;
  return positions.map((position, index) => {
    if (index > 0) sum += distanceKm(positions[index - 1]!, position);
    return sum;
  });
}
