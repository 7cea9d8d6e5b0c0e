import type { Journey } from '../routing/journey.ts';
import type { Endpoint, Query } from '../routing/query.ts';
import type { PricedQuery } from './query.ts';

/**
 * An arrival over all vias that can be had: the earliest to each in its turn, its stay, and on. Undefined when a stage
 * leads nowhere with the rides that are left, and where a stay would be too long. It is only a bound: the search that
 * knows it need not look further.
 */
export function arrivalOverVias(
  earliest: (query: Query) => Journey | undefined,
  { vias = [], ...query }: PricedQuery,
): number | undefined {
  const stages = [...vias.map(atOnce), query.egress];
  let { access, maxRides } = query;
  let from = query.time;
  let longest = Infinity;
  for (const [stage, egress] of stages.entries()) {
    const asked = { ...stageOf(query, from), access, egress };
    // An even share of the rides first: the earliest arrival with as many as there are leaves none for the others.
    const further = stages.length - stage - 1;
    const share = Math.max(1, Math.floor(maxRides / (further + 1)));
    const most = maxRides - further;
    const journey =
      earliest({ ...asked, maxRides: share }) ??
      (most > share ? earliest({ ...asked, maxRides: most }) : undefined);
    if (!journey || journey.departure + access[0]!.minutes - from > longest) return undefined;
    from = journey.arrival;
    maxRides -= journey.rides;
    const via = vias[stage];
    if (!via) break;
    // Change time is needed after a link that follows the stay, else it is part of the stay.
    const { dwell, maxDwell = Infinity } = via;
    const minutes = query.links ? dwell + query.changeMinutes : Math.max(dwell, query.changeMinutes);
    access = [{ stop: journey.egress.stop, minutes }];
    longest = maxDwell;
  }
  return from;
}

const atOnce = ({ stops }: { readonly stops: readonly Endpoint['stop'][] }): Endpoint[] =>
  stops.map((stop) => ({ stop, minutes: 0 }));

/** From minute `time` on, within what the whole journey may take. */
function stageOf(query: Query, time: number): Query {
  if (query.horizon === undefined) return { ...query, time };
  return { ...query, time, horizon: query.time + query.horizon - time };
}
