import assert from 'node:assert/strict';
import { readFile, rm, mkdtemp } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AppError } from '../../errors.ts';
import { selfSigned } from '../../../test/support/selfSigned.ts';
import { download, type DownloadRules, fileNameOf } from './download.ts';
import { isPublicAddress } from '../../outbound/publicAddress.ts';

const certificate = selfSigned('localhost');
const answers: Record<string, RequestListener> = {
  '/feed.zip': (_, response) => response.end('feed'),
  '/moved.zip': (_, response) => response.writeHead(302, { location: 'https://169.254.169.254/' }).end(),
  '/large.zip': (_, response) => response.end('x'.repeat(2000)),
  // Says nothing of its size: only counting helps.
  '/endless.zip': (_, response) => {
    const write = (): unknown =>
      response.write('x'.repeat(1000)) && !response.destroyed && setImmediate(write);
    response.on('drain', write);
    write();
  },
  '/broken.zip': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  },
  '/silent.zip': () => undefined,
  '/drop.zip': (_, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
};

let server: Server;
let host: string;
let folder: string;
let asked = 0;
before(async () => {
  server = createServer(certificate, (request, response) => {
    asked++;
    const answer = answers[request.url ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  host = `localhost:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-test-download-'));
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const fetchFeed = async (address: string, over: Partial<DownloadRules> = {}): Promise<string> => {
  const file = path.join(folder, 'fetched');
  const rules = { hosts: [host], allowsAddress: () => true, ca: certificate.cert, maxBytes: 1000, ...over };
  await download(address, file, rules, () => undefined);
  return readFile(file, 'utf8');
};
const refused = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, 'FEED_UNREADABLE');
  assert.match(error.message, pattern);
  return true;
};

describe('download', () => {
  test('fetches from a listed host by https', async () => {
    assert.equal(await fetchFeed(`https://${host}/feed.zip`), 'feed');
  });

  test('refuses before a connection is made: other schemes, hosts, ports, names and passwords', async () => {
    const before = asked;
    const port = host.split(':')[1]!;
    const cases: [string, RegExp][] = [
      [`http://${host}/feed.zip`, /only https/],
      ['file:///etc/passwd', /only https/],
      [`ftp://${host}/feed.zip`, /only https/],
      [`https://example.org/feed.zip`, /add example\.org to FEED_HOSTS/],
      [`https://${host}.example.org/feed.zip`, /FEED_HOSTS|not an address/],
      [`https://localhost/feed.zip`, /add localhost to FEED_HOSTS/],
      [`https://127.0.0.1:${port}/feed.zip`, /FEED_HOSTS/],
      [`https://user:secret@${host}/feed.zip`, /name or password/],
      ['https://', /not an address/],
    ];
    for (const [address, pattern] of cases) await assert.rejects(fetchFeed(address), refused(pattern));
    assert.equal(asked, before);
  });

  test('checks the address at connect: a listed name that leads into this machine is refused', async () => {
    const before = asked;
    await assert.rejects(
      fetchFeed(`https://${host}/feed.zip`, { allowsAddress: isPublicAddress }),
      refused(/localhost leads to (127\.0\.0\.1|::1), which is not public/),
    );
    assert.equal(asked, before);
  });

  test('checks an address in figures, however it is written', async () => {
    for (const written of [
      '127.0.0.1',
      '127.1',
      '0177.0.0.1',
      '0x7f000001',
      '2130706433',
      '0',
      '10.0.0.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '169.254.169.254',
    ]) {
      const { host: listed } = new URL(`https://${written}`);
      await assert.rejects(
        fetchFeed(`https://${written}/feed.zip`, { hosts: [listed], allowsAddress: isPublicAddress }),
        refused(/address is not public/),
        written,
      );
    }
  });

  test('follows no redirect', async () => {
    await assert.rejects(fetchFeed(`https://${host}/moved.zip`), refused(/sends on to https:\/\/169\.254/));
    await assert.rejects(fetchFeed(`https://${host}/none.zip`), refused(/answers 404/));
  });

  test('stops at the size limit, told or not', async () => {
    await assert.rejects(fetchFeed(`https://${host}/large.zip`), refused(/larger than a feed may be/));
    await assert.rejects(fetchFeed(`https://${host}/endless.zip`), refused(/larger than a feed may be/));
  });

  test('gives up on silence, on a drop at a time, and on half an answer', async () => {
    await assert.rejects(
      fetchFeed(`https://${host}/silent.zip`, { pauseMs: 100 }),
      refused(/stopped sending/),
    );
    await assert.rejects(
      fetchFeed(`https://${host}/drop.zip`, { patienceMs: 300 }),
      refused(/took too long/),
    );
    await assert.rejects(fetchFeed(`https://${host}/broken.zip`), refused(/cannot be fetched/));
  });

  test('trusts only known certificates', async () => {
    const strange = { ca: selfSigned('localhost').cert };
    await assert.rejects(fetchFeed(`https://${host}/feed.zip`, strange), refused(/cannot be fetched/));
  });
});

test('public addresses are told from all others', () => {
  const inside =
    '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 198.18.0.1 224.0.0.1 255.255.255.255 :: ::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 fc00::1 fe80::1 ff02::1 2001::1 2001:db8::1 2002:7f00:1::1 nonsense';
  const outside = '8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 2606:4700::1111 2a00:1450::1';
  assert.deepEqual(inside.split(' ').filter(isPublicAddress), []);
  assert.deepEqual(outside.split(' ').filter(isPublicAddress), outside.split(' '));
});

test('file names of addresses cannot leave their folder', () => {
  for (const [address, name] of [
    ['https://x.org/a/rail.zip', 'rail.zip'],
    ['https://x.org/', 'feed.zip'],
    ['https://x.org/..%2f..%2fetc', 'feed.._2f.._2fetc'],
    ['https://x.org/.zip?x=1', 'feed.zip'],
  ] as const)
    assert.equal(fileNameOf(address), name);
});
