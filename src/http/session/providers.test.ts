/** Signing in by an OpenID Connect server that is really asked. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type OidcServer, oidcServer, type OidcUser } from '../../../test/support/oidcServer.ts';
import { signIn } from '../../../test/support/signIn.ts';
import { type SignInApp, signInApp } from '../../../test/support/signInApp.ts';
import { createProviders } from './providers.ts';

const secret = 'a secret of at least thirty-two characters';
let db: TestDatabase;
let oidc: OidcServer;
let app: SignInApp;
before(async () => {
  [db, oidc] = await Promise.all([testDatabase(), oidcServer()]);
  const providers = await createProviders({
    oidc: { ...oidc.client, issuer: oidc.issuer, name: 'Uni Login' },
    secret,
  });
  app = signInApp(db, { providers });
});
after(async () => {
  await oidc.close();
  await db.drop();
});

const asha: OidcUser = { sub: 'u1', email: 'Asha@Example.org', email_verified: true, name: 'Asha' };
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
const sessionOf = (response: Response): string | undefined =>
  cookiesOf(response)
    .split('; ')
    .find((one) => one.startsWith('rs.session='));

/** Presses the button, and comes back from the provider to where it sends. */
async function goAndReturn(
  returnTo = '/trips',
  session?: string,
): Promise<{ back: string; cookie: string; page: string }> {
  const start = await app.submit('/auth/signin/oidc', { returnTo }, session);
  assert.equal(start.status, 200);
  const page = await start.text();
  const url = /<a class="action" href="(http:[^"]+)">Go on to Uni Login/
    .exec(page)![1]!
    .replaceAll('&amp;', '&');
  assert.equal(start.headers.get('refresh'), `0; url=${url}`);
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = [cookiesOf(start), ...(session === undefined ? [] : [session])].join('; ');
  return { back: answer.headers.get('location')!, cookie, page };
}
const finish = async (back: string, cookie: string): Promise<Response> =>
  app.app.request(back, { headers: { cookie, accept: 'text/html' } });
const whoIs = async (cookie = ''): Promise<string | null> => {
  const answer = await app.app.request('/auth/session', { headers: { cookie } });
  return ((await answer.json()) as { user: { email: string } | null }).user?.email ?? null;
};
const run = async (text: string, ...values: unknown[]) => (await db.service.query({ text, values })).rows;

test('the provider’s word makes an account and a session, and keeps none of its tokens', async () => {
  oidc.user = asha;
  const { back, cookie } = await goAndReturn('/trips?page=2');
  const done = await finish(back, cookie);
  assert.equal(done.status, 303);
  assert.equal(done.headers.get('location'), '/trips?page=2');
  assert.equal(await whoIs(sessionOf(done)), 'asha@example.org');
  const names = done.headers.getSetCookie().map((one) => one.split('=')[0]!);
  assert.ok(!names.includes('rs.unused-session'), names.join());
  const stored = JSON.stringify(
    await run(
      `SELECT json_agg(u) AS users, (SELECT json_agg(a) FROM accounts a) AS accounts,
         (SELECT json_agg(s) FROM sessions s) AS sessions FROM users u`,
    ),
  );
  assert.ok(stored.includes('"provider_account_id":"u1"'));
  assert.equal(oidc.tokens.length, 3);
  for (const token of oidc.tokens) assert.ok(!stored.includes(token));
});

test('the account is known by the provider’s id, also when its address changes', async () => {
  oidc.user = { ...asha, email: 'asha.new@example.org' };
  const { back, cookie } = await goAndReturn();
  assert.equal(await whoIs(sessionOf(await finish(back, cookie))), 'asha@example.org');
  assert.equal((await run(`SELECT FROM users WHERE email = 'asha.new@example.org'`)).length, 0);
});

test('a verified address leads to the account that has it; an unverified one to none', async () => {
  const { userId } = await signIn(db.service, 'bina@example.org');
  for (const email_verified of [false, undefined, 'true']) {
    oidc.user = { sub: 'u2', email: 'bina@example.org', email_verified } as OidcUser;
    const { back, cookie } = await goAndReturn();
    const answer = await finish(back, cookie);
    assert.equal(answer.status, 403);
    assert.equal(sessionOf(answer), undefined);
  }
  assert.equal((await run('SELECT FROM accounts WHERE user_id = $1', userId)).length, 0);
  oidc.user = { sub: 'u2', email: 'bina@example.org', email_verified: true };
  const { back, cookie } = await goAndReturn();
  await finish(back, cookie);
  assert.equal((await run('SELECT FROM accounts WHERE user_id = $1', userId)).length, 1);
});

test('whoever is signed in is not linked to who comes back, and that session ends', async () => {
  const chand = await signIn(db.service, 'chand@example.org');
  oidc.user = { sub: 'u3', email: 'devi@example.org', email_verified: true };
  const { back, cookie } = await goAndReturn('/', chand.cookie);
  const done = await finish(back, cookie);
  assert.equal(await whoIs(sessionOf(done)), 'devi@example.org');
  assert.equal(await whoIs(chand.cookie), null);
  assert.equal((await run('SELECT FROM accounts WHERE user_id = $1', chand.userId)).length, 0);
});

test('a way back that this browser did not begin is refused, and so is one taken twice', async () => {
  oidc.user = { sub: 'u4', email: 'ekta@example.org', email_verified: true };
  const attacker = await goAndReturn();
  const victim = await goAndReturn();
  for (const cookie of ['', 'rs.sign-in-state=x', victim.cookie]) {
    const answer = await finish(attacker.back, cookie);
    assert.equal(answer.status, 422);
    assert.equal(sessionOf(answer), undefined);
  }
  const own = await goAndReturn();
  assert.equal((await finish(own.back, own.cookie)).status, 303);
  assert.equal((await finish(own.back, own.cookie)).status, 422);
});

test('a token with another nonce, audience, issuer or time is refused', async () => {
  oidc.user = { sub: 'u5', email: 'farah@example.org', email_verified: true };
  for (const forged of [
    { nonce: 'another' },
    { aud: 'another' },
    { iss: 'https://another.example' },
    { exp: 1_000_000_000 },
    { sub: '' },
    { sub: 7 },
  ]) {
    oidc.forged = forged;
    const { back, cookie } = await goAndReturn();
    assert.equal((await finish(back, cookie)).status, 422, JSON.stringify(forged));
  }
  oidc.forged = {};
  assert.equal((await run(`SELECT FROM users WHERE email = 'farah@example.org'`)).length, 0);
});

test('who says no at the provider comes to a page that says so', async () => {
  oidc.user = null;
  const { back, cookie } = await goAndReturn();
  const answer = await finish(back, cookie);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /Signing in with Uni Login did not work out/);
});

test('nobody is led to another site, and no parameter reaches the provider', async () => {
  oidc.user = asha;
  const { back, cookie } = await goAndReturn('//evil.example');
  assert.equal((await finish(back, cookie)).headers.get('location'), '/');
  const added = await goAndReturn();
  const done = await finish(`${added.back}&callbackUrl=https://evil.example`, added.cookie);
  assert.equal(done.headers.get('location'), '/trips');
  const start = await app.submit('/auth/signin/oidc?redirect_uri=https://evil.example&scope=all', {});
  assert.ok(!(await start.text()).includes('evil.example'));
});

test('providers that are not configured are not there, one that does not answer is said so', async () => {
  assert.equal((await app.submit('/auth/signin/google', {})).status, 404);
  assert.equal((await app.app.request('/auth/callback/github?code=1')).status, 404);
  assert.equal(await createProviders({ secret }), null);
  const silent = await createProviders({
    oidc: { ...oidc.client, issuer: 'http://127.0.0.1:1', name: 'Silent' },
    secret,
  });
  await assert.rejects(silent!.start('http://localhost', 'oidc', '/'), { code: 'UNAVAILABLE' });
});
