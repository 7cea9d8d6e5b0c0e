import { modeMask } from '../../engine/timetable/modes.ts';
import { distanceKm, type Position } from '../../units/geo.ts';
import type { Gazetteer, Hub, HubKind } from './gazetteer.ts';
import { fold } from './folding.ts';

/** What places need to know of the active network; the engine's image has these accessors. */
export interface NetworkStops {
  readonly stopCount: number;
  stopId(stop: number): string;
  stopName(stop: number): string;
  stopCode(stop: number): string;
  stopLat(stop: number): number;
  stopLng(stop: number): number;
  /** The station a platform belongs to. */
  stopParent(stop: number): number | undefined;
  /** Mean over the active days. */
  departuresPerDay(stop: number): number;
  /** Bit mask of the engine's modes that call here. */
  stopModes(stop: number): number;
}

const CELL_DEGREES = 0.25;
const KM_PER_DEGREE = 111.2;

/** Stops by position, in cells of a quarter degree. */
export class StopGrid {
  readonly #cells = new Map<number, number[]>();
  readonly #lat: Float64Array;
  readonly #lng: Float64Array;

  constructor(stops: Pick<NetworkStops, 'stopCount' | 'stopLat' | 'stopLng'>) {
    this.#lat = Float64Array.from({ length: stops.stopCount }, (_, stop) => stops.stopLat(stop));
    this.#lng = Float64Array.from({ length: stops.stopCount }, (_, stop) => stops.stopLng(stop));
    for (let stop = 0; stop < stops.stopCount; stop++) {
      const key = cellKey(this.#lat[stop] ?? 0, this.#lng[stop] ?? 0);
      const cell = this.#cells.get(key);
      if (cell) cell.push(stop);
      else this.#cells.set(key, [stop]);
    }
  }

  /** Stops within `radiusKm` (great circle), nearest first. */
  near(at: Position, radiusKm: number): { stop: number; km: number }[] {
    const latSpan = radiusKm / KM_PER_DEGREE;
    const lngSpan = latSpan / Math.max(0.05, Math.cos((at.lat * Math.PI) / 180));
    const found: { stop: number; km: number }[] = [];
    for (let lat = at.lat - latSpan; lat < at.lat + latSpan + CELL_DEGREES; lat += CELL_DEGREES) {
      for (let lng = at.lng - lngSpan; lng < at.lng + lngSpan + CELL_DEGREES; lng += CELL_DEGREES) {
        for (const stop of this.#cells.get(cellKey(lat, lng)) ?? []) {
          const km = distanceKm(at, { lat: this.#lat[stop] ?? 0, lng: this.#lng[stop] ?? 0 });
          if (km <= radiusKm) found.push({ stop, km });
        }
      }
    }
    return found.toSorted((a, b) => a.km - b.km || a.stop - b.stop);
  }
}

const cellKey = (lat: number, lng: number): number =>
  Math.floor((lat + 90) / CELL_DEGREES) * 10_000 + Math.floor((lng + 180) / CELL_DEGREES);

/** The platforms of each station that has any. */
export function platformsOf(stops: Pick<NetworkStops, 'stopCount' | 'stopParent'>): Map<number, number[]> {
  const platforms = new Map<number, number[]>();
  for (let stop = 0; stop < stops.stopCount; stop++) {
    const parent = stops.stopParent(stop);
    if (parent === undefined) continue;
    const own = platforms.get(parent);
    if (own) own.push(stop);
    else platforms.set(parent, [stop]);
  }
  return platforms;
}

const MODES_OF_KIND: Readonly<Record<HubKind, number>> = {
  station: modeMask(['train']),
  airport: modeMask(['flight']),
  bus_stand: modeMask(['bus']),
};

/** A hub's code counts as the same only this near: station and airport codes overlap, and feeds misplace stations. */
const SAME_CODE_KM = 40;
const SAME_NAME_KM = 12;

/**
 * The network stops of each hub: by code, else by name and nearness; a station brings its platforms.
 * Works for the sample network and for a rail feed whose `stop_code` is the station code.
 */
export function matchHubs(
  gazetteer: Pick<Gazetteer, 'hubs'>,
  stops: NetworkStops,
  grid: StopGrid = new StopGrid(stops),
): Map<Hub, number[]> {
  const byCode = new Map<string, number[]>();
  const platforms = platformsOf(stops);
  for (let stop = 0; stop < stops.stopCount; stop++) {
    const code = stops.stopCode(stop).toUpperCase();
    if (code) byCode.set(code, [...(byCode.get(code) ?? []), stop]);
  }
  const serves = (hub: Hub, stop: number): boolean => {
    let modes = stops.stopModes(stop);
    for (const platform of platforms.get(stop) ?? []) modes |= stops.stopModes(platform);
    return modes === 0 || (modes & MODES_OF_KIND[hub.kind]) !== 0;
  };
  const found = new Map<Hub, number[]>();
  for (const hub of gazetteer.hubs) {
    const sameCode = (byCode.get(hub.code) ?? []).filter(
      (stop) =>
        serves(hub, stop) &&
        distanceKm(hub, { lat: stops.stopLat(stop), lng: stops.stopLng(stop) }) <= SAME_CODE_KM,
    );
    const matched = sameCode.length > 0 ? sameCode : sameName(hub, stops, grid, serves);
    if (matched.length > 0)
      found.set(hub, [...new Set([...matched, ...matched.flatMap((stop) => platforms.get(stop) ?? [])])]);
  }
  return found;
}

function sameName(
  hub: Hub,
  stops: NetworkStops,
  grid: StopGrid,
  serves: (hub: Hub, stop: number) => boolean,
): number[] {
  const names = new Set([hub.name, ...hub.aliases].map(stationName));
  return grid
    .near(hub, SAME_NAME_KM)
    .filter(({ stop }) => serves(hub, stop) && names.has(stationName(stops.stopName(stop))))
    .map(({ stop }) => stop)
    .slice(0, 1);
}

/** A station's name without the words that feeds add or leave out. */
const stationName = (name: string): string =>
  fold(name)
    .split(' ')
    .filter(
      (word) =>
        !['jn', 'junction', 'station', 'railway', 'airport', 'international', 'bus', 'stand'].includes(word),
    )
    .join(' ');
