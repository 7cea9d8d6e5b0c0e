import type { Config } from '../config.ts';
import { authSecret } from '../features/accounts/index.ts';
import type { JobServices } from './jobs.ts';

type Settings = Pick<Config, 'authSecret' | 'dataDir' | 'mail' | 'port' | 'publicUrl'>;

/** What reminders are sent with, as configured: nothing without a mail server. Throws `CONFIGURATION`. */
export async function reminderServices(config: Settings): Promise<Pick<JobServices, 'reminders'>> {
  const { mail, port, publicUrl } = config;
  if (!mail) return {};
  // Without PUBLIC_URL only this machine reaches the server, and only its users read these mails.
  const origin = publicUrl ?? `http://localhost:${port}`;
  return { reminders: { mail, origin, secret: await authSecret(config) } };
}
