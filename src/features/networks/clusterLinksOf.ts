import type { LinkInput, TimetableInput } from '../../engine/timetable/input.ts';
import { modeBit, modeOfRouteType } from '../../engine/timetable/modes.ts';
import { clusterLinks, type LinkHub, matchHubs, type NetworkStops, readGazetteer } from '../places/index.ts';

/** Road links between the known stations, airports and bus stands that a timetable serves. */
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
  const known = new Set(input.links.map(({ from, to }) => `${from}>${to}`));
  return clusterLinks(hubs).filter(({ from, to }) => !known.has(`${from}>${to}`));
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
