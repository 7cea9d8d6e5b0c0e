import { randomBytes } from 'node:crypto';

/** Above the 128 bits of a secret: who has the id may answer for a click that nobody was signed in for. */
const BYTES = 18;

/** A new id of a booking click, 24 characters that no address has to escape. */
export const newClickId = (): string => randomBytes(BYTES).toString('base64url');
