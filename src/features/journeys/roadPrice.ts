import { NetworkImage } from '../../engine/timetable/image.ts';
import { asStop } from '../../engine/timetable/indexes.ts';
import { linkKinds } from '../../engine/timetable/input.ts';
import { modeMask } from '../../engine/timetable/modes.ts';
import { distanceKm } from '../../units/geo.ts';
import { type EpochDay, formatDate } from '../../units/time.ts';
import { type PlaceIndex, type RoadTravel, travelBy, vehicleRule } from '../places/index.ts';
import { RidePrices, type RideToPrice } from './ridePrices.ts';
import type { JourneyRules } from './rules.ts';

const NOON = 12 * 60;
const HUBS = modeMask(['train', 'flight']);

/** Where and when a way by road begins. */
export interface RoadStart {
  readonly cityId: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Minutes of the local day. */
  readonly clock: number;
  /** At a station or an airport, where app cabs charge for the pick-up. */
  readonly atHub: boolean;
}

/** A way by auto or taxi as a ride to price; `null` for a walk, which costs nothing. */
export function roadRide({ vehicle, km, minutes }: RoadTravel, start: RoadStart): RideToPrice | null {
  if (vehicle === 'walk') return null;
  return {
    mode: vehicle,
    line: '',
    number: null,
    cityId: start.cityId,
    from: '',
    to: '',
    km,
    minutes,
    clock: start.clock,
    travelDate: start.date,
    pickedUpAtHub: start.atHub,
    fromState: null,
    toState: null,
  };
}

/** What a way by road likely costs the party by day, in minor units: an end of a question has no clock yet. */
export function roadPrice(prices: RidePrices, travel: RoadTravel, start: Omit<RoadStart, 'clock'>): number {
  const ride = roadRide(travel, { ...start, clock: NOON });
  return ride ? prices.likely(ride) : 0;
}

/** Whether trains or flights call at a stop. */
export const isHub = (image: NetworkImage, stop: number): boolean => (image.stopModes(stop) & HUBS) !== 0;

/** The same network, whose links cost what the rules say of the way by road instead of what the feed says. */
export function withPricedLinks(
  image: NetworkImage,
  places: PlaceIndex,
  rules: JourneyRules,
  today: EpochDay,
): NetworkImage {
  const { views } = image;
  const linkPrice = new Uint32Array(views.linkPrice.length);
  const linkCapacity = new Uint8Array(linkPrice.length);
  const prices = new RidePrices(rules, { passengers: 1, preference: 'BALANCED' }, today);
  const position = (stop: number) => ({ lat: image.stopLat(stop), lng: image.stopLng(stop) });
  for (let link = 0; link < linkPrice.length; link++) {
    const vehicle = linkKinds[views.linkKind[link]!]!;
    if (vehicle === 'walk') continue;
    const from = asStop(views.linkFrom[link]!);
    const travel = travelBy(vehicle, distanceKm(position(from), position(views.linkTo[link]!)));
    const cityId = places.placeOfStop(from)?.cityId ?? null;
    linkPrice[link] = roadPrice(prices, travel, {
      cityId,
      date: formatDate(today),
      atHub: isHub(image, from),
    });
    linkCapacity[link] = vehicleRule(vehicle).capacity;
  }
  return new NetworkImage(image.buffer, { ...views, linkPrice, linkCapacity });
}
