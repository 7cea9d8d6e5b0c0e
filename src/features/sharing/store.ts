import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import { MAX_LINKS } from './contract.ts';

/** Every statement names the user besides the row-level policies, as in the trips slice. */

export type LinkKind = 'PAGE' | 'CALENDAR';

export interface Link {
  readonly id: string;
  readonly tripId: string | null;
  readonly showName: boolean;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

type LinkRow = Link & Record<string, unknown>;

const LINK = `id, trip_id AS "tripId", show_name AS "showName", expires_at AS "expiresAt", created_at AS "createdAt"`;

export interface NewLink {
  readonly kind: LinkKind;
  readonly tripId: string | null;
  readonly tokenHash: string;
  readonly showName: boolean;
  readonly expiresAt: string | null;
}

/** Null: the user has no such trip outside the archive, or as many links to it as there may be (or of all trips). */
export async function insertLink(tx: Queryable, userId: string, link: NewLink): Promise<Link | null> {
  const { rows } = await tx.query<LinkRow>({
    name: 'insert link',
    text: `INSERT INTO shared_links (id, user_id, trip_id, kind, token_hash, show_name, expires_at)
           SELECT $2, $1, $3, $4::"LinkKind", $5, $6::boolean, $7::timestamptz
           WHERE ($3::text IS NULL OR EXISTS (SELECT FROM trips WHERE id = $3 AND user_id = $1))
             AND (SELECT count(*) FROM shared_links WHERE user_id = $1 AND kind = $4::"LinkKind" AND trip_id IS NOT DISTINCT FROM $3) < $8::int
           RETURNING ${LINK}`,
    values: [
      userId,
      newId(),
      link.tripId,
      link.kind,
      link.tokenHash,
      link.showName,
      link.expiresAt,
      MAX_LINKS,
    ],
  });
  return rows[0] ?? null;
}

/** Whether the user has this trip, outside the archive. */
export async function hasTrip(tx: Queryable, userId: string, tripId: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'has trip',
    text: 'SELECT FROM trips WHERE id = $2 AND user_id = $1',
    values: [userId, tripId],
  });
  return rowCount === 1;
}

/** Pages of one trip, latest first. */
export async function selectShares(tx: Queryable, userId: string, tripId: string): Promise<Link[]> {
  const { rows } = await tx.query<LinkRow>({
    name: 'shares',
    text: `SELECT ${LINK} FROM shared_links WHERE user_id = $1 AND trip_id = $2 AND kind = 'PAGE' ORDER BY created_at DESC, id`,
    values: [userId, tripId],
  });
  return rows;
}

/** Calendars of one trip and of all, latest first. */
export async function selectCalendars(tx: Queryable, userId: string): Promise<Link[]> {
  const { rows } = await tx.query<LinkRow>({
    name: 'calendars',
    text: `SELECT ${LINK} FROM shared_links WHERE user_id = $1 AND kind = 'CALENDAR' ORDER BY created_at DESC, id`,
    values: [userId],
  });
  return rows;
}

/** `tripId`: the trip that a page must be of; null for a calendar, whatever it is of. */
export async function deleteLink(
  tx: Queryable,
  userId: string,
  kind: LinkKind,
  id: string,
  tripId: string | null,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'delete link',
    text: `DELETE FROM shared_links
           WHERE id = $2 AND user_id = $1 AND kind = $3::"LinkKind" AND ($4::text IS NULL OR trip_id = $4)`,
    values: [userId, id, kind, tripId],
  });
  return rowCount === 1;
}

/** Whose link it is and what it shows. */
export interface LinkOwner {
  readonly userId: string;
  readonly tripId: string | null;
  /** Of the user, if the link shows it. */
  readonly name: string | null;
}

/** By the database clock; null: none such, or over. @param service a database as rs_service. */
export async function selectLinkOwner(
  service: Queryable,
  kind: LinkKind,
  tokenHash: string,
): Promise<LinkOwner | null> {
  const { rows } = await service.query<LinkOwner & Record<string, unknown>>({
    name: 'link owner',
    text: `SELECT l.user_id AS "userId", l.trip_id AS "tripId", CASE WHEN l.show_name THEN u.name END AS name
           FROM shared_links l JOIN users u ON u.id = l.user_id
           WHERE l.token_hash = $1 AND l.kind = $2::"LinkKind" AND (l.expires_at IS NULL OR l.expires_at > now())`,
    values: [tokenHash, kind],
  });
  return rows[0] ?? null;
}
