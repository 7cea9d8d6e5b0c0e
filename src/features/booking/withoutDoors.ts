import type { Leg, Route } from '../journeys/contract.ts';

/** One decimal of a degree is 11 km. */
const coarse = (degrees: number): number => Math.round(degrees * 10) / 10;

const isDoor = ({ stopId }: Leg['from']): boolean => stopId === null;

/** A leg whose ends that are no stops, where somebody lives or stays, have no name of their own. */
export const withoutNames = (leg: Leg): Leg => ({ ...leg, from: nameless(leg.from), to: nameless(leg.to) });

const nameless = (end: Leg['from']): Leg['from'] =>
  isDoor(end) ? { ...end, name: end.city ?? 'An address' } : end;

/** A route whose ends that are no stops lie only about where they lie: as the figures keep what nobody is named for. */
export const withoutDoors = (route: Route): Route => ({
  ...route,
  legs: route.legs.map((leg) => {
    const { from, to, ...rest } = withoutNames(leg);
    return { ...rest, from: about(from), to: about(to) };
  }),
});

const about = (end: Leg['from']): Leg['from'] =>
  isDoor(end) ? { ...end, lat: coarse(end.lat), lng: coarse(end.lng) } : end;
