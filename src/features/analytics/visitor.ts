import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { ipv6Groups, limitIdentifiers } from '../limits/index.ts';

/**
 * The network an address lies in: `192.0.2` (/24) or `2001:db8:1` (/48). Null for what is no address.
 * What is left stands for hundreds of households at least.
 */
export function truncatedAddress(text: string): string | null {
  const [first] = limitIdentifiers(text);
  const [, name = ''] = /^ip4:(.*)$/.exec(first?.identifier ?? '') ?? [];
  if (isIPv4(name)) return name.split('.').slice(0, 3).join('.');
  const address = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  if (!isIPv6(address)) return null;
  return ipv6Groups(address)
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(':');
}

/**
 * What is stored for an address: HMAC-SHA256 of its network with a key of the (UTC) day, base64url. Counts visitors
 * within a day; tells nobody who they were, nor that two days saw the same one.
 */
export function visitorHash(secret: string, address: string, at: Date): string | null {
  const network = truncatedAddress(address);
  if (network === null) return null;
  const key = createHmac('sha256', secret)
    .update(`visitors of ${at.toISOString().slice(0, 10)}`)
    .digest();
  return createHmac('sha256', key).update(network).digest('base64url');
}

const AGENT_LENGTH = 120;

/** Enough to tell browsers and devices apart, too short for the rarest details. */
export function truncatedUserAgent(text: string): string | null {
  const plain = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return plain === '' ? null : plain.slice(0, AGENT_LENGTH).toWellFormed();
}
