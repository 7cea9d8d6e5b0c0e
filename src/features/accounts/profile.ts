import { asCaller, type Caller } from '../../database/caller.ts';
import type { Queryable } from '../../database/connect.ts';
import { AppError, readInput } from '../../errors.ts';
import { withdrawAnalyticsConsent } from './consent.ts';
import {
  CONSENT_VERSION,
  defaultNotifications,
  type Profile,
  type ProfileChange,
  profileChangeSchema,
} from './contract.ts';
import { selectProfile, updateUser, upsertSettings, writeConsent } from './profileStore.ts';

/** What the caller told of themselves. Throws `UNAUTHENTICATED` when the user is gone. */
export const getProfile = (caller: Caller): Promise<Profile> =>
  asCaller(caller, (database) => readProfile(database, caller.userId));

/**
 * Changes what is given and leaves the rest. Throws `INVALID_REQUEST` for anything else than these fields and `CONFLICT` for
 * another user's phone number.
 * @param service a database as rs_service: takes the name off searches when the consent is withdrawn.
 */
export async function updateProfile(
  caller: Caller,
  service: Queryable,
  change: ProfileChange,
): Promise<Profile> {
  const { userId } = caller;
  const given = readInput(profileChangeSchema, change);
  const { analyticsConsent, name, phone, profession, traveller, notifications } = given;
  await asCaller(caller, (database) =>
    database.transaction(async (tx) => {
      if ([name, phone, profession].some((value) => value !== undefined)) await updateUser(tx, userId, given);
      if (traveller !== undefined || notifications !== undefined) await upsertSettings(tx, userId, given);
      if (analyticsConsent === true) await writeConsent(tx, userId, CONSENT_VERSION, true);
    }),
  );
  if (analyticsConsent === false) await withdrawAnalyticsConsent(service, userId);
  return getProfile(caller);
}

async function readProfile(database: Queryable, userId: string): Promise<Profile> {
  const row = await selectProfile(database, userId, CONSENT_VERSION);
  if (!row) throw new AppError('UNAUTHENTICATED', 'Sign in first: /auth/signin');
  const { id, email, name, phone, createdAt, consentSince } = row;
  return {
    id,
    email,
    name,
    phone,
    profession: row.profession as Profile['profession'],
    traveller: row.traveller ?? {},
    notifications: row.notifications ?? defaultNotifications,
    analytics: {
      consent: consentSince !== null,
      version: CONSENT_VERSION,
      since: consentSince?.toISOString() ?? null,
    },
    createdAt: createdAt.toISOString(),
  };
}
