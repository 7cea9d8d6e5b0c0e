/** Limits on HTTP: whom a request is counted for, how many are let through, what the headers say. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createApp } from '../../src/http/app.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';

let opened: TestApp;
let behindProxy: OpenAPIHono;
before(async () => {
  opened = await openTestApp();
  behindProxy = createApp({ ...opened.services, trustedProxies: 1 });
});
after(() => opened.close());

/** A request from a peer, as the server hands it on. */
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const search = async (
  app: OpenAPIHono,
  peer: string,
  headers: Record<string, string> = {},
): Promise<Response> => app.request('/api/v1/search?origin=Pune&destination=Pune', { headers }, from(peer));

const AT_ONCE = 40;
/** How many of `count` searches were let through. */
async function admitted(
  app: OpenAPIHono,
  count: number,
  request: (index: number) => { peer: string; headers?: Record<string, string> },
): Promise<number> {
  const statuses: number[] = [];
  // As many at once as any machine's pool of connections takes: what is left over is refused for that, not for the limit.
  for (let from = 0; from < count; from += AT_ONCE) {
    const asked = Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, index) => {
      const { peer, headers } = request(from + index);
      return (await search(app, peer, headers)).status;
    });
    statuses.push(...(await Promise.all(asked)));
  }
  assert.deepEqual(
    statuses.filter((status) => status !== 422 && status !== 429),
    [],
  );
  return statuses.filter((status) => status !== 429).length;
}

test('an address may search 60 times a minute; the headers count down, a refusal says how long to wait', async () => {
  for (let index = 0; index < 60; index++) {
    const { headers } = await search(opened.app, '192.0.2.1');
    assert.equal(headers.get('ratelimit-limit'), '60');
    assert.equal(headers.get('ratelimit-remaining'), String(59 - index));
    const reset = Number(headers.get('ratelimit-reset'));
    assert.ok(reset > 0 && reset <= 60, `${reset} s`);
  }
  const refused = await search(opened.app, '192.0.2.1');
  assert.equal(refused.status, 429);
  const { code, facts } = (await refused.json()) as { code: string; facts: { limit: number } };
  assert.deepEqual([code, facts.limit], ['RATE_LIMITED', 60]);
  assert.equal(refused.headers.get('ratelimit-remaining'), '0');
  const wait = Number(refused.headers.get('retry-after'));
  assert.ok(wait > 0 && wait <= 60, `${wait} s`);
  assert.equal(refused.headers.get('ratelimit-reset'), String(wait));
  // Another address, and other routes for the same one, are not concerned.
  assert.equal((await search(opened.app, '192.0.2.2')).status, 422);
  const other = await opened.app.request('/api/v1/places?q=pune', {}, from('192.0.2.1'));
  assert.equal(other.status, 200);
  assert.deepEqual(
    [other.headers.get('ratelimit-limit'), other.headers.get('ratelimit-remaining')],
    ['600', '599'],
  );
});

test('X-Forwarded-For gains nothing without a trusted proxy', async () => {
  const spoofed = await admitted(opened.app, 200, (index) => ({
    peer: '198.51.100.1',
    headers: { 'x-forwarded-for': `203.0.113.${index}`, forwarded: `for=203.0.113.${index}` },
  }));
  assert.equal(spoofed, 60);
});

test('behind one proxy the last entry counts, and what stands left of it gains nothing', async () => {
  const spoofed = await admitted(behindProxy, 200, (index) => ({
    peer: '10.0.0.1',
    headers: { 'x-forwarded-for': `203.0.113.${index}, 10.9.${index}.1, 198.51.100.9` },
  }));
  assert.equal(spoofed, 60);
  const several = await admitted(behindProxy, 100, (index) => ({
    peer: '10.0.0.1',
    headers: { 'x-forwarded-for': `1.1.1.1, 198.51.101.${index % 2}` },
  }));
  assert.equal(several, 100, 'two clients of one proxy are two');
  const ports = await admitted(behindProxy, 100, (index) => ({
    peer: '10.0.0.1',
    headers: { 'x-forwarded-for': index % 2 ? `198.51.102.1:${40_000 + index}` : '198.51.102.1' },
  }));
  assert.equal(ports, 60, 'a port is no other client');
  const direct = await admitted(behindProxy, 100, () => ({ peer: '10.0.0.77' }));
  assert.equal(direct, 60, 'without the header it is the peer');
});

test('a /64 is one client, however many addresses it has; a /48 is eight', async () => {
  const one = await admitted(opened.app, 200, (index) => ({ peer: `2001:db8:1:2::${index.toString(16)}` }));
  assert.equal(one, 60);
  const many = await admitted(opened.app, 600, (index) => ({ peer: `2001:db8:2:${index.toString(16)}::1` }));
  assert.equal(many, 480);
});

test('a signed-in user may search 300 times, counted for the user at every address', async () => {
  const { cookie } = await signIn(opened.db.service, 'limits@test.com');
  const own = await admitted(opened.app, 320, (index) => ({
    peer: `192.0.3.${index % 250}`,
    headers: { cookie },
  }));
  assert.equal(own, 300);
  const other = await signIn(opened.db.service, 'limits2@test.com');
  const { headers } = await search(opened.app, '192.0.3.1', { cookie: other.cookie });
  assert.equal(headers.get('ratelimit-limit'), '300');
  // A cookie that is no session makes nobody a user.
  const forged = await admitted(opened.app, 100, (index) => ({
    peer: '192.0.4.1',
    headers: { cookie: `${cookie.split('=')[0]}=forged${index}` },
  }));
  assert.equal(forged, 60);
});

test('health and the page are not counted; every other address of the description is', async () => {
  const document = (await (await opened.app.request('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { tags?: string[] }>>;
  };
  const counted = async (path: string): Promise<boolean> =>
    (await opened.app.request(path.replaceAll(/\{\w+\}/g, 'x'), {}, from('192.0.5.1'))).headers.has(
      'ratelimit-limit',
    );
  for (const [path, item] of Object.entries(document.paths)) {
    const health = Object.values(item).some(({ tags }) => tags?.includes('Operations'));
    assert.equal(await counted(path), !health, path);
  }
  for (const path of ['/', '/assets/none.js', '/some/page']) assert.equal(await counted(path), false, path);
});

test('without its database a search is answered, uncounted, and a write is refused', async () => {
  const away = {
    query: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
  };
  const app = createApp({ ...opened.services, limits: away });
  const searched = await search(app, '192.0.6.1');
  assert.equal(searched.status, 422);
  assert.equal(searched.headers.get('ratelimit-limit'), null);
  const written = await app.request('/api/v1/clicks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  assert.equal(written.status, 503);
});
