import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';

export type { Queryable };

export interface NewAccess {
  readonly userId: string;
  readonly kind: 'CHANGE' | 'EXPORT';
  readonly path: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
}

/** As rs_service, which can add to the log and neither change it nor take from it within a year. */
export async function insertAccess(db: Queryable, access: NewAccess): Promise<void> {
  await db.query({
    name: 'note access',
    text: `INSERT INTO admin_accesses (id, user_id, kind, path, details, request_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [
      newId(),
      access.userId,
      access.kind,
      access.path,
      JSON.stringify(access.details),
      access.requestId,
    ],
  });
}

export interface AccessRow extends Record<string, unknown> {
  readonly id: string;
  readonly at: Date;
  readonly email: string;
  readonly kind: 'CHANGE' | 'EXPORT';
  readonly path: string;
  readonly details: Record<string, unknown>;
  readonly requestId: string | null;
}

/** Latest first, of before `before` in that order. */
export async function selectAccesses(
  db: Queryable,
  kind: string | null,
  before: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<AccessRow[]> {
  const { rows } = await db.query<AccessRow>({
    name: 'page of accesses',
    text: `SELECT a.id, a.at, u.email, a.kind, a.path, a.details, a.request_id AS "requestId"
           FROM admin_accesses a JOIN users u ON u.id = a.user_id
           WHERE ($1::text IS NULL OR a.kind = $1) AND ($2::timestamptz IS NULL OR (a.at, a.id) < ($2, $3))
           ORDER BY a.at DESC, a.id DESC LIMIT $4`,
    values: [kind, before?.at ?? null, before?.id ?? null, limit],
  });
  return rows;
}
