import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import type { ProfileChange, StoredTraveller } from './contract.ts';

export interface ProfileRow extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly profession: string | null;
  readonly createdAt: Date;
  readonly traveller: StoredTraveller | null;
  readonly emailReminders: boolean | null;
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly timezone: string | null;
  readonly consentSince: Date | null;
}

/** The user with settings and the open consent to this version; null when there is no such user. */
export async function selectProfile(
  tx: Queryable,
  userId: string,
  version: number,
): Promise<ProfileRow | null> {
  const { rows } = await tx.query<ProfileRow>({
    name: 'profile',
    text: `SELECT u.id, u.email, u.name, u.phone, u.profession, u.created_at AS "createdAt", s.traveller,
             s.email_reminders AS "emailReminders", s.quiet_from AS "quietFrom", s.quiet_to AS "quietTo", s.timezone,
             c.given_at AS "consentSince"
           FROM users u
           LEFT JOIN user_settings s ON s.user_id = u.id
           LEFT JOIN consents c ON c.user_id = u.id AND c.purpose = 'analytics' AND c.version = $2 AND c.withdrawn_at IS NULL
           WHERE u.id = $1`,
    values: [userId, version],
  });
  return rows[0] ?? null;
}

/** Only what is given changes; null empties. */
export async function updateUser(
  tx: Queryable,
  userId: string,
  { name, phone, profession }: Pick<ProfileChange, 'name' | 'phone' | 'profession'>,
): Promise<void> {
  await tx.query({
    name: 'update user',
    text: `UPDATE users SET name = CASE WHEN $2 THEN $3 ELSE name END, phone = CASE WHEN $4 THEN $5 ELSE phone END,
             profession = CASE WHEN $6 THEN $7::"Profession" ELSE profession END, updated_at = now()
           WHERE id = $1`,
    values: [
      userId,
      name !== undefined,
      name ?? null,
      phone !== undefined,
      phone ?? null,
      profession !== undefined,
      profession ?? null,
    ],
  });
}

/** Only what is given changes. */
export async function upsertSettings(
  tx: Queryable,
  userId: string,
  { traveller, notifications = {} }: Pick<ProfileChange, 'traveller' | 'notifications'>,
): Promise<void> {
  const { emailReminders = null, quietFrom = null, quietTo = null, timezone = null } = notifications;
  await tx.query({
    name: 'upsert settings',
    text: `INSERT INTO user_settings AS s (user_id, traveller, email_reminders, quiet_from, quiet_to, timezone)
           VALUES ($1, $2::jsonb, coalesce($3::boolean, true), coalesce($4::text, '22:00'), coalesce($5::text, '07:00'),
             coalesce($6::text, 'Asia/Kolkata'))
           ON CONFLICT (user_id) DO UPDATE SET traveller = coalesce($2::jsonb, s.traveller),
             email_reminders = coalesce($3, s.email_reminders), quiet_from = coalesce($4, s.quiet_from),
             quiet_to = coalesce($5, s.quiet_to), timezone = coalesce($6, s.timezone), updated_at = now()`,
    values: [
      userId,
      traveller === undefined ? null : JSON.stringify(traveller),
      emailReminders,
      quietFrom,
      quietTo,
      timezone,
    ],
  });
}

/** Opens a consent to this version, or closes every open one. Repeating changes nothing. */
export async function writeConsent(
  tx: Queryable,
  userId: string,
  version: number,
  given: boolean,
): Promise<void> {
  await tx.query({
    name: 'close consents',
    text: `UPDATE consents SET withdrawn_at = now()
           WHERE user_id = $1 AND purpose = 'analytics' AND withdrawn_at IS NULL AND (NOT $2::boolean OR version <> $3)`,
    values: [userId, given, version],
  });
  if (!given) return;
  await tx.query({
    name: 'open consent',
    text: `INSERT INTO consents (id, user_id, purpose, version) VALUES ($1, $2, 'analytics', $3)
           ON CONFLICT (user_id, purpose) WHERE withdrawn_at IS NULL DO NOTHING`,
    values: [newId(), userId, version],
  });
}

/** As rs_service. */
export async function selectConsent(db: Queryable, userId: string, version: number): Promise<boolean> {
  const { rows } = await db.query<{ given: boolean }>({
    name: 'consent',
    text: `SELECT EXISTS (SELECT FROM consents WHERE user_id = $1 AND purpose = 'analytics' AND version = $2
             AND withdrawn_at IS NULL) AS given`,
    values: [userId, version],
  });
  return rows[0]?.given ?? false;
}

/** Takes the user off their searches, and off clicks that belong to none of their trips. As rs_service. */
export async function forgetVisits(db: Queryable, userId: string): Promise<void> {
  await db.query({
    name: 'forget searches',
    text: 'UPDATE search_queries SET user_id = NULL, ip_hash = NULL, user_agent = NULL WHERE user_id = $1',
    values: [userId],
  });
  await db.query({
    name: 'forget clicks',
    text: 'UPDATE booking_clicks SET user_id = NULL WHERE user_id = $1 AND trip_id IS NULL',
    values: [userId],
  });
}
