import type { Journey, Leg, RideLeg } from '../../engine/routing/journey.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import type { AccessWay } from './access.ts';
import type { Buffers } from './rules.ts';

/** A road ride at an end is worth so many minutes more than it takes: it costs money, luggage and nerves. */
const ROAD_PENALTY_MINUTES = 15;
const ROAD_PENALTY_SHARE = 0.5;

interface Context {
  readonly image: NetworkImage;
  readonly buffers: Buffers;
  readonly access: readonly AccessWay[];
  readonly egress: readonly AccessWay[];
  /** Timeline minutes that the journey must keep to. */
  readonly notBefore: number;
  readonly notAfter: number;
}

const effort = (way: AccessWay): number => {
  if (!way.travel) return 0;
  const road =
    way.travel.vehicle === 'walk' ? 0 : ROAD_PENALTY_MINUTES + ROAD_PENALTY_SHARE * way.travel.minutes;
  return way.travel.minutes + road;
};

/**
 * The same rides, boarded and left where the ways to and from them suit best. The engine minimises minutes
 * only: it leaves a train one station early to save five minutes by auto.
 */
export function settleEnds(context: Context, journey: Journey): Journey {
  const { image, buffers } = context;
  let { legs, access, egress } = journey;
  const [first] = legs;
  if (first?.kind === 'ride') {
    const best = leastEffort(
      image.runCalls(first.run).map((call, position) => {
        const way = context.access.find((one) => one.stop === call.stop);
        if (!way || position >= first.alightCall || !call.boarding) return null;
        const departure = image.dayStart(first.run, first.day) + call.departure;
        const leave = departure - (buffers.board[first.mode] ?? 0) - way.early - (way.travel?.minutes ?? 0);
        const ride: RideLeg = { ...first, boardCall: position, from: call.stop, departure };
        return leave < context.notBefore && position !== first.boardCall
          ? null
          : { ride, way, effort: effort(way) - departure };
      }),
    );
    if (best) {
      legs = [best.ride, ...legs.slice(1)];
      access = { stop: best.way.stop, minutes: (best.way.travel?.minutes ?? 0) + best.way.early };
    }
  }
  const last: Leg | undefined = legs.at(-1);
  if (last?.kind === 'ride') {
    const best = leastEffort(
      image.runCalls(last.run).map((call, position) => {
        const way = context.egress.find((one) => one.stop === call.stop);
        if (!way || position <= last.boardCall || !call.alighting) return null;
        const arrival = image.dayStart(last.run, last.day) + call.arrival;
        const there = way.travel ? arrival + (buffers.exit[last.mode] ?? 0) + way.travel.minutes : arrival;
        const ride: RideLeg = { ...last, alightCall: position, to: call.stop, arrival };
        return there > context.notAfter && position !== last.alightCall
          ? null
          : { ride, way, effort: effort(way) + arrival };
      }),
    );
    if (best) {
      legs = [...legs.slice(0, -1), best.ride];
      egress = { stop: best.way.stop, minutes: best.way.travel?.minutes ?? 0 };
    }
  }
  return { ...journey, legs, access, egress };
}

interface End {
  readonly ride: RideLeg;
  readonly way: AccessWay;
  readonly effort: number;
}

const leastEffort = (ends: readonly (End | null)[]): End | undefined =>
  ends
    .filter((end) => end !== null)
    .toSorted((a, b) => a.effort - b.effort)
    .at(0);
