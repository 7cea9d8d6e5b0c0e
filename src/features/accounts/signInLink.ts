import { createHmac } from 'node:crypto';
import type { Database } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { limitIdentifiers, limitRequest, limitRules } from '../limits/index.ts';
import { isPlainAddress, plainAddress } from './emailAddress.ts';
import { isToken, newToken, openSession, type OpenSession, tokenHash } from './sessions.ts';
import type { SessionLimits } from './sessionStore.ts';
import { ensureUser, insertLink, selectLink, takeLink } from './signInStore.ts';

/** ASVS 6.5.5: ten at most. */
export const LINK_MINUTES = 10;

export interface LinkRequest {
  readonly email: string;
  /** Of the client, for the limit. */
  readonly address: string | undefined;
}

export interface SignInLink {
  readonly email: string;
  /** For the mail; not kept here. */
  readonly token: string;
}

/**
 * Makes a link that signs in whoever can read mail to the address. Whether the address has an account is not looked
 * at: the account is made when the link is used, so nobody learns from the answer or its time who has one.
 * `secret` hides the addresses among the counters of the limit.
 * Throws `INVALID_REQUEST`, `RATE_LIMITED` (by client and by address) and `UNAVAILABLE`.
 */
export const createSignInLink = (
  service: Database,
  { email: text, address }: LinkRequest,
  secret: string,
): Promise<SignInLink> =>
  translatingErrors(async () => {
    const email = plainAddress(text);
    const mailbox = createHmac('sha256', secret).update(`mailbox ${email}`).digest('base64url');
    await limitRequest(service, limitRules.signIn, [
      ...limitIdentifiers(address),
      { identifier: `mailbox:${mailbox}`, factor: 1 },
    ]);
    const token = newToken();
    await insertLink(service, email, tokenHash(token), LINK_MINUTES);
    return { email, token };
  });

/** The address that a link signs in, without using the link up. Throws `UNPROCESSABLE` when it cannot be used. */
export const readSignInLink = (service: Database, token: string): Promise<string> =>
  translatingErrors(async () => {
    const email = isToken(token) ? await selectLink(service, tokenHash(token)) : null;
    if (email === null) throw refusedLink();
    return email;
  });

export interface LinkUse {
  readonly token: string;
  /** The address that the user was shown. */
  readonly email: string;
  /** Of who is signed in in this browser. */
  readonly signedInAs: string | null;
  readonly userAgent: string | null;
  /** Of the session that this browser has. */
  readonly previousToken: string | null;
}

/**
 * Uses a link up and opens its session, all or nothing. Throws `UNPROCESSABLE`, always with the same words, when the
 * link was used, has expired, never was, or is for another address; `CONFLICT` when another user is signed in here.
 */
export const useSignInLink = (
  service: Database,
  { token, email, signedInAs, userAgent, previousToken }: LinkUse,
  limits: SessionLimits,
): Promise<OpenSession> =>
  translatingErrors(async () => {
    if (!isToken(token) || !isPlainAddress(email)) throw refusedLink();
    // Else a link sent by somebody else could make people work in that somebody's account.
    if (signedInAs !== null && signedInAs !== email)
      throw new AppError('CONFLICT', `You are signed in as ${signedInAs}. Sign out first.`);
    return service.transaction(async (tx) => {
      if (!(await takeLink(tx, email, tokenHash(token)))) throw refusedLink();
      const userId = await ensureUser(tx, email);
      return openSession(tx, { userId, userAgent, previousToken }, limits);
    });
  });

const refusedLink = (): AppError =>
  new AppError(
    'UNPROCESSABLE',
    `This link cannot be used: it was used already, is older than ${LINK_MINUTES} minutes, or was asked for another address. Ask for a new one.`,
  );
