import { isIP } from 'node:net';
import type { Config } from '../../config.ts';
import {
  authSecret,
  byMail,
  createMailer,
  type LinkDelivery,
  onTerminal,
  undeliverable,
} from '../../features/accounts/index.ts';
import { sessionCookie } from './cookies.ts';
import { isLoopback } from './ownOrigin.ts';
import { createProviders } from './providers.ts';
import type { SignInServices } from './signInRoutes.ts';

export type SignInConfig = Pick<
  Config,
  | 'authSecret'
  | 'dataDir'
  | 'google'
  | 'host'
  | 'mail'
  | 'oidc'
  | 'publicUrl'
  | 'sessionLimits'
  | 'trustedProxies'
>;

export interface OpenSignIn {
  readonly services: SignInServices;
  /** Waits for mails under way. */
  readonly close: () => Promise<void>;
}

/** What signing in needs, as configured. `print` is for the terminal of the server. Throws `CONFIGURATION`. */
export async function openSignIn(
  config: SignInConfig,
  use: Pick<SignInServices, 'callers' | 'service' | 'onError'> & { readonly print: (line: string) => void },
): Promise<OpenSignIn> {
  const { publicUrl, google, oidc, sessionLimits: limits, trustedProxies } = config;
  const { print, ...rest } = use;
  const secret = await authSecret(config);
  const providers = await createProviders({ google, oidc, secret });
  const mailer = config.mail ? await createMailer(config.mail) : null;
  const delivery: LinkDelivery = mailer
    ? byMail(mailer)
    : onlyThisMachine(config)
      ? onTerminal(print)
      : undeliverable(
          'Whoever runs this server must set SMTP_URL and MAIL_FROM before people can sign in by mail',
        );
  const cookie = sessionCookie(publicUrl?.startsWith('https:') ?? false);
  return {
    services: { ...rest, cookie, limits, publicUrl, delivery, providers, secret, trustedProxies },
    close: async () => mailer?.close(),
  };
}

/** Nobody elsewhere reaches a server that listens on this machine alone and is not published by a proxy. */
export const onlyThisMachine = ({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): boolean =>
  isLoopback(`http://${isIP(host) === 6 ? `[${host}]` : host}`) &&
  (publicUrl === undefined || isLoopback(new URL(publicUrl).origin));
