/**
 * Faults of signing in, each planted into a copy of the product: the test that is named must turn red there, while it
 * is green on the copy without faults.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sized } from './sizes.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Fault {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly redIn: string;
  readonly red: string;
}

const LINKS = 'src/http/session/signInRoutes.test.ts';
const SESSIONS = 'src/http/session/callers.test.ts';
const CSRF = 'src/http/session/csrf.test.ts';
const PROVIDERS = 'src/http/session/providers.test.ts';

const faults: readonly Fault[] = [
  {
    what: 'who waited for a link that another was using up gets in too',
    file: 'src/features/accounts/signInStore.ts',
    find: 'return rows.some(({ token }) => token === tokenHash);',
    put: 'return true;',
    redIn: LINKS,
    red: '100 uses of one link at once: one session',
  },
  {
    what: 'the other links to the address stay good',
    file: 'src/features/accounts/signInStore.ts',
    find: `DELETE FROM verification_tokens WHERE identifier = $1
             AND EXISTS`,
    put: `DELETE FROM verification_tokens WHERE identifier = $1 AND token = $2
             AND EXISTS`,
    redIn: LINKS,
    red: 'a link that was used is refused, and so are the others to the address',
  },
  {
    what: 'a link never gets too old',
    file: 'src/features/accounts/signInStore.ts',
    find: 'WHERE identifier = $1 AND token = $2 AND expires > now())',
    put: 'WHERE identifier = $1 AND token = $2)',
    redIn: LINKS,
    red: 'a link older than ten minutes, by the database’s clock, is refused',
  },
  {
    what: 'the address of the form is believed',
    file: 'src/features/accounts/signInStore.ts',
    find: `DELETE FROM verification_tokens WHERE identifier = $1
             AND EXISTS (SELECT FROM verification_tokens WHERE identifier = $1 AND token = $2 AND expires > now())`,
    put: `DELETE FROM verification_tokens WHERE $1 <> '' AND token = $2 AND expires > now()`,
    redIn: LINKS,
    red: 'a link asked for by another address is refused, and still good for its own',
  },
  {
    what: 'looking at a link uses it up',
    file: 'src/features/accounts/signInStore.ts',
    find: `'SELECT identifier FROM verification_tokens WHERE token = $1 AND expires > now()'`,
    put: `'DELETE FROM verification_tokens WHERE token = $1 AND expires > now() RETURNING identifier'`,
    redIn: LINKS,
    red: 'link, page, button, session: looking at the link uses nothing up',
  },
  {
    what: 'the session from before the sign-in goes on',
    file: 'src/features/accounts/sessions.ts',
    find: 'await deleteSessionByToken(tx, tokenHash(previousToken));',
    put: 'tokenHash(previousToken);',
    redIn: LINKS,
    red: 'a cookie from before the sign-in is worth nothing after it',
  },
  {
    what: 'the mailed link leads to the Host of the request',
    file: 'src/http/session/ownOrigin.ts',
    find: 'if (!isLoopback(origin))',
    put: 'if (origin === "")',
    redIn: LINKS,
    red: 'the request’s Host is never in a link: without PUBLIC_URL only this machine’s names are',
  },
  {
    what: 'letters that look like others are let through',
    file: 'src/features/accounts/emailAddress.ts',
    find: "text.indexOf('@') <= 64 && ADDRESS.test(text)",
    put: "text.indexOf('@') <= 64 && /^[^@\\s]+@[^@\\s]+$/.test(text)",
    redIn: LINKS,
    red: 'only plain addresses: letters that look like others never reach another mailbox',
  },
  {
    what: 'a session ends only when it is not used',
    file: 'src/features/accounts/sessionStore.ts',
    find: 'expires = least(now() + make_interval(days => $2::int), created_at + make_interval(days => $3::int))',
    put: 'expires = greatest(now() + make_interval(days => $2::int), created_at + make_interval(days => $3::int))',
    redIn: SESSIONS,
    red: 'a session ends when it was not used for 14 days and after 90 days in any case',
  },
  {
    what: 'a new session may lie unused for as long as it lives',
    file: 'src/features/accounts/sessionStore.ts',
    find: 'values: [id, session.tokenHash, session.userId, session.userAgent, idleDays, maxDays]',
    put: 'values: [id, session.tokenHash, session.userId, session.userAgent, maxDays, maxDays]',
    redIn: SESSIONS,
    red: 'a session ends when it was not used for 14 days and after 90 days in any case',
  },
  {
    what: 'Origin is not compared',
    file: 'src/http/session/csrf.ts',
    find: 'if (origin !== null && !isOwn(origin, request))',
    put: 'if (origin === "" && !isOwn(origin, request))',
    redIn: CSRF,
    red: '40 shapes: 0 changes',
  },
  {
    what: 'Origin is compared by how it begins',
    file: 'src/http/session/csrf.ts',
    find: 'if (origin === publicOrigin) return true;',
    put: 'if (publicOrigin !== null && origin.startsWith(publicOrigin)) return true;',
    redIn: CSRF,
    red: '40 shapes: 0 changes',
  },
  {
    what: 'Sec-Fetch-Site is not looked at',
    file: 'src/http/session/csrf.ts',
    find: "if (site !== null && site !== 'same-origin' && site !== 'none')",
    put: "if (site === '')",
    redIn: CSRF,
    red: '40 shapes: 0 changes',
  },
  {
    what: 'a browser that says nothing writes with its cookie',
    file: 'src/http/session/csrf.ts',
    find: "if (origin === null && site === null && request.headers.has('cookie'))",
    put: "if (origin === null && site === '' && request.headers.has('cookie'))",
    redIn: CSRF,
    red: '40 shapes: 0 changes',
  },
  {
    what: 'an address that the provider has not verified counts',
    file: 'src/http/session/providers.ts',
    find: "emailVerified: profile['email_verified'] === true",
    put: "emailVerified: profile['email_verified'] !== null",
    redIn: PROVIDERS,
    red: 'a verified address leads to the account that has it; an unverified one to none',
  },
];

let copy = '';
before(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'routestitch-faults-'));
  for (const part of ['src', 'test/support', 'prisma', 'package.json'])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** Names of the tests that fail. */
function redIn(file: string): string[] {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
    cwd: copy,
    encoding: 'utf8',
    env,
  });
  assert.match(run.stdout, /^# tests [1-9]/m, run.stderr);
  return [...run.stdout.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map(([, name]) => name!);
}

const green = new Set<string>();
for (const { what, file, find, put, redIn: tests, red } of faults.slice(0, sized(1, faults.length)))
  test(what, () => {
    if (!green.has(tests)) assert.deepEqual(redIn(tests), [], 'green without the fault');
    green.add(tests);
    const target = path.join(copy, file);
    const whole = readFileSync(target, 'utf8');
    assert.equal(whole.split(find).length, 2, `${file} has "${find}" once`);
    writeFileSync(
      target,
      whole.replace(find, () => put),
    );
    try {
      assert.ok(redIn(tests).includes(red), `"${red}" is red`);
    } finally {
      writeFileSync(target, whole);
    }
  });
