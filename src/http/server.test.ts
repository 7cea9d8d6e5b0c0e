import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './server.ts';

const answer = (): Response => new Response('here');

test('localhost is served on every address that it stands for on this machine', async () => {
  const server = await listen(answer, { port: 0, host: 'localhost' });
  try {
    const urls = (await lookup('localhost', { all: true })).map(({ address, family }) =>
      family === 6 ? `[${address}]` : address,
    );
    const texts = await Promise.all(
      ['localhost', ...urls].map((host) =>
        fetch(`http://${host}:${server.port}`).then(
          (response) => response.text(),
          // The name may have an address that the machine does not serve.
          (error: Error) => (host.startsWith('[') ? 'here' : error.message),
        ),
      ),
    );
    assert.deepEqual(
      texts,
      texts.map(() => 'here'),
    );
  } finally {
    await server.close();
  }
  await assert.rejects(fetch(`http://127.0.0.1:${server.port}`));
});

test('a taken port and a foreign address are refused with what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await assert.rejects(listen(answer, { port, host: 'localhost' }), {
    code: 'UNAVAILABLE',
    message: new RegExp(`Port ${port} .* is taken`),
  });
  taken.close();
  await assert.rejects(listen(answer, { port: 0, host: '192.0.2.1' }), { message: /set HOST/ });
});

test('while it stops, a connection that is kept open gets one more answer, and nobody else is let in', async () => {
  const server = await listen(async () => (await sleep(50), answer()), { port: 0, host: '127.0.0.1' });
  const ask = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
  const kept = connect(server.port, '127.0.0.1');
  let said = '';
  kept.on('data', (text) => (said += text.toString()));
  kept.write(ask);
  while (!said.includes('here')) await sleep(5);
  said = '';
  const closed = once(kept, 'close');
  const stopping = server.close();
  await sleep(100);
  kept.write(ask); // was on its way when the server began to stop
  await assert.rejects(fetch(`http://127.0.0.1:${server.port}`));
  await Promise.all([stopping, closed]);
  assert.match(said, /^HTTP\/1.1 200 [^]*connection: close[^]*here/i);
});

test('what does not end in time is cut', async () => {
  const server = await listen(() => new Promise(() => {}), { port: 0, host: '127.0.0.1' });
  const asked = fetch(`http://127.0.0.1:${server.port}`);
  asked.catch(() => {});
  while (server.underWay() === 0) await sleep(5);
  const started = performance.now();
  await server.close(200);
  assert.ok(performance.now() - started < 1500);
  await assert.rejects(asked);
});
