/** Signing in against the real server, a real SMTP server and a real OpenID Connect server; then in a browser. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type MailSink, mailSink } from '../support/mailSink.ts';
import { type OidcServer, oidcServer } from '../support/oidcServer.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import { axeViolations, logOf, overflow, smallTargets } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

let sink: MailSink;
let oidc: OidcServer;
let server: RunningServer;

/** The link in the mail with this number. */
async function linkIn(index: number): Promise<URL> {
  const { parsed } = await sink.mail(index);
  return new URL(/^http\S+$/m.exec(parsed.text ?? '')![0]);
}

const post = (
  path: string,
  body: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${server.origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.origin, ...headers },
    body: new URLSearchParams(body),
  });
const sessions = (cookie: string, method = 'GET'): Promise<Response> =>
  fetch(`${server.origin}/api/v1/me/sessions`, { method, headers: { cookie } });

describe('signing in', () => {
  before(async () => {
    [sink, oidc] = await Promise.all([mailSink(), oidcServer()]);
    // The server takes them over from this process.
    Object.assign(process.env, {
      SMTP_URL: sink.url,
      MAIL_FROM: 'RouteStitch <no-reply@example.org>',
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidc.client.clientId,
      OIDC_CLIENT_SECRET: oidc.client.clientSecret,
      OIDC_NAME: 'Uni Login',
      ADMIN_EMAILS: 'asha@example.org',
    });
    server = await startServer();
  });
  after(async () => {
    await server.stop();
    await Promise.all([sink.close(), oidc.close()]);
  });

  test('link asked for, mail read, page opened, button pressed; signed out, the cookie is dead', async () => {
    const asked = await fetch(`${server.origin}/auth/magic-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'asha@example.org', returnTo: '/?origin=Noida' }),
    });
    assert.equal(asked.status, 202);
    assert.deepEqual(await asked.json(), { by: 'mail', minutes: 10 });
    const link = await linkIn(0);
    assert.equal(link.origin, server.origin);
    const page = await fetch(link);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.match(page.headers.get('content-security-policy')!, /default-src 'none'.*form-action 'self'/);
    assert.ok(!/<script|<style| style=| on\w+=/.test(await page.text()));
    const use = {
      token: link.searchParams.get('token')!,
      email: 'asha@example.org',
      returnTo: link.searchParams.get('returnTo')!,
    };
    const done = await post('/auth/confirm', use, { 'user-agent': 'curl/8.5.0' });
    assert.equal(done.status, 303);
    assert.equal(done.headers.get('location'), '/?origin=Noida');
    const cookie = done.headers.getSetCookie()[0]!.split(';')[0]!;
    const listed = await sessions(cookie);
    assert.equal(listed.headers.get('cache-control'), 'no-store');
    const { sessions: mine } = (await listed.json()) as {
      sessions: { userAgent: string; current: boolean }[];
    };
    assert.deepEqual(
      mine.map(({ userAgent, current }) => [userAgent, current]),
      [['curl', true]],
    );
    const who = await fetch(`${server.origin}/auth/session`, { headers: { cookie } });
    assert.equal(((await who.json()) as { user: { admin: boolean } }).user.admin, true);
    assert.equal((await post('/auth/confirm', use)).status, 422, 'the link again');
    assert.equal((await sessions(cookie, 'DELETE')).status, 403, 'a cookie alone writes nothing');
    assert.equal((await post('/auth/signout', {}, { cookie })).status, 204);
    assert.equal((await sessions(cookie)).status, 401);
  });

  describe('in a browser', { skip: withoutChromium }, () => {
    let browser: Browser;
    before(async () => {
      browser = await openBrowser();
    });
    after(() => browser.close());

    const open = async (colorScheme: 'light' | 'dark', width: number): Promise<Page> => {
      const context = await browser.newContext({
        serviceWorkers: 'block',
        locale: 'en-IN',
        colorScheme,
        viewport: { width, height: 740 },
        javaScriptEnabled: true,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      return page;
    };
    const check = async (page: Page, state: string): Promise<void> => {
      assert.deepEqual(await axeViolations(page), [], `axe: ${state}`);
      assert.ok((await overflow(page)) <= 0, `no horizontal scroll: ${state}`);
      assert.deepEqual(await smallTargets(page), [], `targets of 44 px: ${state}`);
    };

    for (const [index, scheme] of (['light', 'dark'] as const).entries())
      test(`the pages, ${scheme}, 360 px wide, by keyboard`, async () => {
        const page = await open(scheme, 360);
        const { errors } = logOf(page, server.origin);
        const email = `${scheme}.with.a.rather.long.name.that.must.break@a-long-host.example.org`;
        await page.goto(`${server.origin}/auth/signin?returnTo=/?origin=Noida`);
        await check(page, 'form');
        await page.getByLabel('E-mail address').fill('nobody@nowhere');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
        await check(page, 'form with a fault');
        await page.getByLabel('E-mail address').fill(email);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
        await check(page, 'sent');
        await page.goto((await linkIn(1 + index)).href);
        await check(page, 'confirm');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL(`${server.origin}/?origin=Noida`);
        const [cookie] = await page.context().cookies();
        assert.deepEqual([cookie!.name, cookie!.httpOnly, cookie!.sameSite], ['rs.session', true, 'Lax']);
        await page.goto((await linkIn(1 + index)).href);
        await check(page, 'used');
        await page.goto(`${server.origin}/auth/signin`);
        await page.getByText(`You are signed in as ${email}`).waitFor();
        // 400 for the wrong address and 422 for the used link are what was asked for.
        assert.deepEqual(
          errors.filter((error) => !/status of (400|422)/.test(error)),
          [],
        );
      });

    test('over the provider and back, under the content security policy', async () => {
      oidc.user = { sub: 'u1', email: 'bina@example.org', email_verified: true };
      const page = await open('light', 360);
      const { errors } = logOf(page, server.origin);
      await page.goto(`${server.origin}/auth/signin?returnTo=/?origin=Delhi`);
      await page.getByRole('button', { name: 'Continue with Uni Login' }).click();
      await page.waitForURL(`${server.origin}/?origin=Delhi`);
      await page.goto(`${server.origin}/auth/signin`);
      await page.getByText('You are signed in as bina@example.org').waitFor();
      assert.deepEqual(errors, []);
    });
  });
});
