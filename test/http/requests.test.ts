/** What the HTTP side does with every request, whichever route it is for. */
import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { loggedError } from '../../src/http/loggedError.ts';
import { problemSchema } from '../../src/http/problem.ts';
import { listen } from '../../src/http/server.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';

let opened: TestApp;
let app: OpenAPIHono;
before(async () => {
  opened = await openTestApp();
  app = createApp(withoutLimits());
});
after(() => opened.close());

/** Counting is tested elsewhere. */
function withoutLimits(changes: Partial<HttpServices> = {}): HttpServices {
  const { limits: _, ...services } = opened.services;
  return { ...services, ...changes };
}

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.request(path, { headers });
const post = async (path: string, body: string, type: string | null = 'application/json') =>
  app.request(path, { method: 'POST', body, headers: type === null ? {} : { 'content-type': type } });

async function refused(response: Response, status: number, code: string): Promise<string> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const problem = problemSchema.parse(await response.json());
  assert.equal(problem.code, code);
  return problem.detail;
}

test('what has not changed is not sent again', async () => {
  for (const path of [
    '/api/v1/places?q=pune',
    '/api/v1/data',
    '/api/v1/data/metro-fares',
    '/api/v1/openapi.json',
    '/api/docs',
    '/api/docs.css',
  ]) {
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^W\/"[\w-]{22}"$/, path);
    const body = await first.text();
    assert.ok(body.length > 0, path);
    for (const named of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get(path, { 'if-none-match': named });
      assert.equal(again.status, 304, `${path} ${named}`);
      assert.equal(await again.text(), '');
      assert.equal(again.headers.get('etag'), etag);
      assert.equal(again.headers.get('content-type'), null);
      assert.equal(again.headers.get('cache-control'), first.headers.get('cache-control'));
      assert.equal(again.headers.get('x-content-type-options'), 'nosniff');
    }
    assert.equal(
      await (await get(path, { 'if-none-match': 'W/"AAAAAAAAAAAAAAAAAAAAAA"' })).text(),
      body,
      path,
    );
  }
  const [one, other] = await Promise.all(['pune', 'delhi'].map((q) => get(`/api/v1/places?q=${q}`)));
  assert.notEqual(one!.headers.get('etag'), other!.headers.get('etag'));
});

test('a problem, a search and a write have no tag', async () => {
  for (const response of [
    await get('/api/v1/places?q=', { 'if-none-match': '*' }),
    await get('/api/v1/search?origin=Pune&destination=Pune', { 'if-none-match': '*' }),
    await post('/api/v1/search', JSON.stringify({ origin: 'Delhi', destination: 'Agra' })),
  ]) {
    assert.notEqual(response.status, 304);
    assert.equal(response.headers.get('etag'), null);
  }
});

test('what is large is packed for who reads it, and is the same', async () => {
  const plain = await (await get('/api/v1/data/metro-fares')).text();
  for (const accepted of ['gzip', 'br, gzip;q=0.5', 'deflate, gzip']) {
    const packed = await get('/api/v1/data/metro-fares', { 'accept-encoding': accepted });
    assert.equal(packed.headers.get('content-encoding'), 'gzip', accepted);
    assert.match(packed.headers.get('vary') ?? '', /accept-encoding/i);
    const bytes = Buffer.from(await packed.arrayBuffer());
    assert.ok(bytes.length < plain.length / 3);
    assert.equal(gunzipSync(bytes).toString(), plain);
  }
  for (const accepted of ['', 'identity', 'br', 'gzip;q=0, identity', 'xgzip'])
    assert.equal(
      (await get('/api/v1/data/metro-fares', { 'accept-encoding': accepted })).headers.get(
        'content-encoding',
      ),
      null,
      accepted,
    );
  const small = await get('/livez', { 'accept-encoding': 'gzip' });
  assert.equal(small.headers.get('content-encoding'), null);
});

test('nothing that a session asked for is kept by a cache', async () => {
  const { cookie } = await signIn(opened.db.service, 'cache@test.com');
  for (const path of ['/api/v1/places?q=pune', '/api/v1/data', '/api/v1/me/sessions', '/api/none'])
    assert.equal((await get(path, { cookie })).headers.get('cache-control'), 'no-store', path);
  assert.equal((await get('/api/v1/places?q=pune')).headers.get('cache-control'), 'public, max-age=300');
  const own = await get('/api/v1/places?q=pune', { cookie });
  const again = await get('/api/v1/places?q=pune', { cookie, 'if-none-match': own.headers.get('etag')! });
  assert.deepEqual([again.status, again.headers.get('cache-control')], [304, 'no-store']);
  const searched = await post('/api/v1/search', JSON.stringify({ origin: 'Delhi', destination: 'Agra' }));
  assert.equal(searched.headers.get('cache-control'), 'no-store');
});

test('HEAD is GET without the body; a method that a path does not know is 405 with those it does', async () => {
  for (const path of ['/livez', '/api/v1/places?q=pune', '/api/docs', '/']) {
    const [head, got] = [await app.request(path, { method: 'HEAD' }), await get(path)];
    assert.equal(head.status, got.status, path);
    assert.equal(await head.text(), '', path);
    assert.equal(head.headers.get('etag'), got.headers.get('etag'), path);
  }
  const cases: [method: string, path: string, allow: string][] = [
    ['DELETE', '/api/v1/places', 'GET, HEAD'],
    ['PUT', '/api/v1/search', 'GET, HEAD, POST'],
    ['GET', '/api/v1/clicks', 'POST'],
    ['HEAD', '/api/v1/clicks', 'POST'],
    ['PATCH', '/api/v1/data/metro-fares', 'GET, HEAD'],
    ['POST', '/out/c123', 'GET, HEAD'],
    ['POST', '/livez', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/some/page', 'GET, HEAD'],
    ['PROPFIND', '/api/v1/search', 'GET, HEAD, POST'],
  ];
  for (const [method, path, allow] of cases) {
    const response = await app.request(path, { method });
    assert.equal(response.headers.get('allow'), allow, `${method} ${path}`);
    if (method !== 'HEAD') await refused(response, 405, 'METHOD_NOT_ALLOWED');
  }
  const options = await app.request('/api/v1/search', { method: 'OPTIONS' });
  assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, POST']);
  for (const path of ['/api/v1/none', '/api', '/api/v1/data/metro-fares/none', '/out/a/b'])
    await refused(await app.request(path, { method: 'POST' }), 404, 'NOT_FOUND');
});

test('only JSON is read, of 64 KiB, or 128 KiB with a route in it, and 16 levels', async () => {
  const search = JSON.stringify({ origin: 'Pune', destination: 'Pune' });
  for (const type of [
    null,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-16',
    'application/json-patch+json',
    'text/json',
  ])
    await refused(await post('/api/v1/search', search, type), 415, 'UNSUPPORTED_MEDIA_TYPE');
  for (const type of [
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])
    assert.equal((await post('/api/v1/search', search, type)).status, 422, type);

  const large = (kib: number) => JSON.stringify({ origin: 'x'.repeat(kib * 1024 - 20) });
  await refused(await post('/api/v1/search', large(63)), 400, 'INVALID_REQUEST');
  await refused(await post('/api/v1/search', large(65)), 413, 'PAYLOAD_TOO_LARGE');
  await refused(await post('/api/v1/clicks', large(127)), 400, 'INVALID_REQUEST');
  await refused(await post('/api/v1/clicks', large(129)), 413, 'PAYLOAD_TOO_LARGE');

  const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
  assert.match(
    await refused(await post('/api/v1/search', nested(17)), 400, 'INVALID_REQUEST'),
    /a\.a\.a: is nested more than 16/,
  );
  assert.doesNotMatch(
    await refused(await post('/api/v1/search', nested(16)), 400, 'INVALID_REQUEST'),
    /nested/,
  );
  await refused(await post('/api/v1/search', '['.repeat(60_000)), 400, 'INVALID_REQUEST');
  await refused(
    await post('/api/v1/search', '['.repeat(30_000) + ']'.repeat(30_000)),
    400,
    'INVALID_REQUEST',
  );
});

test('text that no database holds is refused by name, in bodies, paths and queries', async () => {
  const cases: [body: string, path: RegExp][] = [
    [String.raw`{"origin":"a\u0000b","destination":"Pune"}`, /^origin: holds a NUL/],
    [
      String.raw`{"origin":{"id":"x","name":"\ud800","lat":1,"lng":1},"destination":"Pune"}`,
      /^origin\.name: /,
    ],
    [String.raw`{"a\u0000":1}`, /^body: has a field/],
    [String.raw`{"__proto__":{"admin":true}}`, /^body: has a field/],
    [String.raw`{"origin":{"\u005f_proto__":1}}`, /^origin: has a field/],
  ];
  for (const [body, path] of cases)
    assert.match(await refused(await post('/api/v1/search', body), 400, 'INVALID_REQUEST'), path);
  for (const path of [
    '/api/v1/places?q=a%00b',
    '/api/v1/data/a%00b',
    '/api/v1/search?origin=%00&destination=x',
    '/out/a%00b',
  ])
    await refused(await get(path), 400, 'INVALID_REQUEST');
  assert.equal(
    (await post('/api/v1/search', String.raw`{"origin":"\\u0000","destination":"Pune"}`)).status,
    422,
  );
  assert.equal((await get('/api/v1/places?q=%ff%fe')).status, 200);
});

test('other origins get what they are granted and nothing else', async () => {
  const ask = async (
    origins: string[],
    origin: string | null,
    preflight = false,
  ): Promise<Record<string, string | null>> => {
    const { headers, status } = await createApp(withoutLimits({ corsOrigins: origins })).request(
      '/api/v1/places?q=pune',
      {
        method: preflight ? 'OPTIONS' : 'GET',
        headers: {
          ...(origin === null ? {} : { origin }),
          ...(preflight ? { 'access-control-request-method': 'POST' } : {}),
        },
      },
    );
    const [allowed, credentials, methods, vary] = ['allow-origin', 'allow-credentials', 'allow-methods']
      .map((name) => headers.get(`access-control-${name}`))
      .concat(headers.get('vary'));
    return {
      status: String(status),
      allowed: allowed!,
      credentials: credentials!,
      methods: methods!,
      vary: vary!,
    };
  };
  const listed = ['https://app.example.org'];
  const own = await ask([], 'https://app.example.org');
  assert.deepEqual([own['status'], own['allowed']], ['200', null]);
  const granted = await ask(listed, 'https://app.example.org');
  assert.deepEqual([granted['allowed'], granted['credentials']], ['https://app.example.org', 'true']);
  assert.match(granted['vary']!, /Origin/);
  for (const origin of [
    'https://evil.example',
    'https://app.example.org.evil.example',
    'null',
    'http://app.example.org',
  ])
    assert.equal((await ask(listed, origin))['allowed'], null, origin);
  assert.match((await ask(listed, null))['vary']!, /Origin/, 'a cache must not give it to a listed origin');
  const anybody = await ask(['*'], 'https://evil.example');
  assert.deepEqual([anybody['allowed'], anybody['credentials']], ['*', null]);
  const both = await ask(['*', ...listed], 'https://app.example.org');
  assert.deepEqual([both['allowed'], both['credentials']], ['https://app.example.org', 'true']);

  const preflight = await ask(listed, 'https://app.example.org', true);
  assert.equal(preflight['status'], '204');
  assert.match(preflight['methods']!, /PUT, PATCH, DELETE/);
  const strange = await ask(listed, 'https://evil.example', true);
  assert.deepEqual([strange['allowed'], strange['methods']], [null, null]);
  // The page itself is nobody's to call.
  const page = await createApp(withoutLimits({ corsOrigins: ['*'] })).request('/', {
    headers: { origin: 'https://evil.example' },
  });
  assert.equal(page.headers.get('access-control-allow-origin'), null);
});

test('an answer that does not come is given up', async () => {
  const slow = createApp(
    withoutLimits({
      deadlineMs: 50,
      search: async () => {
        await sleep(300);
        throw new Error('nobody hears this');
      },
    }),
  );
  const started = performance.now();
  const response = await slow.request('/api/v1/search?origin=Delhi&destination=Pune');
  assert.ok(performance.now() - started < 250);
  assert.ok(response.headers.get('content-security-policy'));
  await refused(response, 503, 'TIMED_OUT');
  await sleep(300);
});

test('the request id of a proxy is taken when there is one to trust, and looks like one', async () => {
  const idOf = async (trustedProxies: number, given: string): Promise<string | null> =>
    (
      await createApp(withoutLimits({ trustedProxies })).request('/livez', {
        headers: { 'x-request-id': given },
      })
    ).headers.get('x-request-id');
  assert.equal(await idOf(1, 'edge-7f3a.19'), 'edge-7f3a.19');
  assert.notEqual(await idOf(0, 'edge-7f3a.19'), 'edge-7f3a.19');
  for (const given of ['short', 'x'.repeat(65), 'a b c d e f g', '{"log":"forged"}'])
    assert.match((await idOf(1, given)) ?? '', /^c[0-9a-z]{24}$/);
});

test('security headers: what others may load, embed and see', async () => {
  const { headers } = await get('/api/v1/places?q=pune');
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.equal(headers.get('strict-transport-security'), null);
  const secure = createApp(withoutLimits({ publicUrl: 'https://example.org' }));
  assert.match(
    (await secure.request('/')).headers.get('strict-transport-security') ?? '',
    /max-age=31536000; includeSubDomains/,
  );
});

test('what is no HTTP request is a problem too, on a socket', async () => {
  const server = await listen(app.fetch, { port: 0, host: '127.0.0.1' });
  const ask = (path: string, options: object = {}) =>
    new Promise<{ status: number; body: string; csp: unknown }>((resolve, reject) => {
      const sent = send({ host: '127.0.0.1', port: server.port, path, ...options }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            body,
            csp: response.headers['content-security-policy'],
          }),
        );
      });
      sent.on('error', reject).end();
    });
  try {
    for (const [path, options] of [
      ['/api/v1/places?q=x', { headers: { host: 'a b' } }],
      ['/api\\v1', {}],
    ] as const) {
      const { status, body, csp } = await ask(path, options);
      assert.ok(status === 400 || status === 404, `${path} ${status}`);
      assert.ok(problemSchema.safeParse(JSON.parse(body)).success, body);
      assert.match(String(csp), /default-src 'none'/);
    }
    assert.equal((await ask('/livez', { method: 'TRACE' })).status, 405);
  } finally {
    await server.close();
  }
});

test('what the server itself made wrong is its own fault, told to its operator and to nobody else', async () => {
  const own = z.object({ legs: z.array(z.object({ price: z.number() })) });
  const broken = createApp(
    withoutLimits({ places: () => own.parse({ legs: [{ price: 'secret' }] }) as never }),
  );
  const before = opened.logged.length;
  const response = await broken.request('/api/v1/places?q=pune');
  const detail = await refused(response, 500, 'INTERNAL');
  assert.doesNotMatch(detail, /legs|price|secret/);
  const [entry] = opened.logged.slice(before);
  assert.ok(entry?.err instanceof z.ZodError);
  const { faults, message } = loggedError(entry.err);
  assert.deepEqual([faults, message], [['legs.0.price invalid_type'], undefined]);
});

test('what a caller gave wrong is told field by field, wherever it is read', async () => {
  const { cookie } = await signIn(opened.db.service, 'fields@test.com');
  for (const [path, field] of [
    ['/api/v1/search?origin=Delhi&destination=Agra&child=200', 'children.0'],
    ['/api/v1/search?origin=Delhi&destination=Agra&modes=rocket', 'modes.0'],
    ['/api/v1/trips?status=LOST', 'status.0'],
    ['/api/v1/trips?cursor=x', 'cursor'],
    ['/api/v1/saved-routes?cursor=x', 'cursor'],
  ] as const) {
    const response = await get(path, { cookie });
    const { fields } = problemSchema.parse(await response.clone().json());
    await refused(response, 400, 'INVALID_REQUEST');
    assert.equal(fields?.[0]?.path, field, path);
  }
});

test('what the server lacks, and what to do, is said; what failed inside is not', async () => {
  const told = async (code: ErrorCode): Promise<string> => {
    const search = async (): Promise<never> => {
      throw new AppError(code, 'Set SMTP_URL and MAIL_FROM');
    };
    const failing = createApp(withoutLimits({ search }));
    return refused(await failing.request('/api/v1/search?origin=Delhi&destination=Agra'), 503, code);
  };
  assert.equal(await told('UNAVAILABLE'), 'Set SMTP_URL and MAIL_FROM');
  assert.equal(await told('NO_ACTIVE_NETWORK'), 'Set SMTP_URL and MAIL_FROM');
  assert.equal(await told('DATABASE'), 'The database cannot be used');
});
