/** A real DNS server on this machine, and the lookup that asks it as the system's would ask its own. */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Resolve } from '../../src/outbound/publicAddress.ts';

const TYPES = { A: 1, AAAA: 28 } as const;
const NAME_ERROR = 3;

export interface DnsServer {
  /** As `dns.lookup` with `all`, from this server's answers. */
  readonly lookup: Resolve;
  /** Lookups of a name so far. */
  asked(name: string): number;
  close(): Promise<void>;
}

/** `answers`: addresses of a name at its nth lookup, from 0; undefined: there is no such name. */
export async function dnsServer(
  answers: (name: string, nth: number) => readonly string[] | undefined,
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const counts = new Map<string, number>();
  socket.on('message', (query, { address, port }) => {
    const { name, type } = questionOf(query);
    // Both types are asked once a lookup, in this order.
    const nth = (counts.get(name) ?? 0) - (type === TYPES.AAAA ? 1 : 0);
    if (type === TYPES.A) counts.set(name, nth + 1);
    const found = answers(name, nth);
    const own = found?.filter((one) => isIPv6(one) === (type === TYPES.AAAA));
    socket.send(answerTo(query, own, type), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    lookup: (host, _, callback) => {
      resolver.resolve4(host, (error, four?: string[]) =>
        resolver.resolve6(host, (_error, six?: string[]) => {
          const addresses = [
            ...(four ?? []).map((address) => ({ address, family: 4 })),
            ...(six ?? []).map((address) => ({ address, family: 6 })),
          ];
          callback(addresses.length > 0 ? null : error, addresses);
        }),
      );
    },
    asked: (name) => counts.get(name) ?? 0,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

const HEADER = 12;

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** RFC 1035: the question again, then a record an address that lives for no second. */
function answerTo(query: Buffer, addresses: readonly string[] | undefined, type: number): Buffer {
  const { end } = questionOf(query);
  const header = Buffer.from(query.subarray(0, HEADER));
  header.writeUInt16BE(0x8180 | (addresses ? 0 : NAME_ERROR), 2);
  header.writeUInt16BE(addresses?.length ?? 0, 6);
  header.fill(0, 8);
  const records = (addresses ?? []).map((address) => {
    const data = type === TYPES.A ? Buffer.from(address.split('.').map(Number)) : bytes6(address);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc000 | HEADER, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, query.subarray(HEADER, end), ...records]);
}

/** Groups in hex, as `::ffff:7f00:1`. */
function bytes6(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::').map((part) => part.split(':').filter(Boolean).join(':'));
  const [before, after] = [head, tail].map((part) => part.split(':').filter(Boolean));
  const groups = [...before!, ...Array<string>(8 - before!.length - after!.length).fill('0'), ...after!];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
