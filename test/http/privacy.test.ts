/** The profile, its consent, its export and its end, over HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../../src/http/app.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { type SignedInUser, signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract } from './contract.ts';

let opened: TestApp;
let app: ReturnType<typeof createApp>;
let contract: Contract;
let asha: SignedInUser;
let ravi: SignedInUser;
before(async () => {
  opened = await openTestApp({ AUTH_SECRET: 'a secret of at least thirty-two characters' });
  const { limits: _, ...services } = opened.services;
  app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  asha = await signIn(opened.db.service, 'asha@example.org');
  ravi = await signIn(opened.db.service, 'ravi@example.org');
});
after(() => opened.close());

/** Judged by the document. */
async function ask(method: string, path: string, body?: unknown, user: SignedInUser | null = asha) {
  const response = await app.request(path, {
    method,
    headers: { ...user?.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  const reply = { method, path, status, headers: Object.fromEntries(headers), body: text };
  assert.equal(contract.fault(reply), null, `${method} ${path} → ${status} ${text.slice(0, 300)}`);
  assert.equal(headers.get('cache-control'), 'no-store');
  return { status, body: text === '' ? null : JSON.parse(text) };
}
const me = '/api/v1/me';

test('the profile changes by what is given and by nothing else', async () => {
  const { body: before } = await ask('GET', me);
  assert.deepEqual([before.email, before.name, before.analytics.consent], ['asha@example.org', null, false]);
  const change = {
    name: 'Asha',
    phone: '+919812345678',
    profession: 'STUDENT',
    traveller: { birthYear: 1990, gender: 'FEMALE', profile: 'solo_woman' },
    notifications: { quietFrom: '21:30' },
  };
  const { body: changed } = await ask('PATCH', me, change);
  assert.deepEqual(changed, (await ask('GET', me)).body);
  assert.deepEqual(
    [changed.name, changed.phone, changed.traveller],
    [change.name, change.phone, change.traveller],
  );
  assert.deepEqual([changed.notifications.quietFrom, changed.notifications.quietTo], ['21:30', '07:00']);
  const { body: emptied } = await ask('PATCH', me, { phone: null });
  assert.deepEqual([emptied.phone, emptied.name, emptied.traveller], [null, 'Asha', change.traveller]);
  assert.equal((await ask('GET', me, undefined, ravi)).body.name, null);
});

test('what is not the user’s to set is refused, and nothing of it is kept', async () => {
  const { body: before } = await ask('GET', me);
  for (const bad of [
    { id: 'x' },
    { email: 'other@example.org' },
    { emailVerified: true },
    { name: 'B', admin: true },
    { name: { set: 'B' } },
    { phone: '98123' },
    { profession: 'KING' },
    { traveller: { birthYear: 1800 } },
    { traveller: { userId: 'x' } },
    { notifications: { timezone: 'Mars/Base' } },
    { notifications: { quietFrom: '25:00' } },
    { analyticsConsent: 'yes' },
  ])
    assert.equal((await ask('PATCH', me, bad)).status, 400, JSON.stringify(bad));
  assert.deepEqual((await ask('GET', me)).body, before);
  for (const [method, path] of [
    ['GET', me],
    ['PATCH', me],
    ['DELETE', me],
    ['GET', `${me}/export`],
  ] as const)
    assert.equal((await ask(method, path, method === 'GET' ? undefined : {}, null)).status, 401);
});

test('a search carries a name and a browser only while there is consent', async () => {
  const search = { origin: 'Delhi', destination: 'Jaipur', date: '2026-12-15', passengers: 1 };
  const searched = async (): Promise<unknown> => {
    const { searchId } = (await (
      await app.request('/api/v1/search', {
        method: 'POST',
        headers: { ...asha.headers, 'content-type': 'application/json', 'user-agent': 'Test' },
        body: JSON.stringify(search),
      })
    ).json()) as { searchId: string };
    await opened.application.flush();
    const { rows } = await opened.db.service.query({
      text: 'SELECT user_id, user_agent FROM search_queries WHERE id = $1',
      values: [searchId],
    });
    return rows[0];
  };
  const nobody = { user_id: null, user_agent: null };
  assert.deepEqual(await searched(), nobody);
  assert.equal((await ask('PATCH', me, { analyticsConsent: true })).body.analytics.consent, true);
  assert.deepEqual(await searched(), { user_id: asha.userId, user_agent: 'Test' });
  assert.equal((await ask('PATCH', me, { analyticsConsent: false })).body.analytics.consent, false);
  assert.deepEqual(await searched(), nobody);
  const { rows } = await opened.db.service.query({
    text: 'SELECT FROM search_queries WHERE user_id = $1',
    values: [asha.userId],
  });
  assert.equal(rows.length, 0, 'the withdrawal takes the name off what was kept');
  const { body } = await ask('GET', `${me}/export`);
  assert.equal(body.tables.consents.length, 1);
  assert.ok(body.tables.consents[0].withdrawn_at);
});

test('an account is erased by its own address or a sign-in within ten minutes, and by nothing else', async () => {
  await opened.db.service.query({
    text: `UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE user_id = $1`,
    values: [asha.userId],
  });
  assert.equal((await ask('DELETE', me, {})).status, 403);
  assert.equal((await ask('DELETE', me, { confirm: 'ravi@example.org' })).status, 403);
  assert.equal((await ask('GET', me)).status, 200);
  assert.equal((await ask('DELETE', me, { confirm: 'asha@example.org' })).status, 204);
  assert.equal((await ask('GET', me)).status, 401);
  assert.equal((await ask('DELETE', me, {}, ravi)).status, 204, 'signed in a moment ago');
});
