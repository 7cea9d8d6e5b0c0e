/** What one is reminded of, over HTTP, and the way out of it without signing in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unsubscribeToken } from '../../src/features/accounts/index.ts';
import { planReminders } from '../../src/features/reminders/index.ts';
import { createApp } from '../../src/http/app.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { saveTrip } from '../support/reminders.ts';
import { type SignedInUser, signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract } from './contract.ts';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = Date.parse('2026-11-30T12:00:00Z');
let opened: TestApp;
let app: ReturnType<typeof createApp>;
let contract: Contract;
let asha: SignedInUser;
let token: string;
before(async () => {
  opened = await openTestApp({ AUTH_SECRET: SECRET });
  const { limits: _, ...services } = opened.services;
  app = createApp({ ...services, now: () => NOW });
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  asha = await signIn(opened.db.service, 'asha@example.org');
  token = unsubscribeToken(asha.userId, SECRET);
});
after(() => opened.close());

const me = async (change?: object) => {
  const response = await app.request('/api/v1/me', {
    headers: { 'content-type': 'application/json', ...asha.headers },
    ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
  });
  return { status: response.status, body: (await response.json()) as { notifications: object } };
};

/** Fails when a reply is none that the document describes. */
async function described(method: string, path: string, response: Response): Promise<void> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  const fault = contract.fault({ method, path, status, headers, body: await response.clone().text() });
  assert.equal(fault, null);
}

test('the list: what is planned of one’s own trips, as the document says', async () => {
  await saveTrip(opened.db, { userId: asha.userId, database: opened.db.app }, '2027-02-20', {
    savedAt: '2026-11-30T12:00:00Z',
  });
  await planReminders(opened.db.service, new Date(NOW));
  assert.equal((await app.request('/api/v1/me/reminders')).status, 401);
  const response = await app.request('/api/v1/me/reminders', { headers: asha.headers });
  await described('GET', '/api/v1/me/reminders', response);
  const body = (await response.json()) as { mail: boolean; reminders: { kind: string; dueAt: string }[] };
  assert.equal(body.mail, false, 'this server has no mail server');
  assert.deepEqual(
    body.reminders.map(({ kind, dueAt }) => `${kind} ${dueAt}`),
    [
      'BOOKING_OPENS 2026-12-21T12:30:00.000Z',
      'NOT_BOOKED 2027-02-17T03:30:00.000Z',
      'TATKAL_OPENS 2027-02-18T15:30:00.000Z',
      'LEAVE 2027-02-20T13:35:00.000Z',
    ],
  );
  const ravi = await signIn(opened.db.service, 'ravi@example.org');
  const other = await app.request('/api/v1/me/reminders', { headers: ravi.headers });
  assert.deepEqual(((await other.json()) as { reminders: unknown[] }).reminders, []);
});

test('wishes are part of the profile; what cannot be wished for is refused', async () => {
  const defaults = {
    emailReminders: true,
    kinds: ['BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED', 'LEAVE'],
    daysBefore: 3,
    leaveMinutes: 60,
    quietFrom: '22:00',
    quietTo: '07:00',
    timezone: 'Asia/Kolkata',
    language: 'en',
  };
  assert.deepEqual((await me()).body.notifications, defaults);
  const wish = { kinds: ['LEAVE'], leaveMinutes: 120, language: 'hi' };
  const { status, body } = await me({ notifications: wish });
  assert.equal(status, 200);
  assert.deepEqual(body.notifications, { ...defaults, ...wish });
  for (const bad of [
    { kinds: ['BIRTHDAY'] },
    { kinds: ['LEAVE', 'LEAVE', 'LEAVE', 'LEAVE', 'LEAVE'] },
    { daysBefore: 0 },
    { daysBefore: 61 },
    { daysBefore: 1.5 },
    { leaveMinutes: 14 },
    { language: 'de' },
    { quietFrom: '24:00' },
    { timezone: 'Mars/Base' },
    { sms: true },
  ])
    assert.equal((await me({ notifications: bad })).status, 400, JSON.stringify(bad));
  assert.deepEqual((await me()).body.notifications, { ...defaults, ...wish });
});

test('the link of a mail: looking changes nothing, the button stops, in the language of the mail', async () => {
  const page = await app.request(`/unsubscribe/${token}`, { headers: { accept: 'text/html' } });
  assert.equal(page.status, 200);
  await described('GET', `/unsubscribe/${token}`, page);
  const text = await page.text();
  assert.match(text, /<html lang="hi-IN">/);
  assert.match(text, /<form method="post"><button>/);
  assert.ok(page.headers.get('content-security-policy')?.includes(`form-action 'self'`));
  assert.equal(((await me()).body.notifications as { emailReminders: boolean }).emailReminders, true);
  const form = await app.request(`/unsubscribe/${token}`, {
    method: 'POST',
    headers: { origin: 'http://localhost', 'sec-fetch-site': 'same-origin', accept: 'text/html' },
    body: new URLSearchParams(),
  });
  assert.equal(form.status, 200);
  await described('POST', `/unsubscribe/${token}`, form);
  assert.equal(((await me()).body.notifications as { emailReminders: boolean }).emailReminders, false);
});

test('a mail program stops them by itself: one POST, no cookie, no page (RFC 8058)', async () => {
  await me({ notifications: { emailReminders: true } });
  for (let again = 0; again < 2; again++) {
    const response = await app.request(`/unsubscribe/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    assert.equal(response.status, 200);
    assert.equal(((await me()).body.notifications as { emailReminders: boolean }).emailReminders, false);
  }
});

test('a link that is none, or another’s with one’s own signature, does nothing', async () => {
  await me({ notifications: { emailReminders: true } });
  const ravi = await signIn(opened.db.service, 'ravi@example.org');
  const [, signature] = unsubscribeToken(ravi.userId, SECRET).split('.');
  const wrong = [
    `${asha.userId}.${signature}`,
    `${asha.userId}.`,
    asha.userId,
    unsubscribeToken(asha.userId, 'another secret of thirty-two characters!'),
    `${token}x`,
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    '%2e%2e%2fme',
  ];
  for (const path of wrong)
    for (const method of ['GET', 'POST']) {
      const response = await app.request(`/unsubscribe/${path}`, { method });
      assert.equal(response.status, 404, `${method} ${path}`);
      assert.match(response.headers.get('content-type') ?? '', /problem\+json/);
    }
  const page = await app.request(`/unsubscribe/${wrong[0]}`, { headers: { accept: 'text/html' } });
  assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=UTF-8']);
  assert.equal(((await me()).body.notifications as { emailReminders: boolean }).emailReminders, true);
});

test('the token of somebody who is erased is answered as it was', async () => {
  const gone = unsubscribeToken('cjld2cjxh0000qzrmn831i7rn', SECRET);
  const response = await app.request(`/unsubscribe/${gone}`, { method: 'POST' });
  assert.equal(response.status, 200);
});
