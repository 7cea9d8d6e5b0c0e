import type { NetworkImage } from '../timetable/image.ts';
import type { Fares } from './family.ts';

/** Every line for nothing: then a search by price is one by arrival and rides alone. */
export function freeFares(image: NetworkImage): Fares {
  return {
    currency: 'XXX',
    families: [
      {
        id: 'free',
        routeTypes: [...new Set(image.views.lineRouteType)],
        routeIds: [],
        baseMinor: 0,
        perBoardingMinor: 0,
        slabs: [],
        steps: [],
        minimumMinor: 0,
        roundUpToMinor: 1,
        vehicleCapacity: null,
        transfer: null,
      },
    ],
  };
}
