/** The only way to fetch an address that somebody gave: nothing behind this machine's firewall is reached by it. */
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { isIP } from 'node:net';
import { guardedLookup, isPublicAddress, type Resolve } from './publicAddress.ts';

export interface OutboundRules {
  /** `gtfs.example.org`, or with another port than 443 `gtfs.example.org:8443`. */
  readonly hosts: readonly string[];
  /** Default: addresses of the public Internet. */
  readonly allowsAddress?: (address: string) => boolean;
  /** Certificate authority, when it is not one that Node knows. */
  readonly ca?: string;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
}

const refusals = {
  NOT_AN_ADDRESS: 'is not an address',
  NOT_HTTPS: 'is not https',
  CREDENTIALS: 'holds a name or password',
  HOST_NOT_LISTED: 'is of a host that is not listed',
  NOT_PUBLIC: 'is not of a public address',
} as const;
export type Refusal = keyof typeof refusals;

/** An address that is not asked. What is only known when it is connected to is an error of the connection. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
  readonly reason: Refusal;
  /** As the list of hosts would have it. */
  readonly host: string;

  constructor(address: string, reason: Refusal, host = '') {
    super(`${address} ${refusals[reason]}`);
    this.reason = reason;
    this.host = host;
  }
}

/** The address, when the rules allow that it is asked. Throws {@link RefusedAddress}. */
export function checkedAddress(address: string, rules: OutboundRules): URL {
  if (!URL.canParse(address)) throw new RefusedAddress(address, 'NOT_AN_ADDRESS');
  const url = new URL(address);
  const refuse = (reason: Refusal): never => {
    throw new RefusedAddress(address, reason, url.host);
  };
  if (url.protocol !== 'https:') return refuse('NOT_HTTPS');
  if (url.username || url.password) return refuse('CREDENTIALS');
  if (!rules.hosts.some((host) => host.toLowerCase() === url.host)) return refuse('HOST_NOT_LISTED');
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  // Names are checked when they are resolved; an address in figures never is.
  if (isIP(bare) !== 0 && !(rules.allowsAddress ?? isPublicAddress)(bare)) return refuse('NOT_PUBLIC');
  return url;
}

export interface GuardedCall {
  readonly signal: AbortSignal;
  /** The longest pause in the answer. */
  readonly pauseMs: number;
  readonly accept: string;
}

/**
 * Asks for an address by https: from a listed host, at an address that is checked when it is connected to, following
 * no redirect. Who reads the answer bounds its size. Throws {@link RefusedAddress} and what the connection throws.
 */
export async function guardedGet(
  address: string,
  rules: OutboundRules,
  { signal, pauseMs, accept }: GuardedCall,
): Promise<IncomingMessage> {
  const url = checkedAddress(address, rules);
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      {
        // An agent of its own: a connection that is kept open by another would not be checked.
        agent: new Agent({ keepAlive: false }),
        lookup: guardedLookup(rules.allowsAddress ?? isPublicAddress, rules.resolve),
        signal,
        headers: { accept },
        ...(rules.ca === undefined ? {} : { ca: rules.ca }),
      },
      resolve,
    );
    request.setTimeout(pauseMs, () => request.destroy(new Error('the other side stopped sending')));
    request.on('error', reject);
  });
}
