/** The description of the API: valid for a stranger, complete, and every example in it runs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { errorKinds } from '../../src/errors.ts';
import { unsubscribeToken } from '../../src/features/accounts/index.ts';
import { archiveOldTrips } from '../../src/features/maintenance/index.ts';
import { advanceTripStatuses, createTrip } from '../../src/features/trips/index.ts';
import { createApp } from '../../src/http/app.ts';
import { AUTH_SECRET, openTestApp, type TestApp } from '../support/httpApp.ts';
import { copyActiveNetwork } from '../support/networkCopies.ts';
import { signIn } from '../support/signIn.ts';
import { tripInput } from '../support/trips.ts';
import { type ApiDocument, Contract, type Described } from './contract.ts';
import { moved } from './examples.ts';

type Specification = Parameters<Validator['validate']>[0];

let opened: TestApp;
let app: OpenAPIHono;
let document: ApiDocument;
let contract: Contract;
before(async () => {
  opened = await openTestApp({ ADMIN_EMAILS: 'examples@test.com' });
  await copyActiveNetwork(opened.db.service, 'Copy');
  const { limits: _, ...services } = opened.services;
  app = createApp(services);
  document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument;
  contract = new Contract(document);
});
after(() => opened.close());

test('a third party’s validator accepts the document, and refuses a broken one', async () => {
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as unknown as Specification,
  );
  assert.ok(valid, JSON.stringify(errors, null, 1));
  const broken = structuredClone(document) as { paths: Record<string, { get?: { responses: unknown } }> };
  broken.paths['/livez']!.get!.responses = [];
  assert.equal((await new Validator().validate(broken as unknown as Specification)).valid, false);
});

test('every route is described, and nothing else', () => {
  const described = new Set(contract.operations.map(({ method, path }) => `${method} ${path}`));
  // Pages of this server: what people see, not what programs call.
  const pages = /^\/(\*?$|api\/docs|api\/v1\/openapi\.json$|auth\/|search$|.*\.css$)/;
  const routes = new Set(
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && !pages.test(path))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`),
  );
  for (const route of routes) assert.ok(described.has(route), `${route} is not described`);
  assert.ok(described.size >= routes.size);
});

test('operations have names of their own, and only those of a user ask for a session', async () => {
  const names = contract.operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(names).size, names.length, names.toSorted().join(' '));
  for (const { method, path, operation } of contract.operations) {
    const response = await app.request(path.replaceAll(/\{(\w+)\}/g, filled), { method });
    if (operation.security?.length) assert.equal(response.status, 401, `${method} ${path}`);
    else assert.notEqual(response.status, 401, `${method} ${path}`);
  }
});

test('no named shape may be null, and none is put together of shapes that exclude each other', () => {
  for (const [name, { type }] of Object.entries(document.components.schemas))
    assert.ok(![type].flat().includes('null'), name);
  assert.doesNotMatch(JSON.stringify(document), /"allOf"/);
});

test('every code is explained to people, and named where it is answered', async () => {
  const page = await (await app.request('/api/docs')).text();
  const answers = JSON.stringify(document.components.responses);
  for (const [code, { status }] of Object.entries(errorKinds)) {
    assert.match(page, new RegExp(`<tr><td><code>${code}</code></td><td>${status}</td><td>.+</td>`), code);
    // Answered to a method that no operation has, so at none of them.
    if (status !== 405) assert.match(answers, new RegExp(`\`${code}\``), code);
  }
  assert.doesNotMatch(page, /<script|style=|undefined/);
});

/** A value that fits where nothing is known: an id of nothing. */
const filled = (_: string, name: string): string => (name === 'legIndex' ? '0' : 'c000000000000000000000000');

/** Deletes come last, and a trip is cancelled before that is taken back. */
function order({ method, path }: Described): number {
  if (method === 'DELETE' && path.endsWith('/me')) return 10; // and everything with the user
  // What belongs to a trip goes with it, and one session with all others.
  if (method === 'DELETE') return /\/trips\/\{id\}$|\/sessions$/.test(path) ? 9 : 8;
  if (path.includes('/admin/') && method === 'POST') return path.endsWith('rollback') ? 3 : 2;
  if (path.endsWith('uncancel')) return 7;
  if (path.endsWith('cancel')) return 6;
  return method === 'POST' && !path.includes('{') ? 0 : 1;
}

/** A trip of long ago, which the jobs have archived. */
async function archivedTrip(userId: string): Promise<string> {
  const { app: database, service } = opened.db;
  const { id } = await createTrip({ userId, database }, tripInput({ date: '2024-03-05' }));
  await advanceTripStatuses(service, new Date('2024-06-01T00:00:00Z'));
  assert.equal((await archiveOldTrips(service, 6)).archived, 1);
  return id;
}

test(
  'every operation is asked by its examples, and answers as it is described',
  { timeout: 120_000 },
  async (t) => {
    const { cookie, userId } = await signIn(opened.db.service, 'examples@test.com');
    await signIn(opened.db.service, 'examples@test.com');
    /** Ids by the path that gives them. */
    const known = new Map<string, string>([
      ['table', 'metro-fares'],
      ['/archived-trips', await archivedTrip(userId)],
      ['stopToken', unsubscribeToken(userId, AUTH_SECRET)],
    ]);
    const remember = (path: string, body: unknown): void => {
      const told = body as Record<string, string> & {
        sessions?: { id: string; current: boolean }[];
        networks?: { id: string; isActive: boolean }[];
      };
      const stored = told.networks?.find(({ isActive }) => !isActive)?.id;
      if (stored) known.set('/admin/networks', stored);
      const at = path.replace('/api/v1', '');
      if (path.endsWith('/calendar')) known.set('calendarId', told['id']!);
      if (path.endsWith('/calendar')) known.set('file', told['url']!.split('/').at(-1)!);
      if (path.endsWith('/share') && told['url']) {
        known.set('shareId', told['id'] ?? '');
        known.set('token', told['url'].split('/').at(-1)!);
      }
      if (told['clickId']) known.set('clickId', told['clickId']);
      if (told.sessions) known.set('/me/sessions', told.sessions.find(({ current }) => !current)!.id);
      if (['/trips', '/saved-routes'].includes(at) && told['id']) known.set(at, told['id']);
    };
    const idOf = (path: string, name: string): string =>
      known.get(name) ??
      known.get(path.replace('/api/v1', '').split('/{')[0]!) ??
      assert.fail(`${path}: no ${name}`);
    const skipped = new Set(['POST /auth/magic-link']);
    let asked = 0;
    for (const described of contract.operations.toSorted((a, b) => order(a) - order(b))) {
      const { method, path, operation } = described;
      if (skipped.has(`${method} ${path}`)) continue;
      const content = operation.requestBody?.content['application/json'];
      assert.ok(!content || content.example !== undefined, `${method} ${path} has no example`);
      // A rollback says which timetable is active: the one that was activated before it.
      const example = path.endsWith('/rollback')
        ? { from: known.get('/admin/networks') }
        : moved(content?.example ?? null);
      const query = new URLSearchParams();
      for (const { name, in: where, example, required } of operation.parameters ?? []) {
        if (where === 'query' && example !== undefined)
          query.set(name, JSON.stringify(example).replaceAll('"', ''));
        assert.ok(where !== 'query' || !required || example !== undefined, `${method} ${path}: ${name}`);
      }
      const byName = new Map(operation.parameters?.map(({ name, example }) => [name, example]));
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        byName.get(name) === undefined ? idOf(path, name) : String(byName.get(name)),
      );
      const response = await app.request(query.size > 0 ? `${address}?${query}` : address, {
        method,
        headers: {
          cookie,
          origin: 'http://localhost',
          ...(content ? { 'content-type': 'application/json' } : {}),
        },
        ...(content ? { body: JSON.stringify(example) } : {}),
      });
      const body = await response.text();
      assert.ok(response.status < 400, `${method} ${address} ${response.status} ${body.slice(0, 600)}`);
      const headers = Object.fromEntries(response.headers);
      assert.equal(
        contract.fault({ method, path: address, status: response.status, headers, body }),
        null,
        `${method} ${address}`,
      );
      if (headers['content-type']?.startsWith('application/json')) remember(path, JSON.parse(body));
      asked += 1;
    }
    t.diagnostic(`${asked} operations`);
  },
);
