import assert from 'node:assert/strict';
import type { PricedQuery, Via } from '../../src/engine/priced/query.ts';
import type { Journey, Leg } from '../../src/engine/routing/journey.ts';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import type { Chance } from './largeWorlds.ts';

/** Stop-overs at stops that are served and are no ends of the question; half of them with no need to stay. */
export function viasOf(chance: Chance, input: TimetableInput, query: PricedQuery, most: number): Via[] {
  const ends = new Set<number>([...query.access, ...query.egress].map(({ stop }) => stop));
  const others = [...new Set(input.stopTimes.stop)].filter((stop) => !ends.has(stop));
  return Array.from({ length: 1 + chance.below(most) }, () => ({
    stops: [asStop(chance.pick(others))],
    dwell: chance.pick([0, 0, 30, 240]),
  }));
}

/**
 * Travels a journey and ticks off the stop-overs in their order, as early as it can; fails where one is left. A
 * stay is from the end of one leg to the start of the next; with none to stay, calling there is enough.
 */
export function assertVisits(image: NetworkImage, query: PricedQuery, journey: Journey): void {
  const vias = query.vias ?? [];
  let next = 0;
  const isAt = (stop: number): boolean => vias[next]?.stops.some((own) => own === stop) ?? false;
  journey.legs.forEach((leg, index) => {
    for (const stop of calledAt(image, leg)) while (isAt(stop) && vias[next]!.dwell === 0) next++;
    const following = journey.legs[index + 1];
    while (isAt(leg.to) && vias[next]!.dwell <= stayAfter(query, leg, following)) next++;
  });
  assert.equal(next, vias.length, `stop-over ${next} is left out`);
}

/** Where a traveller might alight while on board, the end of the ride included. */
function calledAt(image: NetworkImage, leg: Leg): number[] {
  if (leg.kind === 'link') return [leg.to];
  return image
    .runCalls(leg.run)
    .slice(leg.boardCall + 1, leg.alightCall + 1)
    .flatMap(({ stop, alighting }) => (alighting ? [stop] : []));
}

/** Minutes to spend after a leg, with those of changing, which are spent before the next ride even after a link. */
function stayAfter(query: PricedQuery, leg: Leg, following: Leg | undefined): number {
  if (!following) return Infinity;
  const ready = leg.arrival + (leg.kind === 'ride' ? (query.alightMinutes?.[leg.mode] ?? 0) : 0);
  return following.departure - ready + (following.kind === 'link' ? query.changeMinutes : 0);
}
