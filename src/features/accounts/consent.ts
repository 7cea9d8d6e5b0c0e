import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { CONSENT_VERSION } from './contract.ts';
import { forgetVisits, selectConsent, writeConsent } from './profileStore.ts';

/**
 * Whether the user agrees, to the text as it is now, that searches and clicks are kept under their name.
 * @param service a database as rs_service.
 */
export const hasAnalyticsConsent = (service: Queryable, userId: string): Promise<boolean> =>
  translatingErrors(() => selectConsent(service, userId, CONSENT_VERSION));

/** Ends the consent, and takes the name off what was kept under it. `service`: a database as rs_service. */
export const withdrawAnalyticsConsent = (service: Queryable, userId: string): Promise<void> =>
  translatingErrors(async () => {
    await writeConsent(service, userId, CONSENT_VERSION, false);
    await forgetVisits(service, userId);
  });
