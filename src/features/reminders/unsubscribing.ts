import type { Queryable } from '../../database/connect.ts';
import type { Language } from '../../units/language.ts';
import { findRecipient, unsubscribe, unsubscribeUser } from '../accounts/index.ts';

export interface Unsubscribing {
  /** The language of the token's user. Throws `NOT_FOUND` when it is no token. */
  unsubscribeLanguage(token: string): Promise<Language>;
  /** Throws `NOT_FOUND`. */
  unsubscribe(token: string): Promise<void>;
}

/**
 * What the link of a mail that stops reminders does.
 * @param service a database as rs_service: nobody is signed in.
 * @param secret of the server, which signed the link.
 */
export const unsubscribing = (service: Queryable, secret: () => Promise<string>): Unsubscribing => ({
  unsubscribeLanguage: async (token) => {
    const userId = unsubscribeUser(token, await secret());
    return (await findRecipient(service, userId))?.wishes.language ?? 'en';
  },
  unsubscribe: async (token) => unsubscribe(service, token, await secret()),
});
