/** Every route of trips, saved routes, sharing and calendar: happy, refused, nobody signed in, somebody else's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { archiveOldTrips } from '../../src/features/maintenance/index.ts';
import { advanceTripStatuses } from '../../src/features/trips/index.ts';
import { createApp } from '../../src/http/app.ts';
import { newId } from '../../src/units/ids.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';
import { bangalore, noida, route, tripInput } from '../support/trips.ts';
import { type ApiDocument, Contract } from './contract.ts';

let opened: TestApp;
let app: ReturnType<typeof createApp>;
let contract: Contract;
let asha: string;
let ravi: string;
before(async () => {
  opened = await openTestApp();
  const { limits: _, ...services } = opened.services;
  app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  asha = (await signIn(opened.db.service, 'asha@example.org')).cookie;
  ravi = (await signIn(opened.db.service, 'ravi@example.org')).cookie;
});
after(() => opened.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- judged by the contract
  readonly body: any;
}
interface Asked {
  readonly cookie?: string | null;
  readonly body?: unknown;
  readonly key?: string;
}

/** Sends a request, and has the reply judged by the document. */
async function ask(method: string, path: string, { cookie = asha, body, key }: Asked = {}): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(cookie === null ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  const reply = {
    method,
    path: path.split('?')[0]!,
    status,
    headers: Object.fromEntries(headers),
    body: text,
  };
  assert.equal(contract.fault(reply), null, `${method} ${path} → ${status} ${text.slice(0, 300)}`);
  const json = /json/.test(headers.get('content-type') ?? '');
  return { status, headers, text, body: json ? JSON.parse(text) : null };
}

const newTrip = async (cookie = asha, changes = {}): Promise<string> =>
  (await ask('POST', '/api/v1/trips', { cookie, body: tripInput({ selectedRoute: route(), ...changes }) }))
    .body.id;
const saved = { name: 'Home', origin: noida, destination: bangalore, route: route() };
const trips = '/api/v1/trips';

test('a trip: saved, listed, read, changed, cancelled and back, deleted', async () => {
  const made = await ask('POST', trips, { body: tripInput({ selectedRoute: route() }) });
  assert.equal(made.status, 201);
  const { id } = made.body;
  assert.equal(made.headers.get('location'), `${trips}/${id}`);
  assert.equal(made.headers.get('cache-control'), 'no-store');
  assert.deepEqual((await ask('GET', `${trips}/${id}`)).body, made.body);
  await newTrip();
  const first = await ask('GET', `${trips}?limit=1&status=PLANNED,CANCELLED`);
  assert.equal(first.body.trips.length, 1);
  const next = await ask('GET', `${trips}?limit=1&cursor=${first.body.nextCursor}`);
  assert.notEqual(next.body.trips[0].id, first.body.trips[0].id);
  assert.equal((await ask('PATCH', `${trips}/${id}`, { body: { passengers: 4 } })).body.passengers, 4);
  assert.equal((await ask('POST', `${trips}/${id}/cancel`)).body.status, 'CANCELLED');
  assert.equal((await ask('POST', `${trips}/${id}/uncancel`)).body.status, 'PLANNED');
  assert.equal((await ask('DELETE', `${trips}/${id}`)).status, 204);
  assert.equal((await ask('GET', `${trips}/${id}`)).status, 404);
});

test('by date the other way, and the archive: listed, read, taken back', async () => {
  const { cookie } = await signIn(opened.db.service, 'nila@example.org');
  const dates = ['2024-03-05', '2024-03-09', '2026-12-15'];
  for (const date of dates) await newTrip(cookie, { date, selectedRoute: route(date) });
  const listed = async (query: string): Promise<string[]> => {
    const { trips: page } = (await ask('GET', `${trips}?${query}`, { cookie })).body;
    return page.map(({ date }: { date: string }) => date);
  };
  assert.deepEqual(await listed('order=soonest'), dates);
  assert.deepEqual(await listed('order=latest'), dates.toReversed());
  assert.equal((await ask('GET', `${trips}?order=best`, { cookie })).status, 400);

  await advanceTripStatuses(opened.db.service, new Date('2024-06-01T00:00:00Z'));
  assert.equal((await archiveOldTrips(opened.db.service, 6)).archived, 2);
  assert.deepEqual(await listed('order=soonest'), dates.slice(2));
  const first = (await ask('GET', '/api/v1/archived-trips?limit=1', { cookie })).body;
  const path = `/api/v1/archived-trips?limit=1&cursor=${first.nextCursor}`;
  const next = (await ask('GET', path, { cookie })).body;
  assert.deepEqual([first.trips[0].date, next.trips[0].date, next.nextCursor], [dates[1], dates[0], null]);
  const { id } = next.trips[0];
  assert.ok((await ask('GET', `${trips}/${id}`, { cookie })).body.archivedAt);
  assert.equal((await ask('POST', `/api/v1/archived-trips/${id}/restore`, { cookie })).status, 204);
  assert.equal((await ask('GET', `${trips}/${id}`, { cookie })).body.archivedAt, null);
  assert.deepEqual(await listed('order=soonest'), [dates[0], dates[2]]);
});

test('bookings, undo and totals; a route that would lose one is refused', async () => {
  const priced = route();
  const price = { lowMinor: 100, likelyMinor: 200, highMinor: 300, currency: 'INR' };
  const legs = priced.legs.map((leg) => (leg.mode === 'walk' ? leg : { ...leg, price }));
  const id = await newTrip(asha, { selectedRoute: { ...priced, legs } });
  const booking = `${trips}/${id}/legs/2/booking`;
  const booked = await ask('PUT', booking, { body: { platform: 'IRCTC', bookingRef: 'PNR1', cost: 250 } });
  assert.equal(booked.body.isBooked, true);
  const { totals } = (await ask('GET', `${trips}/${id}`)).body;
  assert.equal(totals.paidMinor, 250);
  assert.equal(totals.estimate.likelyMinor, 800);
  assert.deepEqual(totals.expected, { lowMinor: 550, likelyMinor: 850, highMinor: 1150 });
  const other = { legs: [{ mode: 'bus' }] };
  assert.equal((await ask('PUT', `${trips}/${id}/route`, { body: other })).status, 409);
  assert.equal((await ask('DELETE', booking)).body.isBooked, false);
  const some = await ask('POST', `${trips}/${id}/legs/booking`, { body: { legIndexes: [1, 4] } });
  assert.equal(some.body.count, 2);
  assert.equal((await ask('POST', `${trips}/${id}/legs/booking`, { body: { legIndexes: [0] } })).status, 404);
  assert.equal((await ask('POST', `${trips}/${id}/legs/booking`, { body: {} })).body.count, 3);
  for (const index of [1, 2, 4]) await ask('DELETE', `${trips}/${id}/legs/${index}/booking`);
  assert.equal((await ask('PUT', `${trips}/${id}/route`, { body: other })).body.legCount, 1);
});

test('a route of a search is kept with its prices, and replanned: what is chosen is taken as it is', async () => {
  const date = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const told = { children: [7], traveller: { profession: 'STUDENT' } };
  const question = { origin: 'Shimla', destination: 'Rishikesh', date, passengers: 2, ...told };
  const { routes, origin, destination } = (await ask('POST', '/api/v1/search', { body: question })).body;
  const [found] = routes;
  const body = { origin, destination, date, passengers: 2, selectedRoute: found };
  const trip = (await ask('POST', trips, { body })).body;
  for (const [index, leg] of trip.selectedRoute.legs.entries()) {
    assert.deepEqual(leg.price, found.legs[index].price);
    assert.ok(leg.fares.every((fare: { classCode: string }) => fare.classCode === leg.price.classCode));
  }
  const at = found.legs.findLastIndex((leg: { run: unknown }) => leg.run !== null);
  const path = `${trips}/${trip.id}/legs/${at}/replan`;
  const [later, earlier] = await Promise.all(
    ['later', 'earlier'].map((direction) => ask('POST', path, { body: { direction, limit: 3 } })),
  );
  const [option] = [...later!.body.options, ...earlier!.body.options];
  assert.ok(option);
  const chosen = await ask('PUT', `${trips}/${trip.id}/route`, { body: option.route });
  assert.deepEqual(chosen.body.selectedRoute, option.route);
  assert.deepEqual(chosen.body.selectedRoute.asked, told, 'and what the search was told');
  assert.ok(option.route.legs.some((leg: { concession: unknown }) => leg.concession));
  const taxi = found.legs.findIndex((leg: { run: unknown }) => leg.run === null);
  const road = await ask('POST', `${trips}/${trip.id}/legs/${taxi}/replan`, { body: { direction: 'later' } });
  assert.equal(road.status, 422);
  const none = await ask('POST', `${trips}/${trip.id}/legs/63/replan`, { body: { direction: 'later' } });
  assert.equal(none.status, 404);
});

test('saved routes: saved, listed, read, renamed, used, deleted', async () => {
  const made = await ask('POST', '/api/v1/saved-routes', { body: saved });
  const path = made.headers.get('location')!;
  assert.deepEqual((await ask('GET', path)).body, made.body);
  assert.equal((await ask('PATCH', path, { body: { name: null } })).body.name, null);
  assert.equal((await ask('POST', `${path}/use`)).body.timesUsed, 1);
  assert.equal((await ask('GET', '/api/v1/saved-routes?limit=5')).body.savedRoutes.length, 1);
  assert.equal((await ask('DELETE', path)).status, 204);
  assert.equal((await ask('GET', path)).status, 404);
});

test('a write is done once for its key; a link is told once', async () => {
  const key = crypto.randomUUID();
  const [first, again] = [
    await ask('POST', trips, { body: tripInput(), key }),
    await ask('POST', trips, { body: tripInput(), key }),
  ];
  assert.equal(first.headers.get('idempotency-replayed'), null);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual([again.status, again.body], [201, first.body]);
  assert.equal((await ask('POST', trips, { body: tripInput({ passengers: 9 }), key })).status, 422);
  assert.equal((await ask('POST', trips, { body: tripInput(), key: 'a b' })).status, 400);
  for (const path of [`${trips}/${first.body.id}/share`, `${trips}/${first.body.id}/calendar`]) {
    const once = crypto.randomUUID();
    const body = path.endsWith('share') ? {} : undefined;
    const made = await ask('POST', path, { key: once, ...(body ? { body } : {}) });
    const replay = await ask('POST', path, { key: once, ...(body ? { body } : {}) });
    assert.deepEqual(replay.body, { ...made.body, url: null });
    const token = /[\w-]{43}/.exec(made.body.url)![0];
    const { rows } = await opened.db.service.query<{ kept: string }>({
      text: `SELECT coalesce(string_agg(k::text, ''), '') || (SELECT coalesce(string_agg(l::text, ''), '') FROM shared_links l) AS kept
             FROM idempotency_keys k`,
    });
    assert.ok(rows[0]!.kept.length > 100 && !rows[0]!.kept.includes(token), 'the token is kept nowhere');
  }
});

test('a shared link: read only, without references, costs, address or name; revoked, over or wrong is the same', async () => {
  const id = await newTrip();
  await ask('PUT', `${trips}/${id}/legs/2/booking`, { body: { bookingRef: 'PNR42', cost: 424_242 } });
  const made = await ask('POST', `${trips}/${id}/share`, { body: {} });
  const { url } = made.body;
  const shown = await ask('GET', `/api/v1${url}`, { cookie: null });
  assert.equal(shown.body.legs.length, 5);
  assert.equal(shown.body.legs[2].booked, true);
  const page = await ask('GET', url, { cookie: null });
  assert.match(page.text, /Noida → Bangalore/);
  for (const { text, headers } of [shown, page]) {
    assert.doesNotMatch(text, /PNR42|424242|asha@|28\.5355/);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.match(headers.get('x-robots-tag')!, /noindex/);
    assert.equal(headers.get('cache-control'), 'no-store');
  }
  assert.doesNotMatch(page.text, /<script|style=/);
  const listed = (await ask('GET', `${trips}/${id}/share`)).body.shares;
  assert.deepEqual([listed.length, 'url' in listed[0]], [1, false]);
  const over = await ask('POST', `${trips}/${id}/share`, { body: { expiresAt: '2199-01-01T00:00:00Z' } });
  await opened.db.service.query({
    text: `UPDATE shared_links SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
    values: [over.body.id],
  });
  assert.equal((await ask('DELETE', `${trips}/${id}/share/${made.body.id}`)).status, 204);
  const gone = await Promise.all(
    [url, over.body.url, `/shared/${'A'.repeat(43)}`, '/shared/x', "/shared/' OR 1=1"].map((path) =>
      ask('GET', `/api/v1${encodeURI(path)}`, { cookie: null }),
    ),
  );
  const same = gone.map(({ status, body }) => JSON.stringify([status, { ...body, requestId: '' }]));
  assert.equal(new Set(same).size, 1);
  assert.equal(gone[0]!.status, 404);
  assert.equal(gone[0]!.headers.get('referrer-policy'), 'no-referrer');
  const past = await ask('POST', `${trips}/${id}/share`, { body: { expiresAt: '2020-01-01T00:00:00Z' } });
  assert.equal(past.status, 422);
});

test('the page behind a link speaks the reader’s language, and says so when it shows nothing', async () => {
  const id = await newTrip();
  await ask('PUT', `${trips}/${id}/legs/2/booking`, { body: {} });
  const { url } = (await ask('POST', `${trips}/${id}/share`, { body: {} })).body;
  const read = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, { headers: { accept: 'text/html,*/*', ...headers } });
    return { answer, text: await answer.text() };
  };
  const english = await read(url);
  assert.match(english.text, /<html lang="en-IN">[^]*1 of 3 legs booked[^]*Tue 15 Dec/);
  assert.match(english.text, new RegExp(`href="${url}\\?lang=hi" lang="hi"`));
  const hindi = await read(`${url}?lang=hi`, { 'accept-language': 'en' });
  assert.match(hindi.text, /<html lang="hi-IN">[^]*3 में से 1 चरण बुक/);
  assert.match(hindi.answer.headers.get('set-cookie')!, /^lang=hi;/);
  const body = hindi.text.slice(hindi.text.indexOf('<main>')).replaceAll(/<[^>]+>/g, ' ');
  assert.doesNotMatch(body.replaceAll(/Noida|Bangalore/g, ''), /[A-Za-z]/);
  for (const { answer, text } of [await read(`/shared/${'A'.repeat(43)}`), await read('/shared/x')]) {
    assert.equal(answer.status, 404);
    assert.match(answer.headers.get('content-type')!, /^text\/html/);
    assert.match(text, /This link shows nothing/);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
  assert.match(
    (await read(`${trips}/${id}/print`, { cookie: `${asha}; lang=hi` })).text,
    /<html lang="hi-IN">/,
  );
});

test('calendars, print and text', async () => {
  const id = await newTrip();
  await ask('PUT', `${trips}/${id}/legs/2/booking`, { body: { bookingRef: 'PNR43' } });
  const one = (await ask('POST', `${trips}/${id}/calendar`)).body;
  const all = (await ask('POST', '/api/v1/calendars')).body;
  for (const { url } of [one, all]) {
    const feed = await ask('GET', url, { cookie: null });
    assert.equal(feed.headers.get('content-type'), 'text/calendar; charset=utf-8');
    assert.match(feed.text, /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
    assert.doesNotMatch(feed.text, /PNR43/);
    assert.equal(feed.headers.get('referrer-policy'), 'no-referrer');
  }
  const { calendars } = (await ask('GET', '/api/v1/calendars')).body;
  const ids = new Set(calendars.map((made: { id: string }) => made.id));
  assert.ok(ids.has(one.id) && ids.has(all.id));
  assert.equal((await ask('DELETE', `/api/v1/calendars/${one.id}`)).status, 204);
  for (const path of [one.url, '/calendar/x.ics', `/calendar/${'A'.repeat(43)}`])
    assert.equal((await ask('GET', path, { cookie: null })).status, 404);
  assert.match((await ask('GET', `${trips}/${id}/calendar.ics`)).text, /PNR43/);
  assert.match((await ask('GET', `${trips}/${id}/print`)).text, /PNR43/);
  assert.match((await ask('GET', `${trips}/${id}/text`)).text, /PNR43/);
  const hostile = await newTrip(asha, { origin: { ...noida, name: '<script>alert(1)</script>' } });
  assert.doesNotMatch((await ask('GET', `${trips}/${hostile}/print`)).text, /<script/);
  assert.equal((await app.request('/api/trip-page.css')).status, 200);
});

test('the calendar of all trips has all of them, page by page, whether they begin at one moment or not', async () => {
  const { cookie, userId } = await signIn(opened.db.service, 'commuter@example.org');
  const { url } = (await ask('POST', '/api/v1/calendars', { cookie })).body;
  await opened.db.service.query({
    text: `INSERT INTO trips (id, user_id, origin, destination, date, "time")
           SELECT 'commute-' || n, $1, $2, $3, current_date + n / 60, CASE WHEN n % 60 < 30 THEN '08:00' END
           FROM generate_series(0, 259) AS n`,
    values: [userId, JSON.stringify(noida), JSON.stringify(bangalore)],
  });
  const feed = await ask('GET', url, { cookie: null });
  const ids = [...feed.text.matchAll(/^UID:commute-(\d+)@/gm)].map(([, id]) => Number(id));
  assert.equal(ids.length, 260);
  assert.equal(new Set(ids).size, 260);
});

/** Method, path by ids, body: everything that is somebody's. */
type OwnRoute = [method: string, path: (ids: Ids) => string, body?: unknown];
interface Ids {
  trip: string;
  saved: string;
  share: string;
  calendar: string;
}
const owned: OwnRoute[] = [
  ['GET', ({ trip }) => `${trips}/${trip}`],
  ['PATCH', ({ trip }) => `${trips}/${trip}`, { passengers: 3 }],
  ['PUT', ({ trip }) => `${trips}/${trip}/route`, route()],
  ['POST', ({ trip }) => `${trips}/${trip}/cancel`],
  ['POST', ({ trip }) => `/api/v1/archived-trips/${trip}/restore`],
  ['POST', ({ trip }) => `${trips}/${trip}/uncancel`],
  ['PUT', ({ trip }) => `${trips}/${trip}/legs/2/booking`, {}],
  ['DELETE', ({ trip }) => `${trips}/${trip}/legs/2/booking`],
  ['POST', ({ trip }) => `${trips}/${trip}/legs/booking`, {}],
  ['POST', ({ trip }) => `${trips}/${trip}/legs/booking`, { legIndexes: [1] }],
  ['POST', ({ trip }) => `${trips}/${trip}/legs/2/replan`, { direction: 'later' }],
  ['POST', ({ trip }) => `${trips}/${trip}/share`, {}],
  ['GET', ({ trip }) => `${trips}/${trip}/share`],
  ['DELETE', ({ trip, share }) => `${trips}/${trip}/share/${share}`],
  ['POST', ({ trip }) => `${trips}/${trip}/calendar`],
  ['GET', ({ trip }) => `${trips}/${trip}/calendar.ics`],
  ['GET', ({ trip }) => `${trips}/${trip}/print`],
  ['GET', ({ trip }) => `${trips}/${trip}/text`],
  ['DELETE', ({ trip }) => `${trips}/${trip}`],
  ['GET', ({ saved }) => `/api/v1/saved-routes/${saved}`],
  ['PATCH', ({ saved }) => `/api/v1/saved-routes/${saved}`, { name: 'Mine' }],
  ['POST', ({ saved }) => `/api/v1/saved-routes/${saved}/use`],
  ['DELETE', ({ saved }) => `/api/v1/saved-routes/${saved}`],
  ['DELETE', ({ calendar }) => `/api/v1/calendars/${calendar}`],
];
const lists: OwnRoute[] = [
  ['GET', () => trips],
  ['POST', () => trips, tripInput()],
  ['GET', () => '/api/v1/archived-trips'],
  ['GET', () => '/api/v1/saved-routes'],
  ['POST', () => '/api/v1/saved-routes', saved],
  ['GET', () => '/api/v1/calendars'],
  ['POST', () => '/api/v1/calendars'],
];

test('nobody signed in: 401 everywhere; somebody else’s is answered as what is not there; no id is an id', async () => {
  const trip = await newTrip();
  const foreign: Ids = {
    trip,
    saved: (await ask('POST', '/api/v1/saved-routes', { body: saved })).body.id,
    share: (await ask('POST', `${trips}/${trip}/share`, { body: {} })).body.id,
    calendar: (await ask('POST', '/api/v1/calendars')).body.id,
  };
  const absent: Ids = { trip: newId(), saved: newId(), share: newId(), calendar: newId() };
  const whole = async () => (await ask('GET', `${trips}/${trip}`)).text;
  const untouched = await whole();
  for (const [method, path, body] of [...owned, ...lists]) {
    const asked = body === undefined ? {} : { body };
    assert.equal((await ask(method, path(foreign), { cookie: null, ...asked })).status, 401, path(foreign));
  }
  for (const [method, path, body] of owned) {
    const asked = { cookie: ravi, ...(body === undefined ? {} : { body }) };
    const [other, none] = [await ask(method, path(foreign), asked), await ask(method, path(absent), asked)];
    assert.equal(other.status, 404, `${method} ${path(foreign)}`);
    assert.deepEqual({ ...other.body, requestId: '' }, { ...none.body, requestId: '' });
    const names = ({ headers }: Answer) =>
      [...headers].filter(([name]) => name !== 'x-request-id').map(([name, value]) => `${name}: ${value}`);
    assert.deepEqual(names(other), names(none));
    for (const id of ["'--", '..', '{"$ne":null}', '%F0%9F', 'x'.repeat(500)]) {
      const hostile: Ids = { trip: id, saved: id, share: id, calendar: id };
      const { status } = await ask(method, path(hostile).split('/').map(encodeURIComponent).join('/'), asked);
      assert.ok(status === 400 || status === 404 || status === 405, `${method} ${id}: ${status}`);
    }
  }
  assert.equal(await whole(), untouched);
  for (const query of ['limit=0', 'limit=x', 'limit=1&limit=2', 'cursor=x', 'status=', 'status=LOST'])
    assert.equal((await ask('GET', `${trips}?${query}`)).status, 400, query);
});
