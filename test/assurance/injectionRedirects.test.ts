/**
 * F13: every way in which this server sends a browser somewhere, with addresses that would lead elsewhere. What an
 * answer names is read as a browser reads it: it leads to a page of ours, or after a click to a platform of the table.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { byMail } from '../../src/features/accounts/index.ts';
import { platforms } from '../../src/features/booking/platforms.ts';
import { createApp } from '../../src/http/app.ts';
import { createProviders } from '../../src/http/session/providers.ts';
import { newId } from '../../src/units/ids.ts';
import { hostileAddresses, hostilePaths } from '../support/hostileAddresses.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { type OidcServer, oidcServer } from '../support/oidcServer.ts';
import { type SignInApp, signInApp } from '../support/signInApp.ts';
import { exampleRoute } from '../../src/http/exampleRoute.ts';
import { type ApiDocument, Contract } from '../http/contract.ts';

const OWN = 'https://www.journeys.example';
const shapes = [...hostileAddresses('www.journeys.example'), ...hostilePaths];
/** Where travellers are sent, read from the table as it stands. */
const PLATFORM = 'www.ixigo.com';

let opened: TestApp;
let app: OpenAPIHono;
let signIn: SignInApp;
let oidc: OidcServer;
const mails: { to: string; text: string }[] = [];
before(async () => {
  [opened, oidc] = await Promise.all([openTestApp(), oidcServer()]);
  const { limits: _, ...services } = opened.services;
  app = createApp(services);
  signIn = signInApp(opened.db, {
    publicUrl: OWN,
    providers: await createProviders({
      oidc: { ...oidc.client, issuer: oidc.issuer, name: 'Login' },
      secret: 'a secret of at least thirty-two characters',
    }),
    delivery: byMail({ send: async ({ to, text }) => void mails.push({ to, text }), close: async () => {} }),
  });
});
after(async () => {
  await Promise.all([opened.close(), oidc.close()]);
});

/** Where an answer sends a browser: `Location`, `Refresh`, and what a page has of the latter. */
async function sentTo(response: Response, base: string): Promise<URL[]> {
  const html = response.headers.get('content-type')?.startsWith('text/html') ? await response.text() : '';
  const refreshes = [response.headers.get('refresh'), ...metaRefreshes(html)];
  return [
    response.headers.get('location'),
    ...refreshes.map((text) => (text === null ? null : text.replace(/^\s*\d+\s*;?\s*(url\s*=)?\s*/i, ''))),
  ].flatMap((text) => (text === null ? [] : [new URL(text, base)]));
}
const metaRefreshes = (html: string): string[] =>
  [...html.matchAll(/<meta[^>]+http-equiv=["']?refresh["']?[^>]*content=["']([^"']*)/gi)].map(
    ([, content]) => content!,
  );

/** Nothing, or a page of ours that sends on nowhere. */
async function staysHere(response: Response, base: string, shape: string): Promise<void> {
  for (const url of await sentTo(response, base)) {
    assert.equal(url.origin, new URL(base).origin, `${JSON.stringify(shape)} leads to ${url.href}`);
    assert.doesNotMatch(url.pathname, /^\/(out|api)(\/|$)|^\/auth\/(?!sent$|signed-out$)/, shape);
  }
}

describe('addresses to return to', () => {
  let forms = 0;
  const email = (): string => `redirect${(forms += 1)}@example.org`;
  const page = async (path: string, cookie?: string): Promise<Response> =>
    signIn.app.request(`${OWN}${path}`, { headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
  /** The path of the link in the latest mail. */
  const mailed = (): URL => new URL(/https?:\S+/.exec(mails.at(-1)?.text ?? '')![0]);

  test('asked for, mailed, confirmed: by form', async () => {
    assert.ok(shapes.length >= 60);
    for (const shape of shapes) {
      await staysHere(
        await page(`/auth/signin?returnTo=${encodeURIComponent(shape.toWellFormed())}`),
        OWN,
        shape,
      );
      const to = email();
      const asked = await signIn.submit('/auth/signin', { email: to, returnTo: shape });
      assert.equal(asked.status, 303);
      await staysHere(asked, OWN, shape);
      const link = mailed();
      assert.equal(link.origin, OWN);
      assert.equal(link.searchParams.get('returnTo'), null, JSON.stringify(shape));
      const token = link.searchParams.get('token')!;
      await staysHere(
        await page(`/auth/confirm?token=${token}&returnTo=${encodeURIComponent(shape.toWellFormed())}`),
        OWN,
        shape,
      );
      const confirmed = await signIn.submit('/auth/confirm', { token, email: to, returnTo: shape });
      assert.deepEqual([confirmed.status, confirmed.headers.get('location')], [303, '/'], shape);
    }
  });

  test('by program', async () => {
    for (const returnTo of shapes) {
      const response = await signIn.app.request(`${OWN}/auth/magic-link`, {
        method: 'POST',
        headers: {
          origin: OWN,
          'content-type': 'application/json',
          'x-forwarded-for': `10.9.${forms >> 8}.${forms & 255}`,
        },
        body: JSON.stringify({ email: email(), returnTo }),
      });
      if (response.status === 400) continue; // too long for the contract
      assert.equal(response.status, 202);
      assert.equal(mailed().searchParams.get('returnTo'), null, returnTo);
    }
  });

  test('by a provider: on the way there, in the cookie, on the way back', async () => {
    oidc.user = { sub: 'u', email: 'provider@example.org', email_verified: true };
    for (const shape of shapes) {
      const start = await signIn.submit('/auth/signin/oidc', { returnTo: shape });
      const cookies = start.headers.getSetCookie().map((one) => one.split(';')[0]!);
      const [there, ...more] = await sentTo(start, OWN);
      assert.deepEqual([there?.origin, more.length], [new URL(oidc.issuer).origin, 0], shape);
      const kept = cookies.find((one) => one.includes('sign-in-return='))!;
      assert.equal(decodeURIComponent(kept.split('=')[1]!), `${OWN}/`, shape);
      const answer = await fetch(there!, { redirect: 'manual' });
      const back = new URL(answer.headers.get('location')!);
      back.searchParams.set('callbackUrl', shape);
      const forged = cookies.map((one) =>
        one === kept ? `${kept.split('=')[0]}=${encodeURIComponent(shape.toWellFormed())}` : one,
      );
      const done = await signIn.app.request(back.href, { headers: { cookie: forged.join('; ') } });
      await staysHere(done, OWN, shape);
    }
  });

  test('a host that is not ours is in no link', async () => {
    for (const host of [
      'evil.example',
      'www.journeys.example.evil.example',
      'evil.example:443',
      '127.0.0.1',
    ]) {
      const before = mails.length;
      const response = await signIn.app.request(`https://${host}/auth/magic-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-host': host, host },
        body: JSON.stringify({ email: email() }),
      });
      assert.equal(response.status, 202);
      assert.equal(mails.length, before + 1);
      assert.equal(mailed().origin, OWN, host);
    }
    const unnamed = signInApp(opened.db);
    const response = await unnamed.app.request('https://evil.example/auth/magic-link', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: email() }),
    });
    assert.equal(response.status, 503, 'without PUBLIC_URL no host is believed');
    assert.deepEqual(unnamed.links, []);
  });
});

/** Links that take names, codes and cities. */
const links = [
  ['taxi', 'uber'],
  ['taxi', 'ola'],
  ['bus', 'redbus'],
  ['train', 'confirmtkt'],
  ['flight', 'ixigo-flights'],
] as const;

describe('addresses behind /out', () => {
  const clicked = async (address: string): Promise<string | null> => {
    const id = newId();
    try {
      await opened.db.service.query({
        text: `INSERT INTO booking_clicks (id, route, platform, leg, leg_index, affiliate_url) VALUES ($1, '{}', 'x', '{}', 0, $2)`,
        values: [id, address],
      });
      return id;
    } catch {
      return null; // the database takes no such address
    }
  };
  const follow = async (path: string): Promise<Response> => app.request(path);

  test('stored by whatever fault: not followed', async () => {
    let stored = 0;
    for (const shape of hostileAddresses(PLATFORM)) {
      const id = await clicked(shape);
      if (id === null) continue;
      stored += 1;
      const response = await follow(`/out/${id}`);
      assert.deepEqual([response.status, response.headers.get('location')], [404, null], shape);
    }
    assert.ok(stored >= 30, `${stored} were stored`);
    const good = await follow(`/out/${(await clicked(`https://${PLATFORM}/trains`))!}`);
    assert.deepEqual([good.status, good.headers.get('location')], [302, `https://${PLATFORM}/trains`]);
  });

  test('as the id of a click', async () => {
    for (const shape of shapes) {
      const response = await follow(`/out/${encodeURIComponent(shape.toWellFormed())}`);
      assert.ok(response.status >= 400, `${shape} ${response.status}`);
      assert.equal(response.headers.get('location'), null, shape);
    }
  });

  test('as a name, a code or a city of a leg: a value in the address of the platform, nothing else', async () => {
    const known = new Set(platforms().map(({ home }) => new URL(home).hostname));
    let followed = 0;
    for (const [index, shape] of shapes.entries()) {
      const [mode, platform] = links[index % links.length]!;
      const leg = exampleRoute.legs[0]!;
      const end = { ...leg.from, name: shape, code: shape, city: shape };
      const legs = [{ ...leg, mode, from: end, to: { ...end, lat: 13, lng: 77 } }];
      const response = await app.request('/api/v1/clicks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ route: { ...exampleRoute, legs }, legIndex: 0, platform }),
      });
      if (response.status === 400) continue; // a NUL
      assert.equal(response.status, 201, `${shape} ${platform}`);
      const { url } = (await response.json()) as { url: string };
      assert.match(url, /^\/out\/[\w-]{24}$/);
      const out = await follow(url);
      const to = new URL(out.headers.get('location') ?? '');
      assert.deepEqual([out.status, to.protocol], [302, 'https:']);
      assert.ok(known.has(to.host), `${JSON.stringify(shape)} leads to ${to.href}`);
      followed += 1;
    }
    assert.ok(followed >= 90, `${followed} were followed`);
  });
});

test('no other operation sends anywhere, whatever is asked of it', async () => {
  const described = await app.request('/api/v1/openapi.json');
  const { operations } = new Contract((await described.json()) as ApiDocument);
  const reads = operations.filter(({ method, path }) => method === 'GET' && path !== '/out/{clickId}');
  const names = ['returnTo', 'next', 'url', 'redirect', 'redirect_uri', 'callbackUrl', 'continue', 'q'];
  for (const [index, shape] of shapes.entries()) {
    const text = encodeURIComponent(shape.toWellFormed());
    const query = names.map((name) => `${name}=${text}`).join('&');
    const { path } = reads[index % reads.length]!;
    for (const address of [
      `${path.replaceAll(/\{\w+\}/g, text)}?${query}`,
      `/?${query}`,
      `/${text}`,
      // As it is: a proxy may send what no client would.
      `/${shape.replaceAll(/[\s\\?#\p{Cc}]/gu, '')}`,
    ]) {
      const response = await app.request(`http://localhost${address}`);
      await staysHere(response, 'http://localhost', address);
      assert.ok(response.status < 300 || response.status >= 400, `${address} ${response.status}`);
    }
  }
});

test('planted: a redirect is read as a browser reads it', async () => {
  const to = (location: string, header = 'location'): Response =>
    new Response(null, { status: 302, headers: { [header]: location } });
  for (const response of [
    to('//evil.example'),
    to('/\\evil.example'),
    to('https://evil.example/'),
    to('0; url=https://evil.example/', 'refresh'),
    to('/out/x'),
    new Response('<meta http-equiv="refresh" content="0;url=//evil.example">', {
      headers: { 'content-type': 'text/html' },
    }),
  ])
    await assert.rejects(staysHere(response, OWN, 'x'), { name: 'AssertionError' });
});
