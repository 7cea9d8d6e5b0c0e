import { epochMinuteOf } from '../../units/time.ts';
import type { LegToBook } from './openings.ts';

/** Two tickets that the railway links: who misses the second because the first is late gets its fare back. */
export interface LinkableTickets {
  readonly firstLeg: number;
  readonly secondLeg: number;
  readonly text: string;
}

/** Minutes between them, both included: 1 minute to 5 days (rule of April 2019). */
const [SHORTEST, LONGEST] = [1, 5 * 1440];

/**
 * Pairs of trains that follow each other at one station. A change of station within a city is not covered by the
 * plain rule, so it is not advised.
 */
export function linkableTickets(legs: readonly LegToBook[]): LinkableTickets[] {
  const trains = legs.filter(({ leg }) => leg.mode === 'train');
  return trains.slice(1).flatMap((second, at) => {
    const first = trains[at]!;
    const [here, there] = [first.leg.to.code, second.leg.from.code];
    const wait =
      epochMinuteOf(Date.parse(second.leg.departure)) - epochMinuteOf(Date.parse(first.leg.arrival));
    if (here === null || here !== there || wait < SHORTEST || wait > LONGEST) return [];
    return {
      firstLeg: first.legIndex,
      secondLeg: second.legIndex,
      text: `Link the two tickets at ${first.leg.to.name} (same names on both): if the first train is late and you miss the second, its fare is refunded when you surrender it within 3 hours of arriving.`,
    };
  });
}
