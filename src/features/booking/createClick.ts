import { randomBytes } from 'node:crypto';
import type { Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { bookingClickAddress, writeBookingClick } from '../analytics/index.ts';
import type { Leg, Route } from '../journeys/contract.ts';
import type { Click, ClickRequest, HandOff } from './contract.ts';
import { handOffs } from './handOff.ts';
import { withSubId } from './linkTemplate.ts';
import { allowedAddress, type Platform, platforms } from './platforms.ts';
import { withoutDoors, withoutNames } from './withoutDoors.ts';

/** What a click needs besides the platforms. */
export interface ClickServices {
  /** A database as rs_service. */
  readonly service: Queryable;
  /** Notes which route of a search was opened; returns at once. */
  clicked(userId: string | null, click: { searchId: string; route: object }): void;
  /** Whether the user agrees that clicks are kept under their name. */
  consented(userId: string): Promise<boolean>;
  /** Throws `NOT_FOUND` when the caller has no such trip. */
  checkTrip(caller: Caller, tripId: string): Promise<void>;
}

/**
 * Notes that a traveller goes to a platform for a leg and answers the link that leads there. The address is made here
 * from the leg, never taken from outside. Throws `UNPROCESSABLE` when the route has no such leg or the leg is not
 * handed to this platform; with a trip `UNAUTHENTICATED` for a visitor and `NOT_FOUND` for another user's.
 * @param caller null for a visitor who is not signed in.
 */
export async function createClick(
  services: ClickServices,
  caller: Caller | null,
  { route, legIndex, platform, passengers, searchId, tripId }: ClickRequest,
): Promise<Click> {
  const leg = route.legs[legIndex];
  if (!leg) throw new AppError('UNPROCESSABLE', `The route has no leg ${legIndex}.`);
  const target = offerOf(leg, platform, passengers);
  if (tripId !== undefined) {
    if (!caller) throw new AppError('UNAUTHENTICATED', 'Only a signed-in user has trips');
    await services.checkTrip(caller, tripId);
  }
  // A click from a trip belongs to the trip, which asks later whether it was booked; any other is counted, and by name
  // only for who agreed to that.
  const agreed = caller !== null && (await services.consented(caller.userId));
  const userId = caller && (agreed || tripId !== undefined) ? caller.userId : null;
  // A search without a name would get one by the click of a trip.
  const joined = agreed || userId === null;
  const opened = slim(userId === null ? withoutDoors(route) : route);
  const offered = userId === null ? offerOf(withoutNames(leg), platform, passengers) : target;
  const clickId = await writeBookingClick(services.service, userId, {
    tripId: tripId ?? null,
    searchId: (joined && searchId) || null,
    route: opened,
    leg: { ...opened.legs[legIndex]! },
    legIndex,
    platform: target.name,
    affiliateUrl: addressOf(offered),
  });
  // The search may be nobody’s, though the click is not.
  if (searchId !== undefined) services.clicked(userId, { searchId, route: slim(withoutDoors(route)) });
  return { clickId, url: `/out/${clickId}` };
}

/** Throws `UNPROCESSABLE` when the leg is not handed to this platform. */
function offerOf(leg: Leg, platform: string, passengers: number): HandOff {
  const target = handOffs(leg, passengers).find((one) => one.platform === platform);
  if (!target) throw new AppError('UNPROCESSABLE', `A leg by ${leg.mode} is not booked on "${platform}".`);
  return target;
}

/** Above the 128 bits at which two never meet. */
const SUB_ID_BYTES = 18;

/**
 * The link of an offer, with a new sub-id where the platform's row names a parameter for one. The sub-id is made of
 * nothing but chance: it says nothing of the traveller, and the id of the click stays between the traveller and us.
 */
export function addressOf(
  target: Pick<HandOff, 'platform' | 'url'>,
  rows: readonly Pick<Platform, 'id' | 'sub_id_param'>[] = platforms(),
): string {
  const parameter = rows.find(({ id }) => id === target.platform)?.sub_id_param;
  if (!parameter) return target.url;
  const address = withSubId(target.url, parameter, randomBytes(SUB_ID_BYTES).toString('base64url'));
  if (allowedAddress(address) === null)
    throw new AppError('INTERNAL', `The link to ${target.platform} is not on the list of hosts`);
  return address;
}

/**
 * Without what was offered beside the prices: nine stages have 70 KB with it, and a click is kept in 64. And without
 * what the search was told of the traveller, which is no business of the figures.
 */
function slim(route: Route): Route {
  const legs = route.legs.map((leg) => ({ ...leg, fares: [], concession: null }));
  const kept = { ...route, legs };
  delete kept.asked;
  return kept;
}

/** Where a click leads, checked once more: what stands in the database is not trusted with a traveller. */
export async function clickTarget(service: Queryable, clickId: string): Promise<string> {
  const address = allowedAddress(await bookingClickAddress(service, clickId));
  if (address === null) throw new AppError('NOT_FOUND', 'This link leads to no known platform');
  return address;
}
