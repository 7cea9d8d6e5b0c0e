import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { around, type Layer } from './around.ts';

const said: string[] = [];
const layer = (name: string, before?: Layer['before']): Layer => ({
  before: (c) => {
    said.push(`${name} before`);
    return before?.(c);
  },
  after: (_, headers) => {
    said.push(`${name} after`);
    headers.append('x-passed', name);
  },
});

/** `failing`: what the layer in the middle does. */
function appWith(failing?: Layer['before']): Hono {
  said.length = 0;
  const app = new Hono();
  const layers = [layer('outer'), layer('middle', failing), layer('inner')];
  app.onError((error) => new Response(`route: ${error.message}`, { status: 500 }));
  app.use(
    '*',
    around({
      layers: ({ path }) => (path === '/bare' ? [] : layers),
      within: (_, work) => work(),
      failed: (_, thrown) => new Response(`layer: ${String(thrown)}`, { status: 400 }),
    }),
  );
  app.get('/bare', (c) => c.text('bare'));
  app.get('/text', (c) => c.text('text', 200, { 'X-Own': 'kept' }));
  app.get('/written', (c) => {
    const headers = { 'content-type': 'text/x', 'x-passed': 'route' };
    const body = new Uint8Array([104, 105]);
    const response = new Response(body, { headers });
    c.set('written' as never, { response, body, headers } as never);
    return c.req.query('other') === undefined ? response : c.text('another');
  });
  app.get('/throws', () => {
    throw new Error('no');
  });
  app.get('/rejects', async () => {
    // oxlint-disable-next-line typescript/only-throw-error -- what others may throw
    throw 'text';
  });
  return app;
}

async function ask(app: Hono, address: string): Promise<[number, string, string | null]> {
  const response = await app.request(address);
  return [response.status, await response.text(), response.headers.get('x-passed')];
}

const through = [
  'outer before',
  'middle before',
  'inner before',
  'inner after',
  'middle after',
  'outer after',
];

test('a request passes all layers inwards, its answer all of them outwards', async () => {
  const app = appWith();
  const response = await app.request('/text');
  assert.deepEqual(said, through);
  assert.equal(response.headers.get('x-own'), 'kept');
  assert.equal(response.headers.get('x-passed'), 'inner, middle, outer');
  assert.deepEqual(await ask(app, '/bare'), [200, 'bare', null]);
  assert.deepEqual(await ask(app, '/nowhere'), [404, '404 Not Found', 'inner, middle, outer']);
});

test('what a layer answers or throws is the answer, and passes only the layers outside of it', async () => {
  for (const [failing, status, text] of [
    [() => new Response('enough', { status: 229 }), 229, 'enough'],
    [async () => new Response('later', { status: 229 }), 229, 'later'],
    [
      () => {
        throw new Error('at once');
      },
      400,
      'layer: Error: at once',
    ],
    [() => Promise.reject(new Error('later')), 400, 'layer: Error: later'],
  ] as const) {
    const app = appWith(failing);
    assert.deepEqual(await ask(app, '/text'), [status, text, 'outer']);
    assert.deepEqual(said, ['outer before', 'middle before', 'outer after']);
  }
});

test('what a route throws is answered, and passes all layers, whether it is an error or not', async () => {
  assert.deepEqual(await ask(appWith(), '/throws'), [500, 'route: no', 'inner, middle, outer']);
  assert.deepEqual(said, through);
  assert.deepEqual(await ask(appWith(), '/rejects'), [400, 'layer: text', 'inner, middle, outer']);
  assert.deepEqual(said, through);
});

test('what a route wrote out goes as it is, with the headers of all layers', async () => {
  const app = appWith();
  const response = await app.request('/written');
  assert.equal(response.headers.get('content-type'), 'text/x');
  assert.equal(response.headers.get('x-passed'), 'route, inner, middle, outer');
  assert.equal(await response.text(), 'hi');
  assert.deepEqual(await ask(app, '/written?other'), [200, 'another', 'inner, middle, outer']);
});

test('a layer that fails on the way out is a failure, and the layers outside of it still see the answer', async () => {
  const app = appWith();
  const [outer, inner] = [layer('outer'), layer('inner')];
  const breaks: Layer = {
    after: () => {
      throw new Error('on the way out');
    },
  };
  for (const after of [breaks, { after: () => Promise.reject(new Error('on the way out')) }]) {
    const broken = new Hono();
    broken.use(
      '*',
      around({
        layers: () => [outer, after, inner],
        within: (_, work) => work(),
        failed: (_, thrown) => new Response(`layer: ${String(thrown)}`, { status: 500 }),
      }),
    );
    broken.route('/', app);
    const expected = [500, 'layer: Error: on the way out', 'outer'];
    for (const address of ['/bare', '/written']) assert.deepEqual(await ask(broken, address), expected);
  }
});
