import type { Journey } from '../routing/journey.ts';
import type { Endpoint, Query } from '../routing/query.ts';
import type { PricedQuery } from './query.ts';

/**
 * An arrival over all vias, the earliest to each in its turn, its stay, and on. Undefined when a stage leads nowhere
 * with the rides that are left. Longest stays are not heeded, and prices neither: a guess of how far to search.
 */
export function arrivalOverVias(
  earliest: (query: Query) => Journey | undefined,
  query: PricedQuery,
): number | undefined {
  // As many rides as there are first: where they suffice, no other chain arrives earlier. Else an even share for each.
  return stageByStage(earliest, query, false) ?? stageByStage(earliest, query, true);
}

function stageByStage(
  earliest: (query: Query) => Journey | undefined,
  { vias = [], ...query }: PricedQuery,
  evenly: boolean,
): number | undefined {
  const stages = [...vias.map(atOnce), query.egress];
  let { access, maxRides, time: minute } = query;
  for (const [stage, egress] of stages.entries()) {
    const further = stages.length - stage - 1;
    const most = maxRides - further;
    if (most < 1) return undefined;
    const asked = { ...stageOf(query, minute), access, egress };
    const share = evenly ? Math.max(1, Math.floor(maxRides / (further + 1))) : most;
    const journey =
      earliest({ ...asked, maxRides: share }) ??
      (share < most ? earliest({ ...asked, maxRides: most }) : undefined);
    if (!journey) return undefined;
    minute = journey.arrival;
    maxRides -= journey.rides;
    const via = vias[stage];
    if (!via) break;
    // Change time is needed after a link that follows the stay, else it is part of the stay.
    const minutes = query.links ? via.dwell + query.changeMinutes : Math.max(via.dwell, query.changeMinutes);
    access = [{ stop: journey.egress.stop, minutes }];
  }
  return minute;
}

const atOnce = ({ stops }: { readonly stops: readonly Endpoint['stop'][] }): Endpoint[] =>
  stops.map((stop) => ({ stop, minutes: 0 }));

/** From minute `time` on, within what the whole journey may take. */
function stageOf(query: Query, time: number): Query {
  if (query.horizon === undefined) return { ...query, time };
  return { ...query, time, horizon: query.time + query.horizon - time };
}
