import type { Queryable } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { bookingClickAddress, writeBookingClick } from '../analytics/index.ts';
import type { Click, ClickRequest } from './contract.ts';
import { handOffs } from './handOff.ts';
import { allowedAddress } from './platforms.ts';

/**
 * Notes that a traveller goes to a platform for a leg and answers the link that leads there. The address is made here
 * from the leg, never taken from outside. Throws `UNPROCESSABLE` when the route has no such leg or the leg is not
 * handed to this platform.
 * @param service a database as rs_service.
 */
export async function createClick(
  service: Queryable,
  userId: string | null,
  { route, legIndex, platform, passengers }: ClickRequest,
): Promise<Click> {
  const leg = route.legs[legIndex];
  if (!leg) throw new AppError('UNPROCESSABLE', `The route has no leg ${legIndex}.`);
  const target = handOffs(leg, passengers).find((one) => one.platform === platform);
  if (!target) throw new AppError('UNPROCESSABLE', `A leg by ${leg.mode} is not booked on "${platform}".`);
  const clickId = await writeBookingClick(service, userId, {
    route: { ...route },
    leg: { ...leg },
    legIndex,
    platform: target.name,
    affiliateUrl: target.url,
  });
  return { clickId, url: `/out/${clickId}` };
}

/** Where a click leads, checked once more: what stands in the database is not trusted with a traveller. */
export async function clickTarget(service: Queryable, clickId: string): Promise<string> {
  const address = allowedAddress(await bookingClickAddress(service, clickId));
  if (address === null) throw new AppError('NOT_FOUND', 'This link leads to no known platform');
  return address;
}
