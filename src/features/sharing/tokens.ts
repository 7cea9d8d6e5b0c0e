import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses a link. */
const TOKEN_BYTES = 32;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is kept of a token, as of a session's: SHA-256 in hex. Null for a text that is no token at all. */
export const tokenHash = (token: string): string | null =>
  /^[A-Za-z0-9_-]{43}$/.test(token) ? createHash('sha256').update(token).digest('hex') : null;
