import { modeMask } from '../../engine/timetable/modes.ts';
import { distanceKm, type Position } from '../../units/geo.ts';
import type { Place } from './contract.ts';
import { displayName, fold } from './folding.ts';
import type { City, Gazetteer, Hub } from './gazetteer.ts';
import { matchHubs, type NetworkStops, platformsOf, StopGrid } from './networkStops.ts';

/** A place with what the index knows beyond what it shows. */
export interface KnownPlace {
  readonly place: Omit<Place, 'matched'>;
  /** Gazetteer city it is or lies in. */
  readonly cityId: string | null;
  /** Stops of the active network that are this place (a city: of all its hubs). */
  readonly stops: readonly number[];
  /** 0–99, breaks ties between equal matches. */
  readonly weight: number;
  readonly terms: readonly Term[];
}

export interface Term {
  /** As written. */
  readonly text: string;
  readonly folded: string;
  readonly words: readonly string[];
  readonly kind: 'name' | 'alias' | 'code';
}

/** Names of stops in other languages, by stop id. */
type OtherNames = ReadonlyMap<string, readonly string[]>;

/** A stop without a city of the gazetteer this near stands for itself. */
const CITY_KM = 25;

/** All places that can be typed: cities and hubs of the gazetteer and the stops of the active network. */
export class PlaceIndex {
  readonly places: readonly KnownPlace[];
  readonly cities: readonly City[];
  readonly grid: StopGrid;
  readonly #byId: ReadonlyMap<string, KnownPlace>;
  readonly #byStop = new Map<number, KnownPlace>();

  /** `otherNames`: names in other languages by stop id. */
  constructor(gazetteer: Gazetteer, stops: NetworkStops, otherNames: OtherNames = new Map()) {
    this.cities = gazetteer.cities;
    this.grid = new StopGrid(stops);
    const matched = matchHubs(gazetteer, stops, this.grid);
    const hubs = hubPlaces(gazetteer, matched, stops, otherNames);
    const taken = new Set([...matched.values()].flat());
    const own = stopPlaces(gazetteer, stops, taken, otherNames);
    this.places = [...cityPlaces(gazetteer, matched), ...hubs, ...own];
    this.#byId = new Map(this.places.map((known) => [known.place.id, known]));
    for (const known of [...hubs, ...own]) for (const stop of known.stops) this.#byStop.set(stop, known);
  }

  find(id: string): KnownPlace | undefined {
    return this.#byId.get(id);
  }

  /** The station or hub that a stop of the network belongs to. */
  placeOfStop(stop: number): KnownPlace | undefined {
    return this.#byStop.get(stop);
  }

  nearestCity(at: Position, withinKm = CITY_KM): City | undefined {
    return nearest(this.cities, at, withinKm);
  }
}

function nearest<Item extends Position>(
  items: readonly Item[],
  at: Position,
  withinKm: number,
): Item | undefined {
  let best: Item | undefined;
  let bestKm = withinKm;
  for (const item of items) {
    // Most are far: a degree of latitude is 111 km everywhere, so no distance need be worked out.
    if (Math.abs(item.lat - at.lat) * 111 > bestKm) continue;
    const km = distanceKm(item, at);
    if (km <= bestKm) {
      best = item;
      bestKm = km;
    }
  }
  return best;
}

const term = (text: string, kind: Term['kind']): Term => {
  const folded = fold(text);
  return { text, folded, words: folded.split(' '), kind };
};

function terms(name: string, code: string | null, aliases: readonly string[]): Term[] {
  const all = [term(name, 'name'), ...aliases.map((alias) => term(alias, 'alias'))];
  if (code) all.push(term(code, 'code'));
  return all.filter((one) => one.folded !== '');
}

function cityPlaces(gazetteer: Gazetteer, matched: ReadonlyMap<Hub, readonly number[]>): KnownPlace[] {
  return gazetteer.cities.map((city) => {
    const hubs = gazetteer.hubs.filter((hub) => hub.city === city.id);
    return {
      place: {
        id: `city:${city.id}`,
        kind: 'city',
        name: city.name,
        code: null,
        city: city.name,
        state: city.state,
        lat: city.lat,
        lng: city.lng,
        displayName: city.state === city.name ? city.name : `${city.name}, ${city.state}`,
        detail: cityDetail(city, hubs, gazetteer.hubs),
        hubs: countsOf(hubs),
        served: hubs.some((hub) => (matched.get(hub) ?? []).length > 0),
      },
      cityId: city.id,
      stops: hubs.flatMap((hub) => matched.get(hub) ?? []),
      weight: 100 - city.importance * 20,
      terms: terms(city.name, null, [...city.aliases, city.hindi]),
    };
  });
}

const countsOf = (hubs: readonly Hub[]): NonNullable<Place['hubs']> => {
  const count = (kind: Hub['kind']): number => hubs.filter((hub) => hub.kind === kind).length;
  return { station: count('station'), airport: count('airport'), bus_stand: count('bus_stand') };
};

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

function cityDetail(city: City, own: readonly Hub[], all: readonly Hub[]): string {
  const parts = (['station', 'airport', 'bus_stand'] as const).flatMap((kind) => {
    const count = own.filter((hub) => hub.kind === kind).length;
    return count > 0 ? [counted(count, kind.replace('_', ' '))] : [];
  });
  if (own.some((hub) => hub.kind === 'station')) return parts.join(', ');
  const station = nearest(
    all.filter((hub) => hub.kind === 'station'),
    city,
    80,
  );
  if (station)
    parts.push(
      `nearest station ${station.name} (${station.code}), ${Math.round(distanceKm(city, station))} km`,
    );
  return parts.join(', ') || 'City';
}

const hubWord = { station: 'Railway station', airport: 'Airport', bus_stand: 'Bus stand' } as const;

function hubPlaces(
  gazetteer: Gazetteer,
  matched: ReadonlyMap<Hub, readonly number[]>,
  stops: NetworkStops,
  otherNames: OtherNames,
): KnownPlace[] {
  const cities = new Map(gazetteer.cities.map((city) => [city.id, city]));
  const seen = new Set<string>();
  return gazetteer.hubs.map((hub) => {
    const city = cities.get(hub.city);
    const own = matched.get(hub) ?? [];
    const id = seen.has(hub.code) ? `hub:${hub.code}-${hub.kind}` : `hub:${hub.code}`;
    seen.add(hub.code);
    // Bus stands and metro stations have codes of our own making: nobody types or reads them.
    const code = hub.kind === 'bus_stand' ? null : hub.code;
    const inCity = city && fold(hub.name) !== fold(city.name) ? `, ${city.name}` : '';
    const unserved = own.length === 0 ? ', not in the active timetable' : '';
    return {
      place: {
        id,
        kind: hub.kind,
        name: hub.name,
        code,
        city: city?.name ?? null,
        state: city?.state ?? null,
        lat: hub.lat,
        lng: hub.lng,
        displayName: `${hub.name}${code ? ` (${code})` : ''}${inCity}`,
        detail: `${hubWord[hub.kind]}${city ? ` in ${city.name}` : ''}${unserved}`,
        hubs: null,
        served: unserved === '',
      },
      cityId: hub.city,
      stops: own,
      weight: 20 + busyness(own, stops) + (4 - (city?.importance ?? 4)) * 5,
      terms: terms(hub.name, code, [
        ...hub.aliases,
        hub.hindi,
        ...own.slice(0, 1).map((stop) => displayName(stops.stopName(stop))),
        ...own.slice(0, 1).flatMap((stop) => otherNames.get(stops.stopId(stop)) ?? []),
      ]),
    };
  });
}

/** 0 (no departure) … 60 (a thousand a day). */
const busyness = (own: readonly number[], stops: NetworkStops): number =>
  Math.min(60, 20 * Math.log10(1 + own.reduce((sum, stop) => sum + stops.departuresPerDay(stop), 0)));

const stopWord = {
  station: 'Railway station',
  airport: 'Airport',
  bus_stand: 'Bus stand',
  metro: 'Metro station',
  stop: 'Stop',
} as const;

const FLIGHT = modeMask(['flight']);
const TRAIN = modeMask(['train']);
const METRO = modeMask(['metro']);

function kindOfStop(modes: number): keyof typeof stopWord {
  if (modes & FLIGHT) return 'airport';
  if (modes & TRAIN) return 'station';
  return modes & METRO ? 'metro' : 'stop';
}

function stopPlaces(
  gazetteer: Gazetteer,
  stops: NetworkStops,
  taken: ReadonlySet<number>,
  otherNames: OtherNames,
): KnownPlace[] {
  const platforms = platformsOf(stops);
  const found: KnownPlace[] = [];
  for (let stop = 0; stop < stops.stopCount; stop++) {
    if (taken.has(stop) || stops.stopParent(stop) !== undefined) continue;
    const own = [stop, ...(platforms.get(stop) ?? [])];
    found.push(stopPlace(gazetteer, stops, own, otherNames.get(stops.stopId(stop)) ?? []));
  }
  return found;
}

function stopPlace(
  gazetteer: Gazetteer,
  stops: NetworkStops,
  own: readonly number[],
  aliases: readonly string[],
): KnownPlace {
  const stop = own[0] ?? 0;
  const at = { lat: stops.stopLat(stop), lng: stops.stopLng(stop) };
  const city = nearest(gazetteer.cities, at, CITY_KM);
  const kind = kindOfStop(own.reduce((mask, one) => mask | stops.stopModes(one), 0));
  const name = displayName(stops.stopName(stop));
  const printed = stops.stopCode(stop);
  const code = kind === 'station' || kind === 'airport' ? printed || null : null;
  const inCity = city && fold(name) !== fold(city.name) ? `, ${city.name}` : '';
  return {
    place: {
      id: `stop:${stops.stopId(stop)}`,
      kind,
      name,
      code,
      city: city?.name ?? null,
      state: city?.state ?? null,
      ...at,
      displayName: `${name}${code ? ` (${code})` : ''}${inCity}`,
      detail: `${stopWord[kind]}${city ? ` in ${city.name}` : ''}`,
      hubs: null,
      served: true,
    },
    cityId: city?.id ?? null,
    stops: own,
    weight: busyness(own, stops),
    terms: terms(name, code, aliases),
  };
}
