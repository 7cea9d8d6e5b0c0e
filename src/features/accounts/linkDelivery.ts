import { AppError } from '../../errors.ts';
import type { Language } from '../../units/language.ts';
import type { Mailer } from './mailer.ts';
import { signInMail } from './signInMail.ts';
import { LINK_MINUTES } from './signInLink.ts';

/** How a sign-in link reaches its reader. */
export interface LinkDelivery {
  /** Where its reader finds it. */
  readonly by: 'mail' | 'terminal';
  /** Throws `UNAVAILABLE` with what to configure when no link can reach anybody. */
  check(): void;
  /** Sends the link, in the reader's language. Rejects with the reason when it could not be sent. */
  deliver(email: string, link: string, language?: Language): Promise<void>;
}

/** By e-mail. */
export const byMail = (mailer: Mailer): LinkDelivery => ({
  by: 'mail',
  check: () => {},
  deliver: (email, link, language) => mailer.send(signInMail(email, link, language)),
});

/** On the terminal of a server that only this machine reaches: who reads it has the server anyway. */
export const onTerminal = (print: (line: string) => void): LinkDelivery => ({
  by: 'terminal',
  check: () => {},
  deliver: async (email, link) =>
    print(`Sign-in link for ${email} (within ${LINK_MINUTES} minutes, no mail server is set): ${link}`),
});

/** Not at all: others reach the server, so that a link on its terminal would be no proof of anything. */
export const undeliverable = (reason: string): LinkDelivery => {
  const fail = (): never => {
    throw new AppError('UNAVAILABLE', reason);
  };
  return { by: 'mail', check: fail, deliver: async () => fail() };
};
