import { NetworkImage } from '../../engine/timetable/image.ts';
import { asStop } from '../../engine/timetable/indexes.ts';
import { linkKinds } from '../../engine/timetable/input.ts';
import { distanceKm } from '../../units/geo.ts';
import { type PlaceIndex, type RoadTravel, travelBy, vehicleRule } from '../places/index.ts';
import { indicativePrice, middle, NOON, type Party } from './indicativePrice.ts';
import type { JourneyRules } from './rules.ts';

/** The middle of what a way by road costs the party by day, in minor units; nothing where no rule prices it. */
export function roadPrice(
  rules: JourneyRules,
  { vehicle, km, minutes }: RoadTravel,
  cityId: string | null,
  party: Party,
): number {
  const ride = { mode: vehicle, line: '', cityId, km, minutes, clock: NOON, daysAhead: 0 };
  const price = indicativePrice(rules, ride, party);
  return price ? Math.round(middle(price)) : 0;
}

/** The same network, whose links cost what the rules say of the way by road instead of what the feed says. */
export function withPricedLinks(image: NetworkImage, places: PlaceIndex, rules: JourneyRules): NetworkImage {
  const { views } = image;
  const linkPrice = new Uint32Array(views.linkPrice.length);
  const linkCapacity = new Uint8Array(linkPrice.length);
  const alone: Party = { passengers: 1, preference: 'BALANCED' };
  const position = (stop: number) => ({ lat: image.stopLat(stop), lng: image.stopLng(stop) });
  for (let link = 0; link < linkPrice.length; link++) {
    const vehicle = linkKinds[views.linkKind[link]!]!;
    if (vehicle === 'walk') continue;
    const from = asStop(views.linkFrom[link]!);
    const travel = travelBy(vehicle, distanceKm(position(from), position(views.linkTo[link]!)));
    linkPrice[link] = roadPrice(rules, travel, places.placeOfStop(from)?.cityId ?? null, alone);
    linkCapacity[link] = vehicleRule(vehicle).capacity;
  }
  return new NetworkImage(image.buffer, { ...views, linkPrice, linkCapacity });
}
