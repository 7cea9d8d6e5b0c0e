import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import { MAX_SESSIONS } from './contract.ts';

export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly verified: boolean;
  /** Signed in a short time ago. */
  readonly recent: boolean;
  /** Not marked as seen for some minutes. */
  readonly unseen: boolean;
}

/** How long a session lasts, in days: without being used, and in all. */
export interface SessionLimits {
  readonly idleDays: number;
  readonly maxDays: number;
}

/** Every time here is the database's: the clocks of processes differ. */
const SEEN_EVERY = `interval '5 minutes'`;
/** A sign-in that proves that it is still the user who sits there. */
const RECENT = `interval '10 minutes'`;

export async function insertSession(
  tx: Queryable,
  session: { readonly userId: string; readonly tokenHash: string; readonly userAgent: string | null },
  { idleDays, maxDays }: SessionLimits,
): Promise<string> {
  const id = newId();
  await tx.query({
    name: 'insert session',
    text: `INSERT INTO sessions (id, session_token, user_id, user_agent, expires)
           VALUES ($1, $2, $3, $4, now() + make_interval(days => least($5::int, $6::int)))`,
    values: [id, session.tokenHash, session.userId, session.userAgent, idleDays, maxDays],
  });
  return id;
}

/** Ends what is more than {@link MAX_SESSIONS}, the ones not seen for longest first. */
export async function dropSurplusSessions(tx: Queryable, userId: string): Promise<void> {
  await tx.query({
    name: 'drop surplus sessions',
    text: `DELETE FROM sessions WHERE user_id = $1 AND id IN
             (SELECT id FROM sessions WHERE user_id = $1 ORDER BY expires > now() DESC, last_seen_at DESC, id DESC OFFSET $2)`,
    values: [userId, MAX_SESSIONS],
  });
}

/** The session that has not expired, with its user; null when there is none. As rs_service. */
export async function selectSession(db: Queryable, tokenHash: string): Promise<SessionRow | null> {
  const { rows } = await db.query<SessionRow & Record<string, unknown>>({
    name: 'session',
    text: `SELECT s.id, s.user_id AS "userId", u.email, u.email_verified IS NOT NULL AS verified,
             s.last_seen_at < now() - ${SEEN_EVERY} AS unseen, s.created_at > now() - ${RECENT} AS recent
           FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.session_token = $1 AND s.expires > now()`,
    values: [tokenHash],
  });
  return rows[0] ?? null;
}

/** Marks the session as used now, which moves its end on, but never beyond its longest life. As rs_service. */
export async function markSeen(
  db: Queryable,
  id: string,
  { idleDays, maxDays }: SessionLimits,
): Promise<void> {
  await db.query({
    name: 'session seen',
    text: `UPDATE sessions SET last_seen_at = now(),
             expires = least(now() + make_interval(days => $2::int), created_at + make_interval(days => $3::int))
           WHERE id = $1 AND expires > now() AND last_seen_at < now() - ${SEEN_EVERY}`,
    values: [id, idleDays, maxDays],
  });
}

/** As rs_service. */
export async function deleteSessionByToken(db: Queryable, tokenHash: string): Promise<void> {
  await db.query({
    name: 'end session by token',
    text: 'DELETE FROM sessions WHERE session_token = $1',
    values: [tokenHash],
  });
}

interface ListedRow extends Record<string, unknown> {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
}

export async function selectSessions(db: Queryable, userId: string): Promise<ListedRow[]> {
  const { rows } = await db.query<ListedRow>({
    name: 'sessions of user',
    text: `SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires AS "expiresAt", user_agent AS "userAgent"
           FROM sessions WHERE user_id = $1 AND expires > now() ORDER BY last_seen_at DESC, id DESC LIMIT $2`,
    values: [userId, MAX_SESSIONS],
  });
  return rows;
}

/** False when the user has no such session. */
export async function deleteSession(db: Queryable, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'end session',
    text: 'DELETE FROM sessions WHERE user_id = $1 AND id = $2 AND expires > now()',
    values: [userId, id],
  });
  return rowCount === 1;
}

/** How many sessions that had not expired were ended. */
export async function deleteOtherSessions(db: Queryable, userId: string, kept: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'end other sessions',
    text: 'DELETE FROM sessions WHERE user_id = $1 AND id <> $2 AND expires > now()',
    values: [userId, kept],
  });
  return rowCount ?? 0;
}
