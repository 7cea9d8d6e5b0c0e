/** Sessions as a request meets them, on a real database. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { callersOf, sessionLimits, signIn } from '../../../test/support/signIn.ts';
import {
  endSession,
  findSession,
  listSessions,
  openSession,
  revokeOtherSessions,
  revokeSession,
} from '../../features/accounts/index.ts';
import { sessionCookie } from './cookies.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const requestWith = (cookie?: string): Request =>
  new Request('http://localhost/', cookie === undefined ? {} : { headers: { cookie } });
const tokenOf = (cookie: string): string => cookie.slice(cookie.indexOf('=') + 1);
const run = (text: string, ...values: unknown[]) => db.service.query({ text, values });

test('the cookie leads to the user, once a request', async () => {
  const callers = callersOf(db, { adminEmails: ['asha@example.org'] });
  const { userId, cookie } = await signIn(db.service, 'asha@example.org');
  const request = requestWith(`theme=dark; ${cookie}`);
  const found = await callers.signedIn(request);
  assert.equal(found?.userId, userId);
  assert.equal(found?.email, 'asha@example.org');
  assert.equal(found?.admin, true);
  await run('DELETE FROM sessions WHERE user_id = $1', userId);
  assert.equal(await callers.signedIn(request), found, 'the same request is not asked again');
  assert.equal(await callers.signedIn(requestWith(cookie)), null);
});

test('who is not signed in is nobody, and no administrator', async () => {
  const callers = callersOf(db, { adminEmails: ['boss@example.org'] });
  const { cookie } = await signIn(db.service, 'banu@example.org');
  for (const text of [
    undefined,
    '',
    'rs.session=',
    `rs.session=${'A'.repeat(43)}`,
    `x${cookie}`,
    `__Host-${cookie}`,
  ]) {
    assert.equal(await callers.signedIn(requestWith(text)), null);
    await assert.rejects(callers.caller(requestWith(text)), { code: 'UNAUTHENTICATED' });
    await assert.rejects(callers.admin(requestWith(text)), { code: 'UNAUTHENTICATED' });
  }
  await assert.rejects(callers.admin(requestWith(cookie)), { code: 'FORBIDDEN' });
  const boss = await signIn(db.service, 'boss@example.org');
  assert.equal((await callers.admin(requestWith(boss.cookie))).email, 'boss@example.org');
  await run(`UPDATE users SET email_verified = NULL WHERE email = 'boss@example.org'`);
  await assert.rejects(callers.admin(requestWith(boss.cookie)), { code: 'FORBIDDEN' });
});

test('the caller works under row-level security', async () => {
  const callers = callersOf(db);
  const { userId, cookie } = await signIn(db.service, 'chitra@example.org');
  await signIn(db.service, 'deepak@example.org');
  const caller = await callers.caller(requestWith(cookie));
  assert.equal(caller.userId, userId);
  const sessions = await listSessions(caller, '');
  assert.equal(sessions.length, 1);
});

test('only the hash of the token is stored', async () => {
  const { cookie } = await signIn(db.service, 'esha@example.org');
  const { rows } = await run('SELECT row_to_json(s)::text AS row FROM sessions s');
  assert.ok(rows.length > 0);
  for (const { row } of rows as { row: string }[]) assert.ok(!row.includes(tokenOf(cookie)));
});

test('a session ends when it was not used for 14 days and after 90 days in any case', async () => {
  const { userId, cookie } = await signIn(db.service, 'farid@example.org');
  const remaining = async (): Promise<number> => {
    const { rows } = await run(
      `SELECT extract(epoch FROM expires - now()) / 86400 AS days FROM sessions WHERE user_id = $1`,
      userId,
    );
    return Number((rows[0] as { days: string }).days);
  };
  const age = (seen: number, made: number) =>
    run(
      `UPDATE sessions SET last_seen_at = now() - make_interval(days => $2), created_at = now() - make_interval(days => $3),
         expires = now() - make_interval(days => $2) + interval '14 days' WHERE user_id = $1`,
      userId,
      seen,
      made,
    );
  const use = () => findSession(db.service, tokenOf(cookie), sessionLimits);
  assert.ok(Math.abs((await remaining()) - 14) < 0.01);
  await age(13, 13);
  assert.ok(await use(), 'used again a day before');
  assert.ok(Math.abs((await remaining()) - 14) < 0.01, 'and has 14 days again');
  await age(1, 89);
  assert.ok(await use());
  assert.ok(Math.abs((await remaining()) - 1) < 0.01, 'but not beyond the 90th day');
  await age(15, 20);
  assert.equal(await use(), null);
  assert.ok((await remaining()) < 0, 'an ended session is not brought back');
});

test('a session that was just seen is not written again', async () => {
  const { userId, cookie } = await signIn(db.service, 'gita@example.org');
  const version = async () =>
    (await run('SELECT xmin::text AS xmin FROM sessions WHERE user_id = $1', userId)).rows[0];
  const before = await version();
  for (let use = 0; use < 3; use++) await findSession(db.service, tokenOf(cookie), sessionLimits);
  assert.deepEqual(await version(), before);
});

test('a new session ends the one the browser had, and no one else’s cookie', async () => {
  const first = await signIn(db.service, 'hari@example.org');
  const other = await signIn(db.service, 'hari@example.org');
  const { token } = await db.service.transaction((tx) =>
    openSession(
      tx,
      { userId: first.userId, userAgent: null, previousToken: tokenOf(first.cookie) },
      sessionLimits,
    ),
  );
  const find = (text: string) => findSession(db.service, text, sessionLimits);
  assert.equal(await find(tokenOf(first.cookie)), null);
  assert.ok(await find(tokenOf(other.cookie)));
  assert.ok(await find(token));
  await endSession(db.service, token);
  assert.equal(await find(token), null);
});

test('one ends one of one’s own sessions, or all others', async () => {
  const callers = callersOf(db);
  const mine = await signIn(db.service, 'indu@example.org');
  const phone = await signIn(db.service, 'indu@example.org');
  await signIn(db.service, 'indu@example.org');
  const stranger = await signIn(db.service, 'jaya@example.org');
  const caller = await callers.caller(requestWith(mine.cookie));
  const idOf = async (cookie: string) => (await callers.signedIn(requestWith(cookie)))!.sessionId;
  const current = await idOf(mine.cookie);
  const listed = await listSessions(caller, current);
  assert.deepEqual(
    listed.filter((session) => session.current).map(({ id }) => id),
    [current],
  );
  assert.equal(listed.length, 3);
  assert.deepEqual(Object.keys(listed[0]!).toSorted(), [
    'createdAt',
    'current',
    'expiresAt',
    'id',
    'lastSeenAt',
    'userAgent',
  ]);
  await assert.rejects(revokeSession(caller, await idOf(stranger.cookie)), { code: 'NOT_FOUND' });
  assert.ok(await callers.signedIn(requestWith(stranger.cookie)));
  const phoneId = await idOf(phone.cookie);
  await revokeSession(caller, phoneId);
  assert.equal(await callers.signedIn(requestWith(phone.cookie)), null);
  await assert.rejects(revokeSession(caller, phoneId), { code: 'NOT_FOUND' });
  assert.equal(await revokeOtherSessions(caller, current), 1);
  assert.equal((await listSessions(caller, current)).length, 1);
  assert.ok(await callers.signedIn(requestWith(stranger.cookie)));
});

test('a user has 50 sessions at most; the one not seen for longest gives way', async () => {
  const first = await signIn(db.service, 'kavi@example.org');
  await run(`UPDATE sessions SET last_seen_at = now() - interval '1 day' WHERE user_id = $1`, first.userId);
  for (let more = 0; more < 50; more++) await signIn(db.service, 'kavi@example.org');
  const { rows } = await run('SELECT count(*) AS n FROM sessions WHERE user_id = $1', first.userId);
  assert.deepEqual(rows, [{ n: 50 }]);
  assert.equal(await findSession(db.service, tokenOf(first.cookie), sessionLimits), null);
});

test('the cookie: host-bound and secure with https, never read by scripts', () => {
  assert.equal(
    sessionCookie(true).write('t', 90),
    '__Host-rs.session=t; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
  assert.equal(
    sessionCookie(false).write('t', 1),
    'rs.session=t; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax',
  );
  assert.match(sessionCookie(true).clear(), /^__Host-rs\.session=; Max-Age=0; Path=\/;/);
});
