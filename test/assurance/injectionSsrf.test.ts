/**
 * F13: addresses that mean this machine or the network behind it, written, named or hidden in every known way. Each is
 * asked for as the address of a feed by an operator who even listed its host; none is connected to.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { AppError } from '../../src/errors.ts';
import { download, type DownloadRules } from '../../src/features/networks/download.ts';
import { isPublicAddress } from '../../src/outbound/publicAddress.ts';
import { type DnsServer, dnsServer } from '../support/dnsServer.ts';
import { selfSigned } from '../support/selfSigned.ts';

const hosts: readonly string[] = [
  // This machine, by its numbers.
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.0.0.1.',
  '127.255.255.254',
  '0',
  '0.0.0.0',
  '0x7f000001',
  '0x7f.0x0.0x0.0x1',
  '0X7F.1',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '127%2e0%2e0%2e1',
  '１２７.０.０.１',
  '127。0。0。1',
  '①②⑦.⓪.⓪.①',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::1]',
  '[fe80::1%25lo]',
  // The network behind it, and what lies in none.
  '10.0.0.1',
  '10.1',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.1',
  '0xc0a80101',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '[::ffff:169.254.169.254]',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[fe80::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
];
/** `{port}`: where something on this machine listens. */
const written = hosts.map((host) => `https://${host}:{port}/feed.zip`);

/** What one reader takes for another host than the next one does, and other schemes. */
const bent: readonly string[] = [
  'https://good.example@127.0.0.1:{port}/feed.zip',
  'https://good.example:443@127.0.0.1:{port}/feed.zip',
  'https://good.example%40127.0.0.1:{port}/feed.zip',
  'https://127.0.0.1:{port}#@good.example/',
  'https://127.0.0.1:{port}\\@good.example/',
  'https://127.0.0.1:{port}?@good.example/',
  'https://127.0.\t0.1:{port}/feed.zip',
  'https://127.0.0.1:{port}/\r\nHost: good.example',
  ' https://127.0.0.1:{port}/feed.zip',
  'https:127.0.0.1:{port}/feed.zip',
  'https:/127.0.0.1:{port}/feed.zip',
  'https:\\\\127.0.0.1:{port}\\feed.zip',
  'https:///127.0.0.1:{port}/feed.zip',
  'http://127.0.0.1:{port}/feed.zip',
  'gopher://127.0.0.1:{port}/_GET',
  'dict://127.0.0.1:{port}/info',
  'ftp://127.0.0.1:{port}/feed.zip',
  'ldap://127.0.0.1:{port}/',
  'file:///etc/passwd',
  'jar:https://127.0.0.1:{port}/feed.zip!/stops.txt',
  'data:application/zip;base64,UEsFBg==',
];

/** Names, and what the DNS says of them. */
const named: Readonly<Record<string, readonly string[]>> = {
  'loopback.test': ['127.0.0.1'],
  'loopback6.test': ['::1'],
  'mapped.test': ['::ffff:7f00:1'],
  'any.test': ['0.0.0.0'],
  'any6.test': ['::'],
  'office.test': ['192.168.0.10'],
  'metadata.test': ['169.254.169.254'],
  'metadata6.test': ['fd00:ec2::254'],
  'link.test': ['fe80::1'],
  'nat64.test': ['64:ff9b::7f00:1'],
  'sixtofour.test': ['2002:7f00:1::'],
  'public-first.test': ['198.41.0.4', '127.0.0.1'],
  'private-first.test': ['127.0.0.1', '198.41.0.4'],
  'public-and-six.test': ['198.41.0.4', '::1'],
  '127.0.0.1.nip.test': ['127.0.0.1'],
};
/** By the system's resolver, which knows them without any DNS. */
const local: readonly string[] = ['localhost', 'LOCALHOST', 'localhost.', 'feeds.localhost'];

const certificate = selfSigned('rebinding.test');
/** Stands for the Internet; everything else on this machine is what nobody may reach. */
const OUTSIDE = '127.0.0.2';
const outside = (address: string): boolean => address === OUTSIDE;

let inside: Server;
let gate: HttpsServer;
let dns: DnsServer;
let folder: string;
let [insidePort, gatePort, connections] = [0, 0, 0];
before(async () => {
  inside = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '::');
  gate = createHttps(certificate, ({ url }, response) => {
    const location = `https://127.0.0.1:${insidePort}/feed.zip`;
    if (url === '/feed.zip') response.end('feed');
    else response.writeHead(Number(url?.slice(1)), { location, refresh: `0; url=${location}` }).end();
  }).listen(0, OUTSIDE);
  await Promise.all([once(inside, 'listening'), once(gate, 'listening')]);
  insidePort = (inside.address() as AddressInfo).port;
  gatePort = (gate.address() as AddressInfo).port;
  dns = await dnsServer((name, nth) =>
    name === 'rebinding.test' ? [nth === 0 ? OUTSIDE : '127.0.0.1'] : named[name],
  );
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-test-ssrf-'));
});
after(async () => {
  gate.closeAllConnections();
  await Promise.all([
    new Promise((resolve) => inside.close(resolve)),
    new Promise((resolve) => gate.close(resolve)),
    dns.close(),
    rm(folder, { recursive: true }),
  ]);
});

/** Fetches as an import does, with the host of the address listed however it reads. */
async function fetchFeed(address: string, rules: Partial<DownloadRules> = {}): Promise<string> {
  const host = URL.canParse(address) ? new URL(address).host : '';
  const file = path.join(folder, 'feed.zip');
  await download(address, file, { hosts: [host], ca: certificate.cert, ...rules }, () => undefined);
  return readFile(file, 'utf8');
}

/** Refused by a rule: a connection that fails for another reason would be an attempt. */
const RULE =
  /: the address is not public|which is not public|not an address|only https|holds a name or password/;
async function refusal(address: string, rules: Partial<DownloadRules> = {}): Promise<void> {
  await assert.rejects(fetchFeed(address, rules), (error: unknown) => {
    assert.ok(error instanceof AppError, `${address}: ${String(error)}`);
    assert.equal(error.code, 'FEED_UNREADABLE');
    assert.match(error.message, RULE, address);
    return true;
  });
}
const at = (address: string): string => address.replaceAll('{port}', String(insidePort));
const addressesOfNames = (): string[] => Object.keys(named).map((name) => `https://${name}:${insidePort}/`);

test('written shapes: none is connected to', async (t) => {
  const count = written.length + bent.length;
  t.diagnostic(`${count} shapes`);
  assert.ok(count >= 60);
  for (const address of [...written, ...bent]) await refusal(at(address));
  assert.equal(connections, 0);
});

test('names that lead inside: none is connected to', async () => {
  for (const address of addressesOfNames()) await refusal(address, { resolve: dns.lookup });
  for (const name of local)
    await assert.rejects(fetchFeed(`https://${name}:${insidePort}/`), /not public|ENOTFOUND|EAI_AGAIN/, name);
  assert.equal(connections, 0);
});

test('a name that changes its meaning after it was checked: the address that was checked is connected to', async () => {
  const rules = { resolve: dns.lookup, allowsAddress: outside };
  const address = `https://rebinding.test:${gatePort}/feed.zip`;
  assert.equal(await fetchFeed(address, rules), 'feed');
  assert.equal(dns.asked('rebinding.test'), 1, 'one lookup a connection');
  await refusal(address, rules);
  await refusal(`https://rebinding.test:${insidePort}/feed.zip`, rules);
  assert.equal(connections, 0);
});

test('a listed host that sends on inside is not followed', async () => {
  const host = `rebinding.test:${gatePort}`;
  const lookup: DownloadRules['resolve'] = (_, __, done) => done(null, [{ address: OUTSIDE, family: 4 }]);
  for (const status of [201, 300, 301, 302, 303, 305, 307, 308])
    await assert.rejects(
      fetchFeed(`https://${host}/${status}`, { resolve: lookup, allowsAddress: () => true }),
      /not followed|answers \d+/,
    );
  assert.equal(connections, 0);
});

test('a resolver that answers what is no address, or one with a zone, is not believed', async () => {
  for (const address of ['0177.0.0.1', '127.1', 'localhost', 'fe80::1%lo', '2606:4700::1111%lo', '', 'x'])
    await assert.rejects(
      fetchFeed(`https://names.test:${insidePort}/`, {
        resolve: (_, __, done) => done(null, [{ address, family: 4 }]),
      }),
      /not public/,
      address,
    );
  await assert.rejects(
    fetchFeed(`https://names.test:${insidePort}/`, { resolve: (_, __, done) => done(null, []) }),
    /no address/,
  );
  assert.equal(connections, 0);
});

test('planted: without the check at least 20 of the shapes reach this machine', async () => {
  let reached = 0;
  const all = { resolve: dns.lookup, allowsAddress: () => true, patienceMs: 1000 };
  const mixed = /(public|private)-first|public-and-six|office|metadata|link|nat64|sixtofour/;
  const own = written.filter((address) => isOfThisMachine(at(address))).map(at);
  for (const address of [...own, ...addressesOfNames().filter((one) => !mixed.test(one))]) {
    const before = connections;
    await fetchFeed(address, all).catch(() => undefined);
    if (connections > before) reached += 1;
  }
  assert.ok(reached >= 20, `${reached} reached`);
});

function isOfThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return /^(127\.|0\.0\.0\.0$|\[::1?\]$|\[::ffff:7f00:1\]$)/.test(hostname);
}

test('what is public stays so', () => {
  for (const address of ['198.41.0.4', '1.1.1.1', '2606:4700::1111', '2a00:1450::1'])
    assert.ok(isPublicAddress(address), address);
});
