import type { Candidate } from './chooseRoutes.ts';
import { comfortOf } from './comfort/comfort.ts';
import type { Leg, SearchRequest } from './contract.ts';
import { routeRisk } from './risk/routeRisk.ts';
import { type DraftRoute, finishRoute } from './writeRoute.ts';

/** A route as the choice compares it: what is hard on this traveller counts as further minutes under way. */
export function candidateOf(draft: DraftRoute, { traveller }: Pick<SearchRequest, 'traveller'>): Candidate {
  const { departure, arrival, legs } = draft;
  const risk = routeRisk(legs);
  const comfort = comfortOf(legs, traveller?.profile, risk);
  const route = Object.assign(finishRoute(draft), { risk, comfort });
  const hardMinutes = comfort.penaltyMinutes;
  return { route, departure, arrival, hardMinutes, loops: loops(legs), idleMinutes: idleMinutes(legs) };
}

/**
 * Whether the long rides come back to a city that one has left (Delhi, Ahmedabad, Delhi), or a metro is left for the
 * same line again. Who visits a place may have come through it before.
 */
export function loops(legs: readonly Leg[]): boolean {
  let left = new Set<string>();
  let lastLine: string | undefined;
  for (const leg of legs) {
    const { run, from, to, line, stayMinutes } = leg;
    if (stayMinutes !== undefined) left = new Set();
    if (!run) continue;
    const again = isLocal(leg) && line!.id === lastLine;
    lastLine = stayMinutes === undefined ? line?.id : undefined;
    if (again) return true;
    if (isLocal(leg)) continue;
    const [start, end] = [from.city ?? from.name, to.city ?? to.name];
    left.add(start);
    if (left.has(end)) return true;
  }
  return false;
}

const isLocal = ({ mode }: Leg): boolean => mode === 'metro' || mode === 'tram';

/** From where a metro has led to the first long ride, ways on foot or by road and what boarding needs taken off. */
export function idleMinutes(legs: readonly Leg[]): number {
  const first = legs.findIndex((leg) => leg.run !== null && !isLocal(leg));
  const local = legs.slice(0, Math.max(0, first)).findLastIndex(isLocal);
  if (local < 0) return 0;
  const { departure, bufferMinutes } = legs[first]!;
  const between = legs.slice(local + 1, first).reduce((sum, leg) => sum + leg.durationMinutes, 0);
  return (Date.parse(departure) - Date.parse(legs[local]!.arrival)) / 60_000 - between - bufferMinutes;
}
