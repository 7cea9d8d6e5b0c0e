import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenAPIHono } from '@hono/zod-openapi';
import { aboutDataSchema } from './contract.ts';
import { addDataRoutes } from './routes.ts';

test('the page about the data names the tables and the feeds in use, and nothing else of these', async () => {
  const app = new OpenAPIHono();
  const feed = {
    name: 'rail',
    publisher: 'Data Office',
    version: '7',
    url: 'https://rail.example/',
    credits: [{ organization: 'Alpha Rail', url: '', roles: ['operator' as const] }],
    validFrom: '2026-01-01',
  };
  const stored = { ...feed, source: 'secret.zip', hash: 'f00d' };
  const inUse = [stored];
  const network = {
    name: 'rails',
    version: 3,
    sample: false,
    rolled: true,
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
  };
  addDataRoutes(app, () => ({ ...network, id: 'c1', feeds: inUse }));
  const ask = async () => aboutDataSchema.parse(await (await app.request('/api/v1/data')).json());
  const { tables, feeds, ...about } = await ask();
  assert.deepEqual(about, { network });
  assert.ok(tables.some(({ name }) => name === 'holidays'));
  assert.deepEqual(feeds, [feed]);
  const raw = await (await app.request('/api/v1/data')).text();
  assert.doesNotMatch(raw, /secret\.zip|f00d/);
  inUse.pop();
  assert.deepEqual((await ask()).feeds, [], 'feeds of the network that is active now');
});
