/** Signing in by link, on a real database: F10 of the assurance plan. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { signIn } from '../../../test/support/signIn.ts';
import { signInApp } from '../../../test/support/signInApp.ts';
import { undeliverable } from '../../features/accounts/index.ts';
import { problemSchema } from '../problem.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const run = async (text: string, ...values: unknown[]) => (await db.service.query({ text, values })).rows;
const sessionsOf = async (email: string): Promise<number> =>
  Number(
    (
      await run(
        'SELECT count(*) AS n FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1',
        email,
      )
    )[0]!['n'],
  );
const cookieOf = (response: Response): string => {
  const set = response.headers.getSetCookie().find((one) => one.startsWith('rs.session='));
  return set?.split(';')[0] ?? '';
};
const whoIs = async (app: ReturnType<typeof signInApp>, cookie: string): Promise<string | null> => {
  const answer = await app.app.request('/auth/session', { headers: { cookie } });
  return ((await answer.json()) as { user: { email: string } | null }).user?.email ?? null;
};
const refused = async (response: Response): Promise<void> => {
  assert.equal(response.status, 422);
  assert.match(await response.text(), /This link cannot be used/);
  assert.deepEqual(response.headers.getSetCookie(), []);
};

test('link, page, button, session: looking at the link uses nothing up', async () => {
  const app = signInApp(db);
  const asked = await app.submit('/auth/signin', { email: ' Asha@Example.ORG ', returnTo: '/trips?page=2' });
  assert.equal(asked.headers.get('location'), '/auth/sent');
  const link = app.links[0]!;
  assert.equal(link.origin, 'http://localhost');
  for (let look = 0; look < 3; look++) {
    const page = await app.app.request(link.pathname + link.search);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /As <strong>asha@example\.org<\/strong>/);
    assert.deepEqual(page.headers.getSetCookie(), []);
  }
  assert.equal(await sessionsOf('asha@example.org'), 0);
  const token = link.searchParams.get('token')!;
  const done = await app.submit('/auth/confirm', {
    token,
    email: 'asha@example.org',
    returnTo: link.searchParams.get('returnTo')!,
  });
  assert.equal(done.status, 303);
  assert.equal(done.headers.get('location'), '/trips?page=2');
  assert.match(
    done.headers.getSetCookie()[0]!,
    /^rs\.session=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  assert.equal(await whoIs(app, cookieOf(done)), 'asha@example.org');
});

test('the token of a link is stored as its hash, for ten minutes', async () => {
  const app = signInApp(db);
  const token = await app.linkFor('bina@example.org');
  assert.match(token, /^[\w-]{43}$/);
  const [row] = await run(
    `SELECT token, extract(epoch FROM expires - now()) AS seconds FROM verification_tokens WHERE identifier = 'bina@example.org'`,
  );
  assert.equal(row!['token'], createHash('sha256').update(token).digest('hex'));
  assert.ok(Number(row!['seconds']) <= 600 && Number(row!['seconds']) > 590);
});

test('100 uses of one link at once: one session', async () => {
  const app = signInApp(db);
  const email = 'chand@example.org';
  const token = await app.linkFor(email);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => app.submit('/auth/confirm', { token, email })),
  );
  const won = answers.filter(({ status }) => status === 303);
  assert.equal(won.length, 1);
  assert.equal(await sessionsOf(email), 1);
  for (const answer of answers) if (answer !== won[0]) await refused(answer);
  assert.equal(await whoIs(app, cookieOf(won[0]!)), email);
});

test('a link that was used is refused, and so are the others to the address', async () => {
  const app = signInApp(db);
  const email = 'devi@example.org';
  const [first, second] = [await app.linkFor(email), await app.linkFor(email)];
  assert.equal((await app.submit('/auth/confirm', { token: second, email })).status, 303);
  for (const token of [first, second]) {
    await refused(await app.submit('/auth/confirm', { token, email }));
    await refused(
      await app.app.request(`/auth/confirm?token=${token}`, { headers: { accept: 'text/html' } }),
    );
  }
  assert.equal(await sessionsOf(email), 1);
});

test('a link older than ten minutes, by the database’s clock, is refused', async () => {
  const app = signInApp(db);
  const email = 'ekta@example.org';
  const token = await app.linkFor(email);
  await run(
    `UPDATE verification_tokens SET expires = expires - interval '10 minutes' WHERE identifier = $1`,
    email,
  );
  await refused(await app.submit('/auth/confirm', { token, email }));
  assert.equal(await sessionsOf(email), 0);
});

test('a link asked for by another address is refused, and still good for its own', async () => {
  const app = signInApp(db);
  const token = await app.linkFor('farah@example.org');
  await signIn(db.service, 'victim@example.org');
  for (const email of [
    'victim@example.org',
    'new@example.org',
    '',
    'farah@example.org\0',
    'FARAH@example.org',
  ])
    await refused(await app.submit('/auth/confirm', { token, email }));
  assert.equal(await sessionsOf('victim@example.org'), 1);
  assert.equal((await app.submit('/auth/confirm', { token, email: 'farah@example.org' })).status, 303);
});

test('tokens that were never given out are refused with the same words', async () => {
  const app = signInApp(db);
  for (const token of ['', 'x', 'A'.repeat(43), '../'.repeat(20), "'; DROP TABLE users", 'é'.repeat(43)])
    await refused(await app.submit('/auth/confirm', { token, email: 'asha@example.org' }));
});

test('a cookie from before the sign-in is worth nothing after it', async () => {
  const app = signInApp(db);
  const email = 'gauri@example.org';
  const confirm = async (cookie: string): Promise<string> =>
    cookieOf(await app.submit('/auth/confirm', { token: await app.linkFor(email), email }, cookie));
  const planted = `rs.session=${'P'.repeat(43)}`;
  const first = await confirm(planted);
  assert.notEqual(first, planted);
  assert.equal(await whoIs(app, planted), null);
  const second = await confirm(first);
  assert.notEqual(second, first);
  assert.equal(await whoIs(app, first), null);
  assert.equal(await whoIs(app, second), email);
  assert.equal(await sessionsOf(email), 1);
});

test('nobody is moved into another account: whoever is signed in signs out first', async () => {
  const app = signInApp(db);
  const { cookie } = await signIn(db.service, 'hema@example.org');
  const token = await app.linkFor('attacker@example.org');
  const page = await app.app.request(`/auth/confirm?token=${token}`, { headers: { cookie } });
  assert.match(await page.text(), /you are signed in as <strong>hema@example\.org<\/strong>/);
  const answer = await app.submit('/auth/confirm', { token, email: 'attacker@example.org' }, cookie);
  assert.equal(answer.status, 409);
  assert.equal(await whoIs(app, cookie), 'hema@example.org');
});

test('known and unknown addresses get the same answer', async () => {
  const app = signInApp(db);
  await signIn(db.service, 'indra@example.org');
  const ask = async (email: string) => {
    const answer = await app.app.request('/auth/magic-link', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.50' },
      body: JSON.stringify({ email }),
    });
    return [
      answer.status,
      await answer.text(),
      [...answer.headers].filter(([name]) => name !== 'x-request-id'),
    ];
  };
  assert.deepEqual(await ask('indra@example.org'), await ask('nobody@example.org'));
  assert.equal((await run(`SELECT FROM users WHERE email = 'nobody@example.org'`)).length, 0);
});

test('only plain addresses: letters that look like others never reach another mailbox', async () => {
  const app = signInApp(db);
  await app.submit('/auth/signin', { email: 'ｊａｙ＠ｅｘａｍｐｌｅ．ｏｒｇ' });
  const [kept] = await run(`SELECT identifier FROM verification_tokens WHERE identifier = 'jay@example.org'`);
  assert.ok(kept, 'compatibility forms are the plain address');
  for (const email of [
    '',
    'jay',
    'jay@example',
    'jаy@example.org', // Cyrillic а
    'jay@exаmple.org',
    'jay@example.org, mallory@example.net',
    'jay@example.org mallory@example.net',
    'jay@@example.org',
    'jay@mallory.net@example.org',
    '"jay@mallory.net x"@example.org',
    '<jay@example.org>',
    'Jay <jay@example.org>',
    'jay(x)@example.org',
    'jay@[127.0.0.1]',
    'jay@example.org\r\nBcc: mallory@example.net',
    'jay@example.org\0',
    'jay@-example.org',
    'jay.@example.org',
    `${'j'.repeat(65)}@example.org`,
    `jay@${'e'.repeat(250)}.org`,
  ]) {
    const answer = await app.submit('/auth/signin', { email });
    assert.equal(answer.status, 400, email);
    assert.match(await answer.text(), /role="alert"/);
  }
  assert.equal(app.links.length, 1);
});

test('an address is written to at most ten times in a quarter of an hour, whoever asks', async () => {
  const app = signInApp(db);
  for (let time = 0; time < 10; time++) await app.linkFor('kiran@example.org');
  const answer = await app.submit('/auth/signin', { email: 'kiran@example.org' });
  assert.equal(answer.status, 429);
  const [{ n }] = (await run(`SELECT count(*) AS n FROM rate_limits WHERE identifier LIKE '%kiran%'`)) as [
    { n: number },
  ];
  assert.equal(n, 0, 'the counter does not name the address');
  assert.equal((await app.submit('/auth/signin', { email: 'other@example.org' })).status, 303);
});

test('the request’s Host is never in a link: without PUBLIC_URL only this machine’s names are', async () => {
  const app = signInApp(db);
  const ask = (url: string) =>
    app.app.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'lata@example.org' }),
    });
  const foreign = await ask('http://evil.example/auth/magic-link');
  assert.equal(foreign.status, 503);
  assert.equal(app.links.length, 0);
  const published = signInApp(db, { publicUrl: 'https://rs.example.org' });
  await published.app.request('http://evil.example/auth/magic-link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'lata@example.org' }),
  });
  assert.equal(published.links[0]?.origin, 'https://rs.example.org');
});

test('the pages speak the reader’s language, and the address that asks for one is remembered', async () => {
  const app = signInApp(db);
  const read = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.app.request(path, { headers: { accept: 'text/html', ...headers } });
    return { text: await answer.text(), cookies: answer.headers.getSetCookie() };
  };
  const asked = await read('/auth/signin?returnTo=%2Ftrips%3Fa%3D1&lang=hi');
  assert.match(asked.text, /<html lang="hi-IN">[^]*मुझे लिंक भेजें/);
  assert.deepEqual(asked.cookies, ['lang=hi; Path=/; Max-Age=31536000; SameSite=Lax']);
  assert.match(asked.text, /href="\/auth\/signin\?returnTo=%2Ftrips%3Fa%3D1&amp;lang=en" lang="en"/);
  const hindi = { cookie: 'lang=hi' };
  assert.deepEqual((await read('/auth/sent', hindi)).cookies, []);
  for (const path of ['/auth/sent', '/auth/signed-out', '/auth/confirm?token=x']) {
    const { text } = await read(path, hindi);
    const body = text.slice(text.indexOf('<main>')).replaceAll(/<[^>]+>/g, ' ');
    assert.doesNotMatch(body.replaceAll('RouteStitch', ''), /[A-Za-z]/, path);
    assert.match((await read(path)).text, /<html lang="en-IN">/);
  }
});

test('with https the cookie is bound to the host', async () => {
  const app = signInApp(db, { publicUrl: 'https://rs.example.org' });
  const token = await app.linkFor('mala@example.org');
  const done = await app.submit('/auth/confirm', { token, email: 'mala@example.org' });
  assert.match(done.headers.getSetCookie()[0]!, /^__Host-rs\.session=[\w-]{43};.* Secure;/);
});

test('a server that can send no link says what to set', async () => {
  const app = signInApp(db, { delivery: undeliverable('Set SMTP_URL and MAIL_FROM') });
  const page = await app.submit('/auth/signin', { email: 'nila@example.org' });
  assert.equal(page.status, 503);
  assert.match(await page.text(), /Set SMTP_URL and MAIL_FROM/);
  assert.equal(
    (await run(`SELECT FROM verification_tokens WHERE identifier = 'nila@example.org'`)).length,
    0,
  );
});

test('programs get problems, pages get pages', async () => {
  const app = signInApp(db);
  const answer = await app.app.request('/auth/confirm?token=x');
  assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  assert.equal(problemSchema.parse(await answer.json()).code, 'UNPROCESSABLE');
  const strange = await app.app.request('/auth/magic-link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'oma@example.org', admin: true }),
  });
  assert.equal(strange.status, 400);
});

test('signing out ends the session at once, for forms and for programs', async () => {
  const app = signInApp(db);
  const { cookie } = await signIn(db.service, 'pari@example.org');
  const form = await app.submit('/auth/signout', {}, cookie);
  assert.equal(form.headers.get('location'), '/auth/signed-out');
  assert.match(form.headers.getSetCookie()[0]!, /^rs\.session=; Max-Age=0;/);
  assert.equal(await whoIs(app, cookie), null);
  const again = await signIn(db.service, 'pari@example.org');
  const answer = await app.app.request('/auth/signout', { method: 'POST', headers: again.headers });
  assert.equal(answer.status, 204);
  assert.equal(await whoIs(app, again.cookie), null);
});

test('sessions over HTTP: listed, ended, and another’s is as absent as none', async () => {
  const app = signInApp(db);
  const mine = await signIn(db.service, 'qadir@example.org');
  await signIn(db.service, 'qadir@example.org');
  await signIn(db.service, 'qadir@example.org');
  const stranger = await signIn(db.service, 'rani@example.org');
  const list = async (headers: Record<string, string>) => {
    const answer = await app.app.request('/api/v1/me/sessions', { headers });
    return (await answer.json()) as { sessions: { id: string; current: boolean }[] };
  };
  assert.equal((await app.app.request('/api/v1/me/sessions')).status, 401);
  const { sessions } = await list(mine.headers);
  assert.equal(sessions.length, 3);
  const other = sessions.find(({ current }) => !current)!;
  const end = (id: string) =>
    app.app.request(`/api/v1/me/sessions/${id}`, { method: 'DELETE', headers: mine.headers });
  assert.equal((await end(other.id)).status, 204);
  const [foreignId] = (await list(stranger.headers)).sessions;
  const [foreign, absent] = [await end(foreignId!.id), await end(other.id)];
  assert.equal(foreign.status, 404);
  const bodyOf = async (response: Response) => ({ ...((await response.json()) as object), requestId: '' });
  assert.deepEqual(await bodyOf(foreign), await bodyOf(absent));
  const others = await app.app.request('/api/v1/me/sessions', { method: 'DELETE', headers: mine.headers });
  assert.deepEqual(await others.json(), { ended: 1 });
  assert.equal((await list(stranger.headers)).sessions.length, 1);
});
