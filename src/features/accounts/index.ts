export type { Callers, SignedIn } from './callers.ts';
export { authSecret } from './authSecret.ts';
export { browserName } from './browserName.ts';
export { plainAddress } from './emailAddress.ts';
export { byMail, type LinkDelivery, onTerminal, undeliverable } from './linkDelivery.ts';
export { createMailer, type Mail, type Mailer } from './mailer.ts';
export { type HandedOver, type MailLine, openMailLine } from './mailLine.ts';
export {
  endSession,
  findSession,
  listSessions,
  openSession,
  type OpenSession,
  revokeOtherSessions,
  revokeSession,
} from './sessions.ts';
export type { SessionLimits } from './sessionStore.ts';
export { createSignInLink, LINK_MINUTES, readSignInLink, useSignInLink } from './signInLink.ts';
export { type ProvidedIdentity, signInByProvider } from './signInProvider.ts';
export { type Breach, type BreachQuery, findAffected } from './breach.ts';
export { hasAnalyticsConsent, withdrawAnalyticsConsent } from './consent.ts';
export { checkErasure, type Erased, eraseUser, purgeHold, reapplyErasures } from './erasure.ts';
export { type PersonalTable, personalTables } from './exportTables.ts';
export { exportUser } from './exportUser.ts';
export { getProfile, updateProfile } from './profile.ts';
export { findRecipient, type Recipient } from './recipient.ts';
export { unsubscribe, unsubscribeToken, unsubscribeUser } from './unsubscribe.ts';
