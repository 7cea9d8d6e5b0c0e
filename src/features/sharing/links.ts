import { asCaller, type Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { AppError, readInput } from '../../errors.ts';
import { tripIdSchema } from '../trips/contract.ts';
import {
  type Calendar,
  linkIdSchema,
  MAX_LINKS,
  type NewCalendar,
  type NewShare,
  type Share,
  type ShareInput,
  shareInputSchema,
} from './contract.ts';
import {
  deleteLink,
  hasTrip,
  insertLink,
  type Link,
  type NewLink,
  selectCalendars,
  selectShares,
} from './store.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Somebody else's trip or link is none: the same answer, word for word. */
const noTrip = (): AppError => new AppError('NOT_FOUND', 'You have no such trip, or it is in the archive.');
const noLink = (): AppError => new AppError('NOT_FOUND', 'You have no such link.');

const shareOf = ({ id, showName, expiresAt, createdAt }: Link): Share => ({
  id,
  showName,
  expiresAt: expiresAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
const calendarOf = ({ id, tripId, createdAt }: Link): Calendar => ({
  id,
  tripId,
  createdAt: createdAt.toISOString(),
});

/**
 * Makes a link that shows the trip to whoever has it, until it expires, is revoked, or the trip is deleted or
 * archived. Throws `NOT_FOUND`, and `UNPROCESSABLE` when it would be over already or there are too many.
 */
export async function shareTrip(caller: Caller, tripId: string, input: ShareInput = {}): Promise<NewShare> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const { showName, expiresAt = null } = readInput(shareInputSchema, input);
  const { token, link } = await makeLink(caller, { kind: 'PAGE', tripId: id, showName, expiresAt });
  return { ...shareOf(link), url: `/shared/${token}` };
}

/** Links that show this trip, latest first. Throws `NOT_FOUND`. */
export async function getShares(caller: Caller, tripId: string): Promise<Share[]> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const links = await asCaller(caller, async (database) => {
    if (!(await hasTrip(database, caller.userId, id))) throw noTrip();
    return selectShares(database, caller.userId, id);
  });
  return links.map(shareOf);
}

/** From now on the link shows nothing. Throws `NOT_FOUND`. */
export async function revokeShare(caller: Caller, tripId: string, shareId: string): Promise<void> {
  const [trip, id] = [readInput(tripIdSchema, tripId, 'tripId'), readInput(linkIdSchema, shareId, 'shareId')];
  await dropLink(caller, (database) => deleteLink(database, caller.userId, 'PAGE', id, trip));
}

/**
 * Makes a secret address that a calendar program subscribes to: of one trip, or of all with null. Throws as
 * `shareTrip`.
 */
export async function makeCalendar(caller: Caller, tripId: string | null): Promise<NewCalendar> {
  const id = tripId === null ? null : readInput(tripIdSchema, tripId, 'tripId');
  const { token, link } = await makeLink(caller, {
    kind: 'CALENDAR',
    tripId: id,
    showName: false,
    expiresAt: null,
  });
  return { ...calendarOf(link), url: `/calendar/${token}.ics` };
}

/** The user's calendars, latest first. */
export const getCalendars = async (caller: Caller): Promise<Calendar[]> =>
  (await asCaller(caller, (database) => selectCalendars(database, caller.userId))).map(calendarOf);

/** From now on the calendar is not found. Throws `NOT_FOUND`. */
export async function revokeCalendar(caller: Caller, calendarId: string): Promise<void> {
  const id = readInput(linkIdSchema, calendarId, 'calendarId');
  await dropLink(caller, (database) => deleteLink(database, caller.userId, 'CALENDAR', id, null));
}

async function makeLink(
  caller: Caller,
  wanted: Omit<NewLink, 'tokenHash'>,
): Promise<{ readonly token: string; readonly link: Link }> {
  if (wanted.expiresAt !== null && Date.parse(wanted.expiresAt) <= Date.now())
    throw new AppError('UNPROCESSABLE', 'expiresAt is past: the link would show nothing.');
  const token = newToken();
  const link = await asCaller(caller, async (database) => {
    const made = await insertLink(database, caller.userId, { ...wanted, tokenHash: tokenHash(token)! });
    if (made) return made;
    if (wanted.tripId !== null && !(await hasTrip(database, caller.userId, wanted.tripId))) throw noTrip();
    throw new AppError('UNPROCESSABLE', `There are ${MAX_LINKS} links already. Revoke one first.`);
  });
  return { token, link };
}

async function dropLink(caller: Caller, drop: (database: Queryable) => Promise<boolean>): Promise<void> {
  if (!(await asCaller(caller, drop))) throw noLink();
}
