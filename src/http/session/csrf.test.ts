/** Writes that another site makes a browser send: 40 shapes, nothing is changed by any. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { sayingsOf } from '../../../test/support/crossSite.ts';
import { signIn } from '../../../test/support/signIn.ts';
import { type SignInApp, signInApp } from '../../../test/support/signInApp.ts';

const OWN = 'https://rs.example.org';
let db: TestDatabase;
let app: SignInApp;
before(async () => {
  db = await testDatabase();
  app = signInApp(db, { publicUrl: OWN });
});
after(() => db.drop());

type Headers = Readonly<Record<string, string>>;
interface Shape {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string;
}

const form = 'application/x-www-form-urlencoded';
const json = JSON.stringify({ email: 'planted@example.org' });
const LINK = { method: 'POST', path: '/auth/magic-link' };

/** Ways to say it, with the browser's words of another site. */
const cross = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
const ways: readonly Shape[] = [
  { method: 'POST', path: '/auth/signout', headers: { ...cross, 'content-type': form } },
  { method: 'POST', path: '/auth/signout', headers: { ...cross, 'content-type': 'text/plain' }, body: '{}' },
  { method: 'POST', path: '/auth/signout', headers: { origin: 'null' } },
  { method: 'DELETE', path: '/api/v1/me/sessions', headers: cross },
  { method: 'DELETE', path: '/api/v1/me/sessions', headers: {} },
  { method: 'POST', path: '/api/v1/me/sessions', headers: { ...cross, 'x-http-method-override': 'DELETE' } },
  { ...LINK, headers: { ...cross, 'content-type': 'text/plain' }, body: json },
  { ...LINK, headers: { ...cross, 'content-type': 'application/json; charset=utf-8' }, body: json },
  { ...LINK, headers: { ...cross, 'content-type': 'multipart/form-data; boundary=x' }, body: json },
  {
    method: 'POST',
    path: '/auth/signin',
    headers: { ...cross, 'content-type': form },
    body: 'email=planted@example.org',
  },
  { method: 'GET', path: '/auth/signout', headers: { 'sec-fetch-site': 'cross-site' } },
  { method: 'GET', path: '/auth/signout?_method=POST', headers: { 'sec-fetch-site': 'same-origin' } },
  { method: 'GET', path: '/auth/magic-link?email=planted@example.org', headers: cross },
  { method: 'HEAD', path: '/api/v1/me/sessions', headers: { 'x-http-method-override': 'DELETE' } },
];
const shapes: readonly Shape[] = [
  ...sayingsOf(OWN).map((headers) => ({
    ...LINK,
    headers: { 'content-type': 'application/json', ...headers },
    body: json,
  })),
  ...ways,
];

const state = async (): Promise<string> => {
  const { rows } = await db.service.query({
    text: `SELECT (SELECT json_agg(s ORDER BY id) FROM sessions s) AS sessions,
             (SELECT json_agg(v ORDER BY token) FROM verification_tokens v) AS links`,
  });
  return JSON.stringify(rows);
};
const send = ({ method, path, headers, body }: Shape, cookie: string): Promise<Response> =>
  Promise.resolve(
    app.app.request(`${OWN}${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { body }),
    }),
  );

test('40 shapes: 0 changes', async () => {
  assert.equal(shapes.length, 40);
  const { cookie } = await signIn(db.service, 'asha@example.org', true);
  await signIn(db.service, 'asha@example.org', true);
  const before = await state();
  for (const shape of shapes) {
    const answer = await send(shape, cookie);
    const told = JSON.stringify(shape);
    if (shape.method === 'POST' || shape.method === 'DELETE') assert.equal(answer.status, 403, told);
    assert.deepEqual(answer.headers.getSetCookie(), [], told);
    assert.equal(await state(), before, told);
  }
});

test('our own page writes, and so does a program', async () => {
  const { cookie } = await signIn(db.service, 'bina@example.org', true);
  const asked = { 'content-type': 'application/json' };
  const own: readonly Headers[] = [
    { origin: OWN },
    { origin: OWN, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ];
  for (const headers of own)
    assert.equal(
      (await send({ ...LINK, headers: { ...asked, ...headers }, body: json }, cookie)).status,
      202,
    );
  const program = await app.app.request(`${OWN}/auth/magic-link`, {
    method: 'POST',
    headers: asked,
    body: json,
  });
  assert.equal(program.status, 202);
  const out = await send({ method: 'POST', path: '/auth/signout', headers: { origin: OWN } }, cookie);
  assert.equal(out.status, 204);
});

test('without PUBLIC_URL the page is where the request was sent to', async () => {
  const local = signInApp(db);
  const ask = (url: string, origin: string) =>
    local.app.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: 'chand@example.org' }),
    });
  assert.equal((await ask('http://127.0.0.1:3000/auth/magic-link', 'http://127.0.0.1:3000')).status, 202);
  assert.equal((await ask('http://127.0.0.1:3000/auth/magic-link', 'http://localhost:3000')).status, 403);
  assert.equal((await ask('http://localhost:3000/auth/magic-link', 'http://localhost:4000')).status, 403);
});
