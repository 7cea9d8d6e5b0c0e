/** The HTTP application in process, on a real database and the real sample network. */
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { openTestApp, type TestApp } from '../../test/support/httpApp.ts';
import { AppError, errorKinds } from '../errors.ts';
import { planBResponseSchema, searchResponseSchema } from '../features/journeys/contract.ts';
import { loadActiveNetwork } from '../features/networks/index.ts';
import { placesResponseSchema } from '../features/places/contract.ts';
import type { Application } from '../main.ts';
import { createApp, type HttpServices } from './app.ts';
import { type Problem, problemSchema } from './problem.ts';
import { StaticFiles } from './staticFiles.ts';

let opened: TestApp;
let db: TestApp['db'];
let application: Application;
let services: HttpServices;
let app: OpenAPIHono;
let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-page-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(path.join(folder, 'assets/index-AbCd1234.js'), `console.log(${'"x",'.repeat(2000)}0)`);
  opened = await openTestApp();
  ({ db, application } = opened);
  services = { ...opened.services, version: '1.2.3', staticFiles: new StaticFiles(folder) };
  app = createApp(services);
});
after(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const tomorrow = new Date(Date.now() + 86_400_000 * 10).toISOString().slice(0, 10);
const post = (body: unknown, type = 'application/json'): Promise<Response> =>
  Promise.resolve(
    app.request('/api/v1/search', {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

async function problem(response: Response, status: number, code: string): Promise<Problem> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const body = problemSchema.parse(await response.json());
  assert.equal(body.code, code);
  assert.equal(body.status, status);
  assert.equal(body.requestId, response.headers.get('x-request-id'));
  return body;
}

test('a search is answered by the contract and written down under its id', async () => {
  const response = await post({
    origin: 'Noida',
    destination: 'Bangalore',
    date: tomorrow,
    preference: 'fastest',
  });
  assert.equal(response.status, 200);
  const answer = searchResponseSchema.parse(await response.json());
  assert.ok(answer.routes.length >= 5);
  assert.equal(answer.routes[0]?.id, answer.picks.FASTEST);
  await application.flush();
  const { rows } = await db.service.query<{
    routes_found: number;
    preference: string;
    origin: { name: string };
  }>({
    text: 'SELECT routes_found, preference, origin FROM search_queries WHERE id = $1',
    values: [answer.searchId],
  });
  assert.equal(rows.length, 1);
  assert.deepEqual(
    [rows[0]!.routes_found, rows[0]!.preference, rows[0]!.origin.name],
    [answer.routes.length, 'FASTEST', 'Noida'],
  );
});

test('plan B: the way out of a change that breaks, as the search offered it; it is no search of its own', async () => {
  const found = await post({ origin: 'Shimla', destination: 'Rishikesh', date: tomorrow });
  const { routes, destination } = searchResponseSchema.parse(await found.json());
  const route = routes.find(({ risk }) => risk!.changes.length > 0)!;
  await application.flush();
  const count = async () => {
    const { rows } = await db.service.query<{ n: string }>({
      text: 'SELECT count(*) AS n FROM search_queries',
    });
    return rows[0]!.n;
  };
  const before = await count();
  const ask = (toLeg: number): Promise<Response> =>
    Promise.resolve(
      app.request('/api/v1/plan-b', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ route, toLeg, destination }),
      }),
    );
  const response = await ask(route.risk!.changes[0]!.toLeg);
  assert.equal(response.status, 200);
  const answer = planBResponseSchema.parse(await response.json());
  assert.deepEqual(answer.change, route.risk!.changes[0]);
  assert.ok(answer.route && Date.parse(answer.route.arrival) > Date.parse(route.departure));
  await application.flush();
  assert.equal(await count(), before);
  await problem(await ask(0), 422, 'UNPROCESSABLE');
  // A route from outside may have any text where an answer of ours has a zone and instants.
  const [first, ...rest] = route.legs;
  const strange = (changes: object): object => ({ ...route, legs: [{ ...first!, ...changes }, ...rest] });
  for (const [wrong, field] of [
    [strange({ from: { ...first!.from, zone: 'Pune' } }), 'route.legs.0.from.zone'],
    [strange({ departure: 'soon' }), 'route.legs.0.departure'],
    [strange({ arrival: '2027-02-31T25:00+05:30' }), 'route.legs.0.arrival'],
    [{ ...route, arrival: '+275760-09-13T00:00Z' }, 'route.arrival'],
  ] as const) {
    const refused = await app.request('/api/v1/plan-b', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ route: wrong, toLeg: 1 }),
    });
    const { fields } = (await refused.json()) as { fields?: { path: string }[] };
    assert.deepEqual([refused.status, fields?.map(({ path }) => path)], [400, [field]]);
  }
});

test('the same search as a link gives the same routes', async () => {
  const link = `/api/v1/search?origin=Delhi&destination=Udaipur&date=${tomorrow}&stop=Jaipur:240&modes=train,bus&passengers=2&arriveBy=false`;
  const linked = searchResponseSchema.parse(await (await app.request(link)).json());
  const posted = searchResponseSchema.parse(
    await (
      await post({
        origin: 'Delhi',
        destination: 'Udaipur',
        date: tomorrow,
        stops: [{ place: 'Jaipur', dwellMinutes: 240 }],
        modes: ['train', 'bus'],
        passengers: 2,
      })
    ).json(),
  );
  assert.ok(linked.routes.length > 0);
  assert.deepEqual(linked.routes, posted.routes);
});

test('places are suggested', async () => {
  const response = await app.request('/api/v1/places?q=bombay');
  const { places } = placesResponseSchema.parse(await response.json());
  assert.equal(places[0]?.id, 'city:mumbai');
  const chosen = places[1]!;
  const { id, name, lat, lng } = chosen;
  const answer = await post({ origin: { id, name, lat, lng }, destination: 'Pune', date: tomorrow });
  assert.equal(answer.status, 200);
});

test('bad requests name the field and never a stack', async () => {
  const missing = await problem(await post({ origin: 'Noida' }), 400, 'INVALID_REQUEST');
  assert.deepEqual(
    missing.fields?.map((field) => field.path),
    ['destination'],
  );
  await problem(await post('{"origin":'), 400, 'INVALID_REQUEST');
  await problem(await post({ origin: 'Noida', destination: 'Delhi', unknown: 1 }), 400, 'INVALID_REQUEST');
  await problem(await post({ origin: 'Noida', destination: 'Delhi', passengers: 0 }), 400, 'INVALID_REQUEST');
  await problem(await app.request('/api/v1/places?q='), 400, 'INVALID_REQUEST');
  await problem(await app.request('/api/v1/search?origin=Noida'), 400, 'INVALID_REQUEST');
  await problem(
    await app.request('/api/v1/search?origin=Noida&destination=Delhi&modes=rocket'),
    400,
    'INVALID_REQUEST',
  );
  await problem(await post('x', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE');
});

test('an unknown place is a problem with suggestions', async () => {
  const { facts } = await problem(
    await post({ origin: 'Noida', destination: 'Bengxyzru', date: tomorrow }),
    422,
    'PLACE_NOT_FOUND',
  );
  assert.equal(facts?.['field'], 'destination');
  assert.ok(Array.isArray(facts?.['suggestions']) && facts['suggestions'].length > 0);
});

test('a body above 64 KiB is refused, also without a length', async () => {
  const large = JSON.stringify({ origin: 'x'.repeat(70_000) });
  await problem(await post(large), 413, 'PAYLOAD_TOO_LARGE');
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(large));
      controller.close();
    },
  });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  };
  const chunked = new Request('http://localhost/api/v1/search', init);
  await problem(await app.request(chunked), 413, 'PAYLOAD_TOO_LARGE');
});

test('every code of the table is answered with its status, and reported failures show nothing of themselves', async () => {
  for (const [code, { status, report }] of Object.entries(errorKinds)) {
    const failing = createApp({
      ...services,
      search: () =>
        Promise.reject(
          new AppError(code as keyof typeof errorKinds, 'secret detail', { facts: { secret: 1 } }),
        ),
    });
    const response = await failing.request(`/api/v1/search?origin=a&destination=b`);
    const body = await problem(response, status, code);
    // These say to the one who asks what to do, or what the server lacks.
    const tells = ['INTERNAL', 'NO_ACTIVE_NETWORK', 'TIMED_OUT', 'UNAVAILABLE'].includes(code);
    if (report && !tells) assert.doesNotMatch(JSON.stringify(body), /secret/);
  }
});

test('an unforeseen failure is a 500 without its text, and is logged with it', async () => {
  opened.logged.length = 0;
  const failing = createApp({ ...services, search: () => Promise.reject(new TypeError('password=hunter2')) });
  const response = await failing.request('/api/v1/search?origin=a&destination=b');
  const body = await problem(response, 500, 'INTERNAL');
  assert.doesNotMatch(JSON.stringify(body), /hunter2|TypeError|at /);
  assert.deepEqual(
    opened.logged.map(({ code, err }) => [code, String(err)]),
    [['INTERNAL', 'TypeError: password=hunter2']],
  );
});

test('health: alive always, ready only with the database', async () => {
  assert.equal((await app.request('/livez')).status, 200);
  assert.equal((await app.request('/readyz')).status, 200);
  const failing = createApp({ ...services, ready: () => Promise.reject(new Error('connection refused')) });
  assert.equal((await failing.request('/livez')).status, 200);
  await problem(await failing.request('/readyz'), 503, 'DATABASE');
});

test('every answer has the security headers, problems and the page too', async () => {
  for (const url of ['/', '/api/v1/places?q=delhi', '/api/v1/places?q=', '/api/none', '/none.js', '/livez']) {
    const { headers } = await app.request(url);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
      url,
    );
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe|https?:/, url);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', url);
    assert.equal(headers.get('strict-transport-security'), null, url);
    assert.ok(headers.get('x-request-id'), url);
  }
  const secure = createApp({ ...services, publicUrl: 'https://example.org' });
  assert.match((await secure.request('/livez')).headers.get('strict-transport-security') ?? '', /max-age/);
});

test('the page: routes of its own get index.html, hashed assets are kept for ever, missing ones are 404', async () => {
  const page = await app.request('/some/page?x=1');
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<title>page/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  const asset = await app.request('/assets/index-AbCd1234.js', {
    headers: { 'accept-encoding': 'gzip, br' },
  });
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
  assert.equal(asset.headers.get('content-encoding'), 'br');
  assert.ok((await asset.arrayBuffer()).byteLength < 1000, 'it is compressed');
  const plain = await app.request('/assets/index-AbCd1234.js');
  assert.equal(plain.headers.get('content-encoding'), null);
  const etag = plain.headers.get('etag')!;
  assert.equal(
    (await app.request('/assets/index-AbCd1234.js', { headers: { 'if-none-match': etag } })).status,
    304,
  );
  await problem(await app.request('/assets/index-00000000.js'), 404, 'NOT_FOUND');
  await problem(await app.request('/../../package.json'), 404, 'NOT_FOUND');
  await problem(await app.request('/%2e%2e%2f%2e%2e%2fpackage.json'), 404, 'NOT_FOUND');
  await problem(await app.request('/api/none'), 404, 'NOT_FOUND');
});

test('without a built page the API still works and says how to build it', async () => {
  const bare = createApp({ ...services, staticFiles: new StaticFiles(path.join(folder, 'none')) });
  const { detail } = await problem(await bare.request('/'), 404, 'NOT_FOUND');
  assert.match(detail, /npm run build:web/);
  assert.equal((await bare.request('/livez')).status, 200);
});

test('the description names every route, and the documentation page shows them without script', async () => {
  const document = (await (await app.request('/api/v1/openapi.json')).json()) as {
    info: { version: string };
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  };
  assert.equal(document.info.version, '1.2.3');
  const page = await (await app.request('/api/docs')).text();
  assert.match(page, /POST \/api\/v1\/search/);
  assert.doesNotMatch(page, /<script|style=|https?:\/\/(?!spec)/);
  assert.equal((await app.request('/api/docs.css')).headers.get('content-type'), 'text/css; charset=utf-8');
});

test('the data page names the feeds of the network in use, also after a change', async () => {
  const feeds = async (): Promise<string[]> => {
    const about = (await (await app.request('/api/v1/data')).json()) as { feeds: { publisher: string }[] };
    return about.feeds.map(({ publisher }) => publisher);
  };
  assert.deepEqual(await feeds(), ['RouteStitch']);
  const network = await loadActiveNetwork(application.service);
  const [sample] = network.feeds;
  application.use({ ...network, feeds: [{ ...sample!, publisher: 'Another' }] });
  assert.deepEqual(await feeds(), ['Another']);
  application.use(network);
});

test('hand-off: platforms of a leg, a click, a redirect to the platform and nowhere else', async () => {
  const answer = searchResponseSchema.parse(
    await (await post({ origin: 'Delhi', destination: 'Jaipur', date: tomorrow, modes: ['train'] })).json(),
  );
  const route = answer.routes[0]!;
  const legIndex = route.legs.findIndex(({ mode }) => mode === 'train');
  const send = (path_: string, body: unknown) =>
    app.request(path_, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { mode, from, to, departure, arrival, line, run } = route.legs[legIndex]!;
  const offered = await send('/api/v1/hand-offs', { leg: { mode, from, to, departure, arrival, line, run } });
  assert.equal(offered.status, 200);
  const { handOffs } = (await offered.json()) as { handOffs: { platform: string; url: string }[] };
  assert.deepEqual(
    handOffs.map(({ platform }) => platform),
    ['irctc', 'confirmtkt', 'ixigo-trains', 'paytm-trains'],
  );
  const clicked = await send('/api/v1/clicks', { route, legIndex, platform: 'confirmtkt' });
  assert.equal(clicked.status, 201);
  const { clickId, url } = (await clicked.json()) as { clickId: string; url: string };
  assert.equal(url, `/out/${clickId}`);
  const out = await app.request(url);
  assert.equal(out.status, 302);
  assert.equal(out.headers.get('location'), handOffs[1]?.url);
  assert.equal(out.headers.get('cache-control'), 'no-store');

  await problem(await send('/api/v1/clicks', { route, legIndex, platform: 'redbus' }), 422, 'UNPROCESSABLE');
  await problem(
    await send('/api/v1/clicks', { route, legIndex: 60, platform: 'redbus' }),
    422,
    'UNPROCESSABLE',
  );
  await problem(await app.request('/out/none'), 404, 'NOT_FOUND');
  // An address that got into the database some other way leads nowhere.
  await application.service.query({
    text: `UPDATE booking_clicks SET affiliate_url = 'https://evil.example/' WHERE id = $1`,
    values: [clickId],
  });
  await problem(await app.request(url), 404, 'NOT_FOUND');
});

test('booking plan: what opens when, and what is lost now', async () => {
  const at = (days: number, clock: string) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${clock}+05:30`;
  const place = { name: 'X', code: 'NDLS', city: null, stopId: null, lat: 28, lng: 77, zone: 'Asia/Kolkata' };
  const leg = {
    mode: 'train',
    from: place,
    to: place,
    departure: at(90, '20:00'),
    arrival: at(91, '08:00'),
    line: null,
    run: null,
  };
  const response = await app.request('/api/v1/booking-plan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      legs: [
        { legIndex: 0, leg },
        { legIndex: 1, leg, fareClass: 'SL', paidMinor: 100_000 },
      ],
    }),
  });
  assert.equal(response.status, 200);
  const body = (await response.json()) as {
    openings: { open: boolean; opensAt: string }[];
    lostMinor: number;
  };
  assert.equal(body.openings.length, 1);
  assert.equal(body.openings[0]?.opensAt, at(30, '08:00'));
  assert.equal(body.lostMinor, 12_000);
});
