import { isIPv4, isIPv6 } from 'node:net';

export interface LimitIdentifier {
  /** `ip4:192.0.2.7`, `ip6-64:2001:db8:0:1`, `ip6-48:2001:db8:0`, `user:…`, `address:unknown`. */
  readonly identifier: string;
  /** How many times the limit of one visitor it may use: several households share a /48. */
  readonly factor: number;
}

/** A provider gives a household a /56 or /48: its owner has 65,536 networks /64 to change between. */
export const NETWORK_48_FACTOR = 8;

/**
 * Whom a request is counted for: an IPv4 address, or an IPv6 network (/64, one subscriber's LAN, and /48), and the
 * user when there is one. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.7`) is the IPv4 address.
 */
export function limitIdentifiers(address: string | undefined, userId?: string | null): LimitIdentifier[] {
  const user = userId ? [{ identifier: `user:${userId}`, factor: 1 }] : [];
  return [...user, ...addressIdentifiers(address ?? '')];
}

function addressIdentifiers(text: string): LimitIdentifier[] {
  const address = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  if (isIPv4(address)) return [{ identifier: `ip4:${address}`, factor: 1 }];
  // All without a readable address share one count, so that hiding it gains nothing.
  if (!isIPv6(address)) return [{ identifier: 'address:unknown', factor: 1 }];
  const groups = ipv6Groups(address);
  if (isMapped(groups)) return [{ identifier: `ip4:${mappedIpv4(groups)}`, factor: 1 }];
  const prefix = (count: number): string =>
    groups
      .slice(0, count)
      .map((group) => group.toString(16))
      .join(':');
  return [
    { identifier: `ip6-64:${prefix(4)}`, factor: 1 },
    { identifier: `ip6-48:${prefix(3)}`, factor: NETWORK_48_FACTOR },
  ];
}

/** The eight groups of a valid IPv6 address. */
export function ipv6Groups(address: string): number[] {
  const plain = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, a: string, b: string, c: string, d: string) =>
      [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

const mappedIpv4 = (groups: readonly number[]): string =>
  groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
