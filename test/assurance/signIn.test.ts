/**
 * F10 beyond `src/http/session`: pages of other sites change nothing by any route of the document, reading changes
 * nothing at all, and the time of an answer does not tell whether an address has an account.
 */
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import { type ApiDocument, Contract } from '../http/contract.ts';
import { sayingsOf } from '../support/crossSite.ts';
import { signInApp } from '../support/signInApp.ts';
import { separation } from './auc.ts';
import { type Asked, isForAdministrators, type Probe, probes } from './idorProbes.ts';
import { requestFor, withThings } from './idorDrill.ts';
import { type Person, World } from './idorWorld.ts';
import { drill } from './sizes.ts';
import { stateOf } from './userState.ts';

const OWN = 'https://rs.example.org';
const PAIRS = 2000;
const MOST_AUC = 0.55;

let opened: TestApp;
let owner: pg.Client;
let services: HttpServices;
let contract: Contract;
let world: World;
let person: Person;
before(async () => {
  opened = await openTestApp();
  owner = new pg.Client({ connectionString: opened.db.ownerUrl });
  await owner.connect();
  const { limits: _, ...rest } = await withSignIn(opened);
  services = rest;
  const app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  world = new World(app, opened.db.service, contract.document);
  person = await world.person('asha');
});
after(async () => {
  await owner.end();
  await opened.close();
});

/** When a session was last seen is noted at whatever it asks, and that there was a search, by who agreed. */
const state = (): Promise<string> =>
  stateOf(owner, [person.userId], { sessions: ['last_seen_at', 'expires'], search_queries: ['*'] });

/** A request of a route that works for the person, without what a browser says of its origin. */
function working(key: string): Asked {
  const { operation } = contract.operations.find(({ method, path }) => `${method} ${path}` === key)!;
  const probe = probes[key] as Probe;
  const asked = requestFor(key, operation);
  const { 'sec-fetch-site': _, ...headers } = { 'sec-fetch-site': '', ...asked.headers };
  const given = probe.kind === 'public' ? (probe.ids ?? {}) : {};
  const ids = probe.kind === 'owned' || probe.kind === 'bearer' ? probe : { ids: () => given };
  return { ...withThings(asked, ids, person.things), headers };
}

const send = (app: ReturnType<typeof createApp>, { method, path, headers, body }: Asked, more: object) =>
  app.request(`${OWN}${path}`, {
    method,
    headers: { ...headers, ...more, cookie: person.cookie },
    ...(body && method !== 'GET' ? { body: JSON.stringify(body) } : {}),
  });

const keysOf = (wanted: (method: string) => boolean): string[] =>
  contract.operations
    .filter(({ method, path }) => wanted(method) && !isForAdministrators(path))
    .map(({ method, path }) => `${method} ${path}`);

test('a page of another site changes nothing, by whichever route and however its browser says so', async (t) => {
  const app = createApp({ ...services, publicUrl: OWN });
  const before = await state();
  const sayings = sayingsOf(OWN);
  let asked = 0;
  for (const key of keysOf((method) => method !== 'GET')) {
    const request = working(key);
    for (const saying of sayings) {
      const answer = await send(app, request, saying);
      asked++;
      assert.equal(answer.status, 403, `${key} ${JSON.stringify(saying)}`);
      assert.deepEqual(answer.headers.getSetCookie(), []);
    }
    assert.equal(await state(), before, key);
  }
  t.diagnostic(`${asked} requests`);
  assert.ok(asked >= 40 * 20);
  // The same request from our own page does what it says.
  const change = { ...working('PATCH /api/v1/trips/{id}'), body: { passengers: 5 } };
  assert.equal((await send(app, change, { origin: OWN })).status, 200);
  assert.notEqual(await state(), before);
});

test('reading changes nothing, whoever leads there', async () => {
  const app = createApp({ ...services, publicUrl: OWN });
  const before = await state();
  for (const key of keysOf((method) => method === 'GET'))
    for (const method of ['GET', 'HEAD'])
      for (const saying of [{ 'sec-fetch-site': 'cross-site' }, { 'x-http-method-override': 'DELETE' }]) {
        const answer = await send(app, { ...working(key), method }, saying);
        // Metrics are there only for whom the operator lets.
        assert.ok(answer.status < 400 || key === 'GET /metrics', `${key}: ${answer.status}`);
        assert.equal(await state(), before, key);
      }
});

test('planted: a route that no one guards, and a read that writes, are seen', async () => {
  const app = createApp({ ...services, publicUrl: OWN, corsOrigins: ['https://evil.example'] });
  const before = await state();
  const request = { ...working('PATCH /api/v1/trips/{id}'), body: { passengers: 6 } };
  assert.equal((await send(app, request, { origin: 'https://evil.example' })).status, 200);
  assert.notEqual(await state(), before);
});

test(
  'F10 known and unknown addresses take the same time',
  { skip: !drill, timeout: 3_600_000 },
  async (t) => {
    const app = signInApp(opened.db);
    await owner.query(
      `INSERT INTO users (id, email, email_verified)
     SELECT 'known' || n, 'known' || n || '@example.org', now() FROM generate_series(1, $1::int) AS n`,
      [PAIRS],
    );
    const [known, unknown]: [number[], number[]] = [[], []];
    const once = async (email: string, into: number[]): Promise<void> => {
      const start = performance.now();
      const answer = await app.submit('/auth/signin', { email });
      await answer.text();
      into.push(performance.now() - start);
      assert.equal(answer.status, 303);
    };
    for (let pair = 1; pair <= PAIRS; pair++) {
      const turns = [
        () => once(`known${pair}@example.org`, known),
        () => once(`other${pair}@example.org`, unknown),
      ];
      for (const turn of Math.random() < 0.5 ? turns : turns.toReversed()) await turn();
    }
    const found = separation(known.slice(200), unknown.slice(200));
    t.diagnostic(`AUC ${found.toFixed(3)}`);
    assert.ok(found <= MOST_AUC, String(found));
  },
);
