import type { LinkInput, TimetableInput } from '../../engine/timetable/input.ts';
import { modeBit, modeMask, modeOfRouteType } from '../../engine/timetable/modes.ts';
import {
  clusterLinks,
  type LinkHub,
  matchHubs,
  type NetworkStops,
  readGazetteer,
  StopGrid,
  usualTravel,
  vehicleRule,
} from '../places/index.ts';

/**
 * Links between the known stations, airports and bus stands that a timetable serves, and the metro stations beside
 * them or, by auto, nearest to a station.
 */
export function clusterLinksOf(input: TimetableInput): LinkInput[] {
  const stops = stopsOf(input);
  const hubs: LinkHub[] = [];
  for (const [hub, matched] of matchHubs(readGazetteer(), stops))
    for (const stop of matched)
      if (stops.departuresPerDay(stop) > 0)
        hubs.push({
          stop,
          kind: hub.kind,
          city: hub.city,
          lat: stops.stopLat(stop),
          lng: stops.stopLng(stop),
        });
  const feeders = feederLinks(stops, hubs);
  hubs.push(...metroHubs(stops, hubs));
  const known = new Set(input.links.map(({ from, to }) => `${from}>${to}`));
  return [...clusterLinks(hubs), ...feeders].filter(({ from, to }) => !known.has(`${from}>${to}`));
}

/** Metro stations from which one can walk to a hub count to its city. */
function metroHubs(stops: NetworkStops, hubs: readonly LinkHub[]): LinkHub[] {
  const walk = vehicleRule('walk');
  const grid = new StopGrid(stops);
  const metro = modeMask(['metro']);
  const taken = new Set(hubs.map(({ stop }) => stop));
  const found: LinkHub[] = [];
  for (const hub of hubs)
    for (const { stop } of grid.near(hub, walk.max_km / walk.road_factor)) {
      if (stops.stopModes(stop) !== metro || taken.has(stop)) continue;
      taken.add(stop);
      found.push({ stop, kind: 'metro', city: hub.city, lat: stops.stopLat(stop), lng: stops.stopLng(stop) });
    }
  return found;
}

/**
 * Metros end short of outlying stations: Cherlapalli, where the daily train to Chennai begins, lies 8 km from the
 * nearest. A station from which one cannot walk to a metro is linked to the nearest one as far as an auto goes.
 */
function feederLinks(stops: NetworkStops, hubs: readonly LinkHub[]): LinkInput[] {
  const { max_km: reach, road_factor: detour } = vehicleRule('auto');
  const grid = new StopGrid(stops);
  const metro = modeMask(['metro']);
  return hubs
    .filter(({ kind }) => kind === 'station')
    .flatMap((hub) => {
      const near = grid
        .near(hub, reach / detour)
        .filter(({ stop }) => stops.departuresPerDay(stop) > 0 && (stops.stopModes(stop) & metro) !== 0);
      const nearest = near[0];
      const travel = nearest && usualTravel(nearest.km);
      if (!travel || travel.vehicle === 'walk') return [];
      const station = stops.stopParent(nearest.stop) ?? nearest.stop;
      const way = { minutes: travel.minutes, kind: travel.vehicle };
      return near
        .filter(({ stop }) => (stops.stopParent(stop) ?? stop) === station)
        .flatMap(({ stop }) => [
          { from: hub.stop, to: stop, ...way },
          { from: stop, to: hub.stop, ...way },
        ]);
    });
}

/** What places need to know of stops, before the timetable is compiled. */
function stopsOf({ stops, runs, lines, stopTimes }: TimetableInput): NetworkStops {
  const modes = new Uint32Array(stops.length);
  const calls = new Uint32Array(stops.length);
  for (const [run, { line }] of runs.entries()) {
    const bit = modeBit(modeOfRouteType(lines[line]!.routeType));
    for (let i = stopTimes.offsets[run]!; i < stopTimes.offsets[run + 1]!; i++) {
      modes[stopTimes.stop[i]!]! |= bit;
      calls[stopTimes.stop[i]!]! += 1;
    }
  }
  return {
    stopCount: stops.length,
    stopId: (stop) => stops[stop]!.id,
    stopName: (stop) => stops[stop]!.name,
    stopCode: (stop) => stops[stop]!.code,
    stopLat: (stop) => stops[stop]!.lat,
    stopLng: (stop) => stops[stop]!.lng,
    stopParent: (stop) => (stops[stop]!.parent === -1 ? undefined : stops[stop]!.parent),
    departuresPerDay: (stop) => calls[stop]!,
    stopModes: (stop) => modes[stop]!,
  };
}
