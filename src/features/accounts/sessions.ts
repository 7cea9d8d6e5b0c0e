import { createHash, randomBytes } from 'node:crypto';
import { asCaller, type Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError, readInput } from '../../errors.ts';
import { sessionIdSchema, type SessionView } from './contract.ts';
import {
  deleteOtherSessions,
  deleteSession,
  deleteSessionByToken,
  dropSurplusSessions,
  insertSession,
  markSeen,
  selectSession,
  selectSessions,
  type SessionLimits,
} from './sessionStore.ts';

/** 256 bits; ASVS 7.2.3 asks for 128. */
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** A secret that is handed out once and kept as {@link tokenHash} only. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** SHA-256 in hex. The token is random, so the hash needs neither salt nor work. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether a text can be a token at all; the database is not asked about others. */
export const isToken = (text: string): boolean => TOKEN.test(text);

export interface OpenSession {
  /** For the cookie; not kept here. */
  readonly token: string;
  readonly sessionId: string;
}

/**
 * Opens a session in the transaction that proved who it is, as rs_service. The session that the browser had before,
 * if any, ends: a cookie from before the sign-in is worth nothing after it.
 */
export async function openSession(
  tx: Queryable,
  user: { readonly userId: string; readonly userAgent: string | null; readonly previousToken: string | null },
  limits: SessionLimits,
): Promise<OpenSession> {
  const { userId, userAgent, previousToken } = user;
  if (previousToken !== null && isToken(previousToken))
    await deleteSessionByToken(tx, tokenHash(previousToken));
  const token = newToken();
  const sessionId = await insertSession(tx, { userId, tokenHash: tokenHash(token), userAgent }, limits);
  await dropSurplusSessions(tx, userId);
  return { token, sessionId };
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  /** The user has proved that the address is theirs. */
  readonly verified: boolean;
  /** Signed in within ten minutes. */
  readonly recent: boolean;
}

/** The live session of a token, or null; using it keeps it alive. As rs_service. */
export const findSession = (
  service: Queryable,
  token: string,
  limits: SessionLimits,
): Promise<Session | null> =>
  translatingErrors(async () => {
    if (!isToken(token)) return null;
    const session = await selectSession(service, tokenHash(token));
    if (!session) return null;
    const { unseen, ...found } = session;
    if (unseen) await markSeen(service, found.id, limits);
    return found;
  });

/** Ends the session of a token, if there is one. As rs_service. */
export const endSession = (service: Queryable, token: string): Promise<void> =>
  translatingErrors(async () => {
    if (isToken(token)) await deleteSessionByToken(service, tokenHash(token));
  });

/** The caller's live sessions, last seen first. */
export async function listSessions(caller: Caller, currentId: string): Promise<SessionView[]> {
  const rows = await asCaller(caller, (database) => selectSessions(database, caller.userId));
  return rows.map(({ id, createdAt, lastSeenAt, expiresAt, userAgent }) => ({
    id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    userAgent,
    current: id === currentId,
  }));
}

/** Ends one of the caller's sessions. Throws `NOT_FOUND`. */
export async function revokeSession(caller: Caller, sessionId: string): Promise<void> {
  const id = readInput(sessionIdSchema, sessionId, 'sessionId');
  const ended = await asCaller(caller, (database) => deleteSession(database, caller.userId, id));
  if (!ended) throw new AppError('NOT_FOUND', 'There is no such session');
}

/** Ends all of the caller's sessions but this one; answers how many. */
export const revokeOtherSessions = (caller: Caller, currentId: string): Promise<number> =>
  asCaller(caller, (database) => deleteOtherSessions(database, caller.userId, currentId));
