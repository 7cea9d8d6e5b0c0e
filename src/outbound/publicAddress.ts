import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';

const blocked = new BlockList();
// IANA special-purpose registries: this host, private, shared, loopback, link-local, tests, multicast, reserved.
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  blocked.addSubnet(network, bits, 'ipv4');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
// Inside the global range: tunnels that carry any IPv4 address (Teredo, 6to4), protocol assignments, documentation.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked.addSubnet(network, bits, 'ipv6');

/** Whether an address belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  // One with a zone (`fe80::1%eth0`) is of this link, whatever it looks like.
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (!isIPv6(address)) return !blocked.check(address, 'ipv4');
  return global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** Asks for all addresses of a name; the system's resolver is one. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for one connection that fails unless every address of the name is allowed. The address that is
 * checked is the one that is connected to, so a name cannot change its meaning in between.
 */
export const guardedLookup =
  (allows: (address: string) => boolean, resolve: Resolve = lookup): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || first === undefined) return callback(error ?? new Error(`${host} has no address`), '', 0);
      const refused = addresses.find(({ address }) => !allows(address));
      if (refused !== undefined)
        return callback(new Error(`${host} leads to ${refused.address}, which is not public`), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
