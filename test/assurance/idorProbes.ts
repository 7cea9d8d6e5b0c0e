/**
 * What to send to each route of the document to find out whether it gives away what is somebody else's. A route that
 * is not here, and is none for administrators, is a fault: whoever adds one says here whose it is.
 */
import type { Things } from './idorWorld.ts';
import { drill } from './sizes.ts';

/**
 * `owned`: leads by an id to what is one user's; `nobody` is what a stranger without a session is answered.
 * `own`: the caller's own things, without an id. `bearer`: whoever has the secret address may.
 * `public`: the same for everybody.
 */
export type Probe =
  | {
      readonly kind: 'owned';
      readonly ids: (things: Things) => Readonly<Record<string, string>>;
      readonly body?: (things: Things) => object;
      readonly nobody?: number;
      /** The state it needs of what is owned, brought about by this route first: `POST …/cancel`. */
      readonly after?: string;
    }
  | { readonly kind: 'own'; readonly spends?: boolean; readonly nobody?: number }
  | { readonly kind: 'bearer'; readonly ids: (things: Things) => Readonly<Record<string, string>> }
  | { readonly kind: 'public'; readonly ids?: Readonly<Record<string, string>> };

const trip = ({ trip: id }: Things) => ({ id });
const leg = ({ trip: id }: Things) => ({ id, legIndex: '0' });
const saved = ({ saved: id }: Things) => ({ id });
const archived = ({ archived: id }: Things) => ({ id });
const owned = (
  ids: (things: Things) => Readonly<Record<string, string>>,
  more: Partial<Extract<Probe, { kind: 'owned' }>> = {},
): Probe => ({ kind: 'owned', ids, ...more });
const own: Probe = { kind: 'own' };
const open: Probe = { kind: 'public' };

export const probes: Readonly<Record<string, Probe>> = {
  'GET /livez': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'GET /api/v1/places': open,
  'GET /api/v1/places/names': open,
  'POST /api/v1/search': open,
  'GET /api/v1/search': open,
  'POST /api/v1/plan-b': open,
  'POST /api/v1/hand-offs': open,
  'POST /api/v1/booking-plan': open,
  'GET /api/v1/data': open,
  'GET /api/v1/data/{table}': { kind: 'public', ids: { table: 'metro-fares' } },
  'POST /auth/magic-link': open,
  'GET /auth/session': open,

  'POST /api/v1/clicks': owned(() => ({}), { body: ({ trip: tripId }) => ({ tripId }) }),
  'POST /api/v1/clicks/{clickId}/outcome': owned(({ click: clickId }) => ({ clickId }), { nobody: 404 }),
  'GET /api/v1/trips/{id}': owned(trip),
  'PATCH /api/v1/trips/{id}': owned(trip),
  'DELETE /api/v1/trips/{id}': owned(trip),
  'PUT /api/v1/trips/{id}/route': owned(trip),
  'POST /api/v1/trips/{id}/cancel': owned(trip),
  'POST /api/v1/trips/{id}/uncancel': owned(trip, { after: 'POST /api/v1/trips/{id}/cancel' }),
  'PUT /api/v1/trips/{id}/legs/{legIndex}/booking': owned(leg),
  'DELETE /api/v1/trips/{id}/legs/{legIndex}/booking': owned(leg),
  'POST /api/v1/trips/{id}/legs/booking': owned(trip),
  'POST /api/v1/trips/{id}/legs/{legIndex}/replan': owned(leg),
  'POST /api/v1/trips/{id}/share': owned(trip),
  'GET /api/v1/trips/{id}/share': owned(trip),
  'DELETE /api/v1/trips/{id}/share/{shareId}': owned(({ trip: id, share: shareId }) => ({ id, shareId })),
  'POST /api/v1/trips/{id}/calendar': owned(trip),
  'GET /api/v1/trips/{id}/calendar.ics': owned(trip),
  'GET /api/v1/trips/{id}/print': owned(trip),
  'GET /api/v1/trips/{id}/text': owned(trip),
  'POST /api/v1/archived-trips/{id}/restore': owned(archived),
  'GET /api/v1/saved-routes/{id}': owned(saved),
  'PATCH /api/v1/saved-routes/{id}': owned(saved),
  'DELETE /api/v1/saved-routes/{id}': owned(saved),
  'POST /api/v1/saved-routes/{id}/use': owned(saved),
  'DELETE /api/v1/calendars/{calendarId}': owned(({ calendar: calendarId }) => ({ calendarId })),
  'DELETE /api/v1/me/sessions/{id}': owned(({ session: id }) => ({ id })),

  'GET /api/v1/trips': own,
  'POST /api/v1/trips': own,
  'GET /api/v1/archived-trips': own,
  'GET /api/v1/saved-routes': own,
  'POST /api/v1/saved-routes': own,
  'GET /api/v1/calendars': own,
  // A user may have only a few.
  'POST /api/v1/calendars': { kind: 'own', spends: true },
  'GET /api/v1/me': own,
  'PATCH /api/v1/me': own,
  'GET /api/v1/me/export': own,
  'GET /api/v1/me/reminders': own,
  'GET /api/v1/me/sessions': own,
  'DELETE /api/v1/me/sessions': { kind: 'own', spends: true },
  'DELETE /api/v1/me': { kind: 'own', spends: true },
  'POST /auth/signout': { kind: 'own', spends: true, nobody: 204 },

  'GET /out/{clickId}': { kind: 'bearer', ids: ({ click: clickId }) => ({ clickId }) },
  'GET /api/v1/shared/{token}': { kind: 'bearer', ids: ({ shareToken: token }) => ({ token }) },
  'GET /shared/{token}': { kind: 'bearer', ids: ({ shareToken: token }) => ({ token }) },
  'GET /unsubscribe/{stopToken}': { kind: 'bearer', ids: ({ stopToken }) => ({ stopToken }) },
  'POST /unsubscribe/{stopToken}': { kind: 'bearer', ids: ({ stopToken }) => ({ stopToken }) },
  'GET /calendar/{file}': { kind: 'bearer', ids: ({ calendarFile: file }) => ({ file }) },
};

export const isForAdministrators = (path: string): boolean => path.startsWith('/api/v1/admin/');

/** Routes of a document that nobody has said anything of, and probes of routes that it does not have. */
export function undeclared(keys: readonly string[]): string[] {
  const known = new Set(keys);
  return [
    ...keys.filter((key) => !(key in probes) && !isForAdministrators(key.split(' ')[1]!)),
    ...Object.keys(probes).filter((key) => !known.has(key)),
  ];
}

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Whose things are asked for, as far as a disguise uses more of them than the ids. */
export interface Victim {
  readonly userId: string;
  readonly key: string;
  readonly etag: string;
  readonly things: Things;
}

/** Ways to say the same that a server may take for more than it is. */
export type Disguise = (asked: Asked, victim: Victim) => Asked;

const withHeaders = (asked: Asked, headers: Readonly<Record<string, string>>): Asked => ({
  ...asked,
  headers: { ...asked.headers, ...headers },
});
const withQuery = (asked: Asked, query: string): Asked => ({
  ...asked,
  path: `${asked.path}${asked.path.includes('?') ? '&' : '?'}${query}`,
});
const withCookie = (asked: Asked, cookie: string): Asked =>
  withHeaders(asked, { cookie: [asked.headers['cookie'], cookie].filter(Boolean).join('; ') });

const all: Readonly<Record<string, Disguise>> = {
  none: (asked) => asked,
  'a key of its own': (asked) => withHeaders(asked, { 'idempotency-key': crypto.randomUUID() }),
  'the key of the owner’s write': (asked, { key }) => withHeaders(asked, { 'idempotency-key': key }),
  'whatever is there, not again': (asked) => withHeaders(asked, { 'if-none-match': '*' }),
  'the tag of what the owner sees': (asked, { etag }) => withHeaders(asked, { 'if-none-match': etag }),
  'only while it is there': (asked, { etag }) => withHeaders(asked, { 'if-match': etag, range: 'bytes=0-9' }),
  'the user in the query': (asked, { userId }) =>
    withQuery(asked, `userId=${userId}&user_id=${userId}&owner[]=${userId}`),
  'the user in headers': (asked, { userId, things }) =>
    withHeaders(asked, {
      'x-user-id': userId,
      'x-forwarded-user': userId,
      'x-original-url': `/api/v1/trips/${things.trip}`,
      authorization: `Bearer ${things.session}`,
    }),
  'the user in the body': (asked, { userId }) =>
    asked.body ? { ...asked, body: { ...asked.body, userId, id: userId, admin: true } } : asked,
  'another method in a header': (asked) =>
    withHeaders(asked, { 'x-http-method-override': 'GET', 'x-http-method': 'DELETE' }),
  'the head, or what is allowed': (asked) => {
    const { body: _, ...rest } = asked;
    return { ...rest, method: asked.method === 'GET' ? 'HEAD' : 'OPTIONS' };
  },
  'a second session cookie': (asked, { things }) => withCookie(asked, `rs.session=${things.session}`),
  'an administrator’s word': (asked) =>
    withHeaders(withCookie(asked, 'admin=true; role=admin'), { 'x-admin': '1' }),
  'a slash after': (asked) => ({ ...asked, path: `${asked.path}/` }),
  capitals: (asked) => ({
    ...asked,
    path: asked.path.replaceAll(/c[0-9a-z]{15,}/g, (id) => id.toUpperCase()),
  }),
  'letters written as numbers': (asked) => ({
    ...asked,
    path: asked.path.replaceAll(/c[0-9a-z]{15,}/g, (id) =>
      id
        .split('')
        .map((letter) => `%${letter.charCodeAt(0).toString(16)}`)
        .join(''),
    ),
  }),
  'a space after': (asked) => ({ ...asked, path: `${asked.path}%20` }),
  'a page of another language': (asked) =>
    withHeaders(asked, { accept: 'text/html', 'accept-language': 'hi' }),
};

/** Outside of drills all of them only where a signed-in stranger names a thing of another; elsewhere these. */
const FEW = new Set([
  'none',
  'the key of the owner’s write',
  'the user in the query',
  'the user in headers',
  'a second session cookie',
]);
const every = Object.entries(all);
const few = every.filter(([name]) => FEW.has(name));

export const disguisesFor = (everyOne: boolean): readonly (readonly [name: string, disguise: Disguise])[] =>
  everyOne || drill ? every : few;
