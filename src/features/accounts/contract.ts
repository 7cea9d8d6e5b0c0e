import { z } from '@hono/zod-openapi';
import { languages } from '../../units/language.ts';
import { isZone } from '../../units/time.ts';
import {
  disabilities,
  genders,
  patientCategories,
  professions,
  travellerGroups,
} from '../concessions/contract.ts';
import { travellerProfiles } from '../journeys/contract.ts';
import { reminderKinds } from '../reminders/contract.ts';

export type { Callers, SignedIn } from './callers.ts';

/** Sessions of one user; the one that was not seen for longest gives way to a new one. */
export const MAX_SESSIONS = 50;

export const sessionIdSchema = z.cuid().describe('Of a session in the list');

export const sessionSchema = z
  .object({
    id: sessionIdSchema,
    createdAt: z.iso.datetime().describe('When it was signed in'),
    lastSeenAt: z.iso.datetime().describe('To some minutes'),
    expiresAt: z.iso.datetime().describe('When it ends unless it is used again'),
    userAgent: z.string().nullable().describe('Browser and system in words'),
    current: z.boolean().describe('The session of this request'),
  })
  .openapi('Session');
export type SessionView = z.infer<typeof sessionSchema>;

export const sessionsResponseSchema = z
  .object({ sessions: z.array(sessionSchema).max(MAX_SESSIONS).describe('Last seen first') })
  .openapi('Sessions');

export const sessionsEndedSchema = z
  .object({ ended: z.number().int().min(0).describe('How many other sessions were ended') })
  .openapi('SessionsEnded');

export const magicLinkRequestSchema = z
  .strictObject({
    email: z.string().max(320).describe('One address in plain letters'),
    returnTo: z.string().max(2000).optional().describe('Page to go to then: a path of this server'),
  })
  .openapi('MagicLinkRequest', { example: { email: 'asha@example.org', returnTo: '/trips' } });

export const magicLinkResponseSchema = z
  .object({
    by: z.enum(['mail', 'terminal']).describe('Where the link is found; terminal: no mail server is set'),
    minutes: z.number().int().describe('How long the link works'),
  })
  .openapi('MagicLinkSent');

export const signedInResponseSchema = z
  .object({
    user: z.object({ id: z.string(), email: z.string(), admin: z.boolean() }).nullable(),
  })
  .openapi('SignedIn');

/** The text of docs/privacy.md that is agreed to; raised when it changes, and then asked again. */
export const CONSENT_VERSION = 1;

export const storedTravellerSchema = z
  .strictObject({
    birthYear: z.number().int().min(1900).max(2100).optional(),
    gender: z.enum(genders).optional(),
    domicileState: z.string().trim().min(1).max(120).optional().describe('State of residence: "Karnataka"'),
    disability: z.enum(disabilities).optional().describe('Left out: none'),
    patient: z.enum(patientCategories).optional().describe('Left out: none'),
    groups: z.array(z.enum(travellerGroups)).max(travellerGroups.length).optional(),
    profile: z.enum(travellerProfiles).optional().describe('What is hard on this traveller'),
  })
  .openapi('StoredTraveller');
export type StoredTraveller = z.infer<typeof storedTravellerSchema>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const notifications = {
  emailReminders: z.boolean().describe('Whether any reminder is mailed'),
  kinds: z.array(z.enum(reminderKinds)).max(reminderKinds.length).describe('Of what'),
  daysBefore: z
    .number()
    .int()
    .min(1)
    .max(60)
    .describe('NOT_BOOKED: so many days before the leg leaves, in the morning'),
  leaveMinutes: z
    .number()
    .int()
    .min(15)
    .max(720)
    .describe('LEAVE: so many minutes before it is time to leave home'),
  quietFrom: clock.describe('No mail from here, HH:MM in `timezone`'),
  quietTo: clock.describe('… to here; the same: at any hour'),
  timezone: z.string().max(64).refine(isZone, 'must be an IANA zone, as Asia/Kolkata'),
  language: z.enum(languages).describe('Of mails'),
};
const notificationsSchema = z.object(notifications).openapi('Notifications');
export type Notifications = z.infer<typeof notificationsSchema>;

/** Of a user without a row of settings; the columns' defaults are the same. */
export const defaultNotifications: Notifications = {
  emailReminders: true,
  kinds: [...reminderKinds],
  daysBefore: 3,
  leaveMinutes: 60,
  quietFrom: '22:00',
  quietTo: '07:00',
  timezone: 'Asia/Kolkata',
  language: 'en',
};

export const profileSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    profession: z.enum(professions).nullable(),
    traveller: storedTravellerSchema
      .loose()
      .describe('What concessions and comfort may ask; {} when unknown'),
    notifications: notificationsSchema,
    analytics: z
      .object({
        consent: z.boolean(),
        version: z.number().int().describe('Of the text that is agreed to now'),
        since: z.iso.datetime().nullable(),
      })
      .describe('Whether searches and clicks may be kept under your name'),
    createdAt: z.iso.datetime(),
  })
  .openapi('Profile');
export type Profile = z.infer<typeof profileSchema>;

export const profileChangeSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200).nullable().optional(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'must be as +919812345678 (E.164)')
      .nullable()
      .optional(),
    profession: z.enum(professions).nullable().optional(),
    traveller: storedTravellerSchema.optional().describe('Replaces what is stored'),
    notifications: z.strictObject(notifications).partial().optional(),
    analyticsConsent: z
      .boolean()
      .optional()
      .describe('false: also takes your name off the searches and clicks that are kept'),
  })
  .openapi('ProfileChange');
export type ProfileChange = z.infer<typeof profileChangeSchema>;

export const exportSchema = z
  .object({
    format: z.literal('routestitch-export/1'),
    exportedAt: z.iso.datetime(),
    tables: z
      .record(z.string(), z.array(z.record(z.string(), z.unknown())))
      .describe('Rows about you by table, as they are stored, without secrets'),
  })
  .openapi('DataExport');
export type DataExport = z.infer<typeof exportSchema>;

export const erasureRequestSchema = z
  .strictObject({
    confirm: z
      .string()
      .max(320)
      .optional()
      .describe('Your e-mail address, unless you signed in within the last ten minutes'),
  })
  .openapi('ErasureRequest');
