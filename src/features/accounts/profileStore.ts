import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import {
  defaultNotifications,
  type Notifications,
  type ProfileChange,
  type StoredTraveller,
} from './contract.ts';

export interface ProfileRow extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly profession: string | null;
  readonly createdAt: Date;
  readonly traveller: StoredTraveller | null;
  /** Null without a row of settings. */
  readonly notifications: Notifications | null;
  readonly consentSince: Date | null;
}

/** Of the settings `s`. */
const NOTIFICATIONS_JSON = `json_build_object('emailReminders', s.email_reminders, 'kinds', s.reminder_kinds,
  'daysBefore', s.days_before, 'leaveMinutes', s.leave_minutes, 'quietFrom', s.quiet_from, 'quietTo', s.quiet_to,
  'timezone', s.timezone, 'language', s.language)`;

/** The user with settings and the open consent to this version; null when there is no such user. */
export async function selectProfile(
  tx: Queryable,
  userId: string,
  version: number,
): Promise<ProfileRow | null> {
  const { rows } = await tx.query<ProfileRow>({
    name: 'profile',
    text: `SELECT u.id, u.email, u.name, u.phone, u.profession, u.created_at AS "createdAt", s.traveller,
             CASE WHEN s.user_id IS NOT NULL THEN ${NOTIFICATIONS_JSON} END AS notifications, c.given_at AS "consentSince"
           FROM users u
           LEFT JOIN user_settings s ON s.user_id = u.id
           LEFT JOIN consents c ON c.user_id = u.id AND c.purpose = 'analytics' AND c.version = $2 AND c.withdrawn_at IS NULL
           WHERE u.id = $1`,
    values: [userId, version],
  });
  return rows[0] ?? null;
}

/** The address, when it is verified, and the wishes of a user; null when there is none. */
export async function selectRecipient(
  db: Queryable,
  userId: string,
): Promise<{ readonly email: string | null; readonly notifications: Notifications | null } | null> {
  const { rows } = await db.query<{ email: string | null; notifications: Notifications | null }>({
    name: 'recipient',
    text: `SELECT CASE WHEN u.email_verified IS NOT NULL THEN u.email END AS email,
             CASE WHEN s.user_id IS NOT NULL THEN ${NOTIFICATIONS_JSON} END AS notifications
           FROM users u LEFT JOIN user_settings s ON s.user_id = u.id WHERE u.id = $1`,
    values: [userId],
  });
  return rows[0] ?? null;
}

/** No reminders any more. */
export async function switchRemindersOff(db: Queryable, userId: string): Promise<void> {
  await db.query({
    name: 'switch reminders off',
    text: `INSERT INTO user_settings (user_id, email_reminders) SELECT id, false FROM users WHERE id = $1
           ON CONFLICT (user_id) DO UPDATE SET email_reminders = false, updated_at = now()`,
    values: [userId],
  });
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
  const { kinds, ...rest } = notifications;
  const given = { ...rest, ...(kinds ? { kinds: [...new Set(kinds)] } : {}) };
  // What is left out is, of a new row, the default, and else what was there.
  await tx.query({
    name: 'upsert settings',
    text: `INSERT INTO user_settings AS s (user_id, traveller, email_reminders, reminder_kinds, days_before, leave_minutes,
             quiet_from, quiet_to, timezone, language)
           SELECT $1, $2::jsonb, n."emailReminders", n.kinds::text[]::"ReminderKind"[], n."daysBefore", n."leaveMinutes",
             n."quietFrom", n."quietTo", n.timezone, n.language
           FROM json_to_record($3::json) AS n (${NOTIFICATION_COLUMNS})
           ON CONFLICT (user_id) DO UPDATE SET
             (traveller, email_reminders, reminder_kinds, days_before, leave_minutes, quiet_from, quiet_to, timezone,
              language, updated_at) =
             (SELECT coalesce($2::jsonb, s.traveller), coalesce(g."emailReminders", s.email_reminders),
                coalesce(g.kinds::text[]::"ReminderKind"[], s.reminder_kinds), coalesce(g."daysBefore", s.days_before),
                coalesce(g."leaveMinutes", s.leave_minutes), coalesce(g."quietFrom", s.quiet_from),
                coalesce(g."quietTo", s.quiet_to), coalesce(g.timezone, s.timezone), coalesce(g.language, s.language), now()
              FROM json_to_record($4::json) AS g (${NOTIFICATION_COLUMNS}))`,
    values: [
      userId,
      traveller === undefined ? null : JSON.stringify(traveller),
      JSON.stringify({ ...defaultNotifications, ...given }),
      JSON.stringify(given),
    ],
  });
}

const NOTIFICATION_COLUMNS = `"emailReminders" boolean, kinds text[], "daysBefore" smallint, "leaveMinutes" smallint,
  "quietFrom" text, "quietTo" text, timezone text, language text`;

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
