import { z } from 'zod';
import type { LinkInput } from '../../engine/timetable/input.ts';
import { distanceKm, type Position } from '../../units/geo.ts';
import { cell, provenance, readTable } from '../rule-tables/index.ts';
import { hillRoads, usualTravel } from './roadTravel.ts';

/** A stop of the network that stands for a station, airport, bus stand or metro station of a city. */
export interface LinkHub extends Position {
  /** Index of the stop in the timetable that the links are made for. */
  readonly stop: number;
  readonly kind: 'station' | 'airport' | 'bus_stand' | 'metro';
  /** Gazetteer city. */
  readonly city: string;
}

/** Cities whose hubs lie on average this near are one cluster (Delhi, Noida, Gurugram). */
const CLUSTER_KM = 45;
/** Longest transfer between two hubs of a cluster. */
const TRANSFER_KM = 60;

const changeRow = z.object({
  from: z.enum(['station', 'airport', 'bus_stand', 'metro']),
  to: z.enum(['station', 'airport', 'bus_stand', 'metro']),
  extra_minutes: cell(),
  ...provenance,
});
let changes: ReadonlyMap<string, number> | undefined;

/**
 * Minutes kept in a link beyond the way itself, by `data/rules/station-changes.csv`: separate tickets over
 * two places need more than boarding and alighting times give.
 */
export function changeExtra(from: LinkHub['kind'], to: LinkHub['kind']): number {
  changes ??= new Map(
    readTable('rules/station-changes.csv', changeRow).map((row) => [
      `${row.from}>${row.to}`,
      row.extra_minutes,
    ]),
  );
  return changes.get(`${from}>${to}`) ?? 0;
}

/**
 * Road and foot links between the hubs of each city cluster, both directions. Metro stations are linked
 * only where one can walk: the metro itself carries travellers further.
 */
export function clusterLinks(hubs: readonly LinkHub[]): LinkInput[] {
  const centres = cityCentres(hubs);
  const links: LinkInput[] = [];
  for (const from of hubs) {
    for (const to of hubs) {
      if (from.stop === to.stop || !sameCluster(centres, from, to)) continue;
      const km = distanceKm(from, to);
      const roads = hillRoads(from.city, to.city);
      const travel = km <= TRANSFER_KM ? usualTravel(km, { roads }) : null;
      const metro = from.kind === 'metro' || to.kind === 'metro';
      if (!travel || (metro && travel.vehicle !== 'walk') || (from.kind === 'metro' && to.kind === 'metro'))
        continue;
      links.push({
        from: from.stop,
        to: to.stop,
        minutes: travel.minutes + changeExtra(from.kind, to.kind),
        kind: travel.vehicle,
      });
    }
  }
  return links;
}

function cityCentres(hubs: readonly LinkHub[]): Map<string, Position> {
  const cities = Map.groupBy(hubs, (hub) => hub.city);
  return new Map(
    [...cities].map(([city, own]) => [
      city,
      {
        lat: own.reduce((sum, hub) => sum + hub.lat, 0) / own.length,
        lng: own.reduce((sum, hub) => sum + hub.lng, 0) / own.length,
      },
    ]),
  );
}

function sameCluster(centres: ReadonlyMap<string, Position>, a: LinkHub, b: LinkHub): boolean {
  if (a.city === b.city) return true;
  const from = centres.get(a.city);
  const to = centres.get(b.city);
  return from !== undefined && to !== undefined && distanceKm(from, to) <= CLUSTER_KM;
}
