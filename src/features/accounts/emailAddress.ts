import { AppError } from '../../errors.ts';

/** RFC 5321: 64 before the @, 255 after it, 254 in all. */
const MAX_LENGTH = 254;
/**
 * What mail systems deliver to in practice: no quotes, comments, spaces or literals, in which parsers differ about
 * where the mail goes (https://github.com/advisories/GHSA-mm7p-fcc7-pg87). Linear: no part can match twice.
 */
const ADDRESS =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Whether a text is an address in its one spelling. */
export const isPlainAddress = (text: string): boolean =>
  text.length <= MAX_LENGTH && text.indexOf('@') <= 64 && ADDRESS.test(text);

/**
 * The one spelling of an e-mail address that is stored, compared and written to: compatibility forms made plain (NFKC:
 * a full-width @ is an @), lower case, and plain ASCII then, so that no letter looks like another.
 * Throws `INVALID_REQUEST`.
 */
export function plainAddress(text: string): string {
  const address = text.slice(0, 1000).normalize('NFKC').trim().toLowerCase();
  if (!isPlainAddress(address))
    throw new AppError('INVALID_REQUEST', 'email: Enter one e-mail address, as name@example.org', {
      facts: {
        fields: [
          { path: 'email', message: 'must be one e-mail address in plain letters, as name@example.org' },
        ],
      },
    });
  return address;
}
