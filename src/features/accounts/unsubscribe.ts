import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { switchRemindersOff } from './profileStore.ts';

const signature = (userId: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`unsubscribe ${userId}`).digest();

/**
 * What a mail's link to stop reminders says: whose, signed. It works for ever and without signing in, since the law of
 * mail is that leaving is easy; all it can do is to switch reminders off.
 */
export const unsubscribeToken = (userId: string, secret: string): string =>
  `${userId}.${signature(userId, secret).toString('base64url')}`;

/** Whose token it is. Throws `NOT_FOUND` when it was not made with this secret. */
export function unsubscribeUser(token: string, secret: string): string {
  const [, userId = '', signed = ''] = /^([a-z0-9]{8,40})\.([\w-]{43})$/.exec(token) ?? [];
  const given = Buffer.from(signed, 'base64url');
  const right = signature(userId, secret);
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new AppError('NOT_FOUND', 'There is no such link. Reminders are switched off on your page "Me".');
  return userId;
}

/**
 * Switches the reminders of the token's user off; again changes nothing. Throws `NOT_FOUND`.
 * @param service a database as rs_service.
 */
export const unsubscribe = (service: Queryable, token: string, secret: string): Promise<void> =>
  translatingErrors(() => switchRemindersOff(service, unsubscribeUser(token, secret)));
