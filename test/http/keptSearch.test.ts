/** A search that was asked before, over a real socket: counted, recorded and whole like the first. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type SearchResponse, searchResponseSchema } from '../../src/features/journeys/contract.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';

const date = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
const address = `/api/v1/search?origin=Shimla&destination=Rishikesh&date=${date}`;

let opened: TestApp;
let server: RunningServer;
before(async () => {
  opened = await openTestApp();
  server = await listen(opened.app.fetch, { port: 0, host: '127.0.0.1' });
});
after(async () => {
  await server.close();
  await opened.close();
});

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly answer: SearchResponse;
}

async function ask(headers: Record<string, string> = {}): Promise<Got> {
  const asked = get({ port: server.port, host: '127.0.0.1', path: address, headers });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  assert.equal(response.statusCode, 200, body.toString().slice(0, 300));
  assert.equal(Number(response.headers['content-length']), body.length);
  const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return { headers: response.headers, answer: searchResponseSchema.parse(JSON.parse(text.toString())) };
}

test('the same search again differs in its id only, packed for who reads that', async () => {
  const [first, read, kept] = [await ask(), await ask(), await ask()];
  assert.deepEqual(
    [first, read, kept].map(({ answer }) => answer.cached),
    [false, true, true],
  );
  const packed = await ask({ 'accept-encoding': 'br, gzip' });
  const refused = await ask({ 'accept-encoding': 'gzip;q=0' });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(refused.headers['content-encoding'], undefined);
  const ids = new Set<string>();
  for (const { answer, headers } of [first, read, kept, packed, refused]) {
    ids.add(answer.searchId);
    assert.deepEqual({ ...answer, searchId: '', cached: true }, { ...read.answer, searchId: '' });
    assert.equal(headers['vary'], 'Accept-Encoding');
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    assert.equal(headers['etag'], undefined);
    assert.ok(headers['x-request-id'] && headers['content-security-policy']);
  }
  assert.equal(ids.size, 5);
  const left = [first, read, kept, packed, refused].map(({ headers }) => headers['ratelimit-remaining']);
  assert.deepEqual(left, ['59', '58', '57', '56', '55']);
  await opened.application.flush();
  const { rows } = await opened.db.service.query<{ id: string; found: number }>({
    text: 'SELECT id, routes_found AS found FROM search_queries WHERE id = ANY ($1)',
    values: [[...ids]],
  });
  assert.deepEqual(new Set(rows.map(({ id }) => id)), ids);
  assert.deepEqual(new Set(rows.map(({ found }) => found)), new Set([read.answer.routes.length]));
});

test('a body and a link of the same letters are different questions', async () => {
  const body = `?origin=Shimla&destination=Rishikesh&date=${date}`;
  const response = await opened.app.request('/api/v1/search', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  assert.equal(response.status, 400);
});
