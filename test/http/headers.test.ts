/** Every answer there is, over a socket: the headers that protect the page and what is private. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { StaticFiles } from '../../src/http/staticFiles.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract } from './contract.ts';
import { moved } from './examples.ts';

const PUBLIC_URL = 'https://rs.example.org';
let opened: TestApp;
let folder: string;
let services: HttpServices;
let contract: Contract;
let open: RunningServer;
let https: RunningServer;
let cookies: { open: string; https: string };
const serving = (changes: Partial<HttpServices> = {}): Promise<RunningServer> => {
  const { publicUrl } = changes;
  return listen(createApp({ ...services, ...changes }).fetch, { port: 0, host: '127.0.0.1', publicUrl });
};
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-headers-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(path.join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(folder, 'assets/index-AbCd1234.js'), 'console.log(0)');
  opened = await openTestApp();
  const { limits: _, ...rest } = await withSignIn(opened);
  services = { ...rest, staticFiles: new StaticFiles(folder) };
  open = await serving();
  https = await serving({ publicUrl: PUBLIC_URL });
  const { cookie } = await signIn(opened.db.service, 'headers@test.com');
  cookies = { open: cookie, https: cookie };
  const document = await createApp(services).request('/api/v1/openapi.json');
  contract = new Contract((await document.json()) as ApiDocument);
});
after(async () => {
  await Promise.all([open.close(), https.close()]);
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}
interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
const ask = (server: RunningServer, target: string, { method = 'GET', headers, body }: Asked = {}) =>
  new Promise<Answer>((resolve, reject) => {
    // Without a length a DELETE's body would be read as the next request.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { ...headers, ...length };
    const options = { host: '127.0.0.1', port: server.port, method, path: target, headers: all };
    const sent = send(options, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Words that would let a page run or show what was put into it. */
const LOOSE = /unsafe-|\*|https?:|blob:|\bdata:(?!;|$)/;
const REFERRER = new Set(['no-referrer', 'same-origin']);

/** What is missing or too weak in an answer. */
function faultsOf({ headers }: Answer, secure: boolean): string[] {
  const faults: string[] = [];
  const policy = new Map(
    (headers['content-security-policy'] ?? '')
      .toString()
      .split('; ')
      .map((one) => {
        const [name = '', ...values] = one.split(' ');
        return [name, values.join(' ')];
      }),
  );
  for (const name of ['default-src', 'base-uri', 'frame-ancestors'])
    if (policy.get(name) !== "'none'") faults.push(`${name} ${policy.get(name)}`);
  for (const [name, values] of policy)
    if (LOOSE.test(values.replace("'self' data:", ''))) faults.push(`${name} ${values}`);
  for (const name of ['script-src', 'style-src', 'form-action'])
    if (policy.get(name) !== "'self'") faults.push(`${name} ${policy.get(name)}`);
  if (headers['x-content-type-options'] !== 'nosniff') faults.push('no nosniff');
  if (!REFERRER.has(String(headers['referrer-policy'])))
    faults.push(`referrer ${String(headers['referrer-policy'])}`);
  if (headers['cross-origin-opener-policy'] !== 'same-origin') faults.push('no opener policy');
  if (headers['cross-origin-resource-policy'] !== 'same-origin') faults.push('no resource policy');
  if (!headers['permissions-policy']) faults.push('no permissions policy');
  const age = Number(/^max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1] ?? 0);
  if (secure ? age < 31_536_000 : age > 0) faults.push(`HSTS ${age}`);
  if (!headers['x-request-id']) faults.push('no request id');
  for (const name of ['server', 'x-powered-by']) if (headers[name]) faults.push(name);
  return faults;
}

/** What a cache may keep, of what is asked without a session. Everything else is `no-store`. */
const KEPT: Readonly<Record<string, string>> = {
  'GET /api/v1/places': 'public, max-age=300',
  'GET /api/v1/places/names': 'public, max-age=300',
  'GET /api/v1/data': 'public, max-age=300',
  'GET /api/v1/data/{table}': 'public, max-age=300',
  'GET /api/v1/openapi.json': 'no-cache',
  'GET /api/docs': 'no-cache',
  'GET /api/docs.css': 'no-cache',
  'GET /api/trip-page.css': 'no-cache',
  'GET /auth/style.css': 'no-cache',
  'GET /': 'no-cache',
  'GET /trips/any': 'no-cache',
  'GET /icon.svg': 'no-cache',
  'GET /assets/index-AbCd1234.js': 'public, max-age=31536000, immutable',
};

/** What people see, beside what the document describes. */
const pages = [
  'GET /',
  'GET /trips/any',
  'GET /icon.svg',
  'GET /assets/index-AbCd1234.js',
  'GET /assets/none.js',
  'HEAD /',
  'POST /',
  'GET /api/docs',
  'GET /api/docs.css',
  'GET /api/v1/openapi.json',
  'GET /api/trip-page.css',
  'GET /api/none',
  'GET /api/v1/admin/none',
  'PROPFIND /api/v1/trips',
  'OPTIONS /api/v1/trips',
  'OPTIONS /api/v1/none',
  'GET /auth/signin',
  'POST /auth/signin',
  'GET /auth/sent',
  'GET /auth/confirm',
  'POST /auth/confirm',
  'GET /auth/signed-out',
  'GET /auth/style.css',
  'GET /auth/callback/google',
  'GET /auth/none',
];

const ABSENT = 'c000000000000000000000000';

/** An address of a route, with ids of nothing, and its body as the document shows it. */
function requestOf(key: string): [target: string, asked: Asked] {
  const [method = '', at = ''] = key.split(' ');
  const operation = contract.operations.find((one) => one.method === method && one.path === at)?.operation;
  const query = new URLSearchParams();
  for (const { name, in: where, example } of operation?.parameters ?? [])
    if (where === 'query' && example !== undefined)
      query.set(name, typeof example === 'string' ? example : JSON.stringify(example));
  const filled = at
    .replace('{legIndex}', '0')
    .replace('{table}', 'metro-fares')
    .replaceAll(/\{\w+\}/g, ABSENT);
  const example = operation?.requestBody?.content['application/json']?.example;
  const body = example === undefined ? undefined : JSON.stringify(moved(example));
  const headers = {
    'sec-fetch-site': 'same-origin',
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  return [query.size > 0 ? `${filled}?${query}` : filled, { method, headers, ...(body ? { body } : {}) }];
}

/** Every request of the table: signed in, not signed in, not welcome, not understood. */
const ways: Readonly<Record<string, (asked: Asked, cookie: string) => Asked>> = {
  'by a visitor': (asked) => asked,
  'by a user': (asked, cookie) => ({ ...asked, headers: { ...asked.headers, cookie } }),
  'from another site': (asked) => ({
    ...asked,
    headers: { ...asked.headers, origin: 'https://evil.example' },
  }),
  'that is there already': (asked) => ({ ...asked, headers: { ...asked.headers, 'if-none-match': '*' } }),
  'with a broken body': (asked) =>
    asked.body ? { ...asked, body: '{' } : { ...asked, headers: { ...asked.headers, accept: 'text/html' } },
  'with a body of another kind': (asked) =>
    asked.body ? { ...asked, headers: { ...asked.headers, 'content-type': 'text/xml' } } : asked,
};

test('every answer has every header, and nothing private is kept', { timeout: 120_000 }, async (t) => {
  const keys = [...contract.operations.map(({ method, path: at }) => `${method} ${at}`), ...pages];
  // These end the session that the others need.
  const spending = /^(POST \/auth\/signout|DELETE \/api\/v1\/me|DELETE \/api\/v1\/me\/sessions)$/;
  const faults: string[] = [];
  let asked = 0;
  for (const [server, secure] of [
    [open, false],
    [https, true],
  ] as const)
    for (const key of keys)
      for (const [name, way] of Object.entries(ways)) {
        const signedIn = name === 'by a user';
        if (signedIn && spending.test(key)) continue;
        const cookie = secure ? cookies.https.replace('rs.session', '__Host-rs.session') : cookies.open;
        const [target, request] = requestOf(key);
        const answer = await ask(server, target, way(request, cookie));
        asked++;
        const what = `${key} ${name}, ${secure ? 'https' : 'http'}: ${answer.status}`;
        faults.push(...faultsOf(answer, secure).map((fault) => `${what}: ${fault}`));
        const computed = /^\/(api|auth|out|shared|calendar)\//.test(target);
        const fine = answer.status === 200 || answer.status === 304;
        const kept = fine && !(signedIn && computed) ? KEPT[key.replace('HEAD', 'GET')] : undefined;
        const control = answer.headers['cache-control'];
        if (control !== (kept ?? 'no-store')) faults.push(`${what}: cache-control ${control}`);
      }
  t.diagnostic(`${asked} answers`);
  assert.deepEqual(faults, []);
});

test('redirects, unavailable and failing answers have them too', async () => {
  const { port } = open;
  const click = await ask(open, '/api/v1/clicks', requestOf('POST /api/v1/clicks')[1]);
  assert.equal(click.status, 201);
  const failing = await serving({
    places: () => {
      throw new TypeError('planted');
    },
    search: () => new Promise(() => {}),
    deadlineMs: 30,
    ready: () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })),
  });
  try {
    for (const [target, status] of [
      ['/api/v1/places?q=x', 500],
      ['/api/v1/search?origin=Delhi&destination=Agra', 503],
      ['/readyz', 503],
    ] as const) {
      const answer = await ask(failing, target);
      assert.equal(answer.status, status);
      assert.deepEqual([...faultsOf(answer, false), answer.headers['cache-control']], ['no-store'], target);
    }
  } finally {
    await failing.close();
  }
  const { clickId } = await fetch(`http://127.0.0.1:${port}/api/v1/clicks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestOf('POST /api/v1/clicks')[1].body!,
  }).then((response) => response.json() as Promise<{ clickId: string }>);
  for (const [target, status] of [
    [`/out/${clickId}`, 302],
    ['/auth/signout', 303],
  ] as const) {
    const method = target === '/auth/signout' ? 'POST' : 'GET';
    const answer = await ask(open, target, { method, headers: { accept: 'text/html' } });
    assert.equal(answer.status, status);
    assert.deepEqual([...faultsOf(answer, false), answer.headers['cache-control']], ['no-store'], target);
  }
});

/** What a server sends back to bytes. */
const raw = (server: RunningServer, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

test('what is no request is answered with them too', async () => {
  for (const [bytes, status] of [
    ['hello\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n', 400],
    [
      'POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    [`GET / HTTP/1.1\r\nHost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 413],
    ['GET /livez HTTP/1.1\r\nHost: x\r\nExpect: something\r\nConnection: close\r\n\r\n', 200],
  ] as const) {
    const answer = await raw(https, bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const [line = '', ...lines] = head.split('\r\n');
    assert.match(line, new RegExp(`^HTTP/1.1 ${status} `), `${bytes.slice(0, 60)}: ${answer.slice(0, 200)}`);
    const headers = Object.fromEntries(
      lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]),
    );
    assert.deepEqual(faultsOf({ status, headers }, true), [], bytes.slice(0, 60));
    if (status >= 400) assert.ok(JSON.parse(body.replace(/^[0-9a-f]+\r\n/, '')).code, body);
  }
});

test('planted: an answer that lacks or weakens one of them is seen', async () => {
  const good = await ask(https, '/livez');
  assert.deepEqual(faultsOf(good, true), []);
  const weaker: readonly IncomingHttpHeaders[] = [
    { 'content-security-policy': '' },
    {
      'content-security-policy': String(good.headers['content-security-policy']).replace(
        "script-src 'self'",
        "script-src 'self' 'unsafe-inline'",
      ),
    },
    {
      'content-security-policy': String(good.headers['content-security-policy']).replace(
        "img-src 'self' data:",
        'img-src *',
      ),
    },
    {
      'content-security-policy': String(good.headers['content-security-policy']).replace(
        "; frame-ancestors 'none'",
        '',
      ),
    },
    { 'strict-transport-security': 'max-age=300' },
    { 'strict-transport-security': undefined },
    { 'x-content-type-options': undefined },
    { 'referrer-policy': 'unsafe-url' },
    { 'x-powered-by': 'x' },
  ];
  for (const headers of weaker)
    assert.ok(
      faultsOf({ ...good, headers: { ...good.headers, ...headers } }, true).length > 0,
      JSON.stringify(headers),
    );
  assert.ok(faultsOf(good, false).length > 0, 'HSTS on plain http');
});
