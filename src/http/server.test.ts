import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
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
