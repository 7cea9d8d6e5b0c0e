/** The tests of signing in, of what is somebody's, of headers and of privacy see the faults that they are there for. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const LINKS = 'src/http/session/signInRoutes.test.ts';
const SESSIONS = 'src/http/session/callers.test.ts';
const CSRF = 'src/http/session/csrf.test.ts';
const PROVIDERS = 'src/http/session/providers.test.ts';
const FOREIGN = 'test/assurance/idor.test.ts';
const NOTHING_TOLD = 'F2 nothing of anybody else’s is told or changed, and foreign is as absent';
const HEADERS = 'test/http/headers.test.ts';
const SIGN_IN = 'test/assurance/signIn.test.ts';
const MARKS = 'test/assurance/canaries.test.ts';
const MARKS_GONE =
  'through every route: no mark in the log, all of the database’s in the export, none left after the erasure';

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
  {
    what: 'whoever has the id of a user’s click answers for it',
    file: 'src/features/analytics/store.ts',
    find: 'WHERE id = $1 AND user_id IS NULL AND created_at >',
    put: 'WHERE id = $1 AND created_at >',
    redIn: FOREIGN,
    red: NOTHING_TOLD,
  },
  {
    what: 'a click may name the trip of another',
    file: 'src/features/booking/createClick.ts',
    find: 'await services.checkTrip(caller, tripId);',
    put: 'await Promise.resolve();',
    redIn: FOREIGN,
    red: NOTHING_TOLD,
  },
  {
    what: 'a calendar’s secret opens the page of its trip too',
    file: 'src/features/sharing/sharedTrip.ts',
    find: "linkOwner(service, 'PAGE', token)",
    put: "linkOwner(service, token.length > 40 ? 'CALENDAR' : 'PAGE', token)",
    redIn: FOREIGN,
    red: NOTHING_TOLD,
  },
  {
    what: 'what a session asked for is kept by caches',
    file: 'src/http/middleware/privateAnswers.ts',
    find: "headers.has('cookie') || headers.has('authorization') || !c.res",
    put: '!c.res',
    redIn: HEADERS,
    red: 'every answer has every header, and nothing private is kept',
  },
  {
    what: 'the page may be framed',
    file: 'src/http/middleware/securityHeaders.ts',
    find: `  "frame-ancestors 'none'",`,
    put: '',
    redIn: HEADERS,
    red: 'every answer has every header, and nothing private is kept',
  },
  {
    what: 'what is no HTTP is answered by Node itself',
    file: 'src/http/server.ts',
    find: "server.on('clientError',",
    put: "server.on('no such event',",
    redIn: HEADERS,
    red: 'what is no request is answered with them too',
  },
  {
    what: 'only the pages of sign-in are guarded against other sites',
    file: 'src/http/session/csrf.ts',
    find: 'READS.has(c.req.method) ? null',
    put: "READS.has(c.req.method) || !c.req.path.startsWith('/auth/') ? null",
    redIn: SIGN_IN,
    red: 'a page of another site changes nothing, by whichever route and however its browser says so',
  },
  {
    what: 'the log has the words of every error',
    file: 'src/http/loggedError.ts',
    find: 'const own = OWN_MISTAKE.exec(error.message)?.[0];',
    put: 'const own: string | undefined = error.message;',
    redIn: MARKS,
    red: 'through every way to fail: none in the log, none in the answer beside what was asked',
  },
  {
    what: 'the log has what stands before the places in the code',
    file: 'src/http/loggedError.ts',
    find: '.slice(at < 0 ? 0 : at + message.length)',
    put: '.slice(0)',
    redIn: MARKS,
    red: 'through every way to fail: none in the log, none in the answer beside what was asked',
  },
  {
    what: 'the log has what the mail server said',
    file: 'src/features/accounts/mailer.ts',
    find: '${reasonOf(cause)}',
    put: '${(cause as Error).message}',
    redIn: MARKS,
    red: 'a mail that is refused: the log says so, and not to whom',
  },
  {
    what: 'the erasure forgets a table',
    file: 'src/features/accounts/erasure.ts',
    find: "if (table.name !== 'admin_accesses') counts",
    put: "if (table.name !== 'admin_accesses' && table.name !== 'search_queries') counts",
    redIn: MARKS,
    red: MARKS_GONE,
  },
  {
    what: 'the export leaves a column out',
    file: 'src/features/accounts/exportTables.ts',
    find: "{ name: 'booking_legs', owner: 'user_id', secrets: [], made",
    put: "{ name: 'booking_legs', owner: 'user_id', secrets: ['booking_ref'], made",
    redIn: MARKS,
    red: MARKS_GONE,
  },
  {
    what: 'the figures keep the door that a search begins at',
    file: 'src/features/journeys/keptAnswers.ts',
    find: 'origin: noted(response.origin)',
    put: 'origin: response.origin',
    redIn: MARKS,
    red: MARKS_GONE,
  },
  {
    what: 'the cache keeps the door that a search begins at',
    file: 'src/features/journeys/searchJourneys.ts',
    find: 'shared: places.every((place) => isPublicPlace(planner.places, place)),',
    put: 'shared: places.length > 0,',
    redIn: MARKS,
    red: MARKS_GONE,
  },
  {
    what: 'a breach names who came after it',
    file: 'src/features/accounts/breachStore.ts',
    find: '`t.${made} < $1`',
    put: '`t.${made} > $1`',
    redIn: MARKS,
    red: 'a breach of any table names who has rows in it, and nobody else',
  },
  {
    what: 'the sweep finds who came back and leaves them',
    file: 'src/features/accounts/erasure.ts',
    find: "await eraseRows(tx, userId, user?.email ?? '');",
    put: 'await deleteRequestCounts(tx, userId);',
    redIn: MARKS,
    red: 'an old state that comes back whole is erased again by `privacy sweep`',
  },
];

plantFaults(
  ['src', 'test/support', 'test/http', 'test/assurance', 'test/golden', 'prisma', 'data', 'openapi.json'],
  faults,
);
