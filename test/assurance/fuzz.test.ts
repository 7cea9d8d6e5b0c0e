/** F9: requests made from the description, 60 % of them as it says: no 5xx, no trace, every reply as it is described. */
import assert from 'node:assert/strict';
import { Agent, request as send } from 'node:http';
import { after, before, test } from 'node:test';
import { drill } from './sizes.ts';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract, type Reply } from '../http/contract.ts';
import { Fuzzer, type FuzzRequest } from '../http/fuzz.ts';

const REQUESTS = drill ? 100_000 : 5000;
const LANES = 8;
/** Kept alive, so that a body which a reply came before is drained instead of resetting the connection. */
const agent = new Agent({ keepAlive: true, maxSockets: LANES });
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

let opened: TestApp;
let services: HttpServices;
let contract: Contract;
let cookie: string;
before(async () => {
  opened = await openTestApp();
  const { limits: _, ...rest } = opened.services;
  services = rest;
  ({ cookie } = await signIn(opened.db.service, 'fuzz@test.com'));
  const described = await createApp(services).request('/api/v1/openapi.json');
  contract = new Contract((await described.json()) as ApiDocument);
});
after(async () => {
  agent.destroy();
  await opened.close();
});

function ask(port: number, { method, target, headers, body }: FuzzRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const session = headers['cookie'] === undefined ? { cookie, origin: `http://127.0.0.1:${port}` } : {};
    const sent = send(
      {
        host: '127.0.0.1',
        port,
        method,
        path: target,
        headers: { ...session, ...headers, ...framed(body) },
        agent,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const packed = response.headers['content-encoding'] !== undefined;
          const status = response.statusCode!;
          const text = Buffer.concat(chunks).toString();
          resolve({
            method,
            path: new URL(target, 'http://x').pathname,
            // Only whether a packed body is one is looked at elsewhere.
            status: packed ? 304 : status,
            headers: response.headers as Record<string, string>,
            body: packed ? '' : text,
          });
        });
      },
    );
    sent.on('error', (error) =>
      reject(new Error(`${method} ${target.slice(0, 100)} ${body?.length}: ${error.message}`)),
    );
    sent.end(body ?? undefined);
  });
}

/** Without it a DELETE's body would be read as the next request. */
const framed = (body: string | null) =>
  body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };

/** Sends `count` requests; answers what was wrong with the replies. */
async function faultsOf(changes: Partial<HttpServices>, count: number): Promise<string[]> {
  const server: RunningServer = await listen(createApp({ ...services, ...changes }).fetch, {
    port: 0,
    host: '127.0.0.1',
  });
  // A session would end with them, and nobody is signed in any more.
  const operations = contract.operations.filter(
    ({ path, method }) => path !== '/auth/signout' && !(method === 'DELETE' && path.includes('/sessions')),
  );
  const fuzzer = new Fuzzer(contract.document, operations, { seed });
  const faults: string[] = [];
  let left = count;
  try {
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        while (left-- > 0) {
          const request = fuzzer.next();
          const reply = await ask(server.port, request);
          const fault = contract.fault(reply);
          if (fault)
            faults.push(
              `${request.method} ${request.target.slice(0, 120)} ${fault} | ${request.body?.slice(0, 200)}`,
            );
        }
      }),
    );
  } finally {
    await server.close();
  }
  return faults;
}

test('F9 every reply is as the document describes it', { timeout: 3_600_000 }, async (t) => {
  t.diagnostic(`${REQUESTS} requests, FUZZ_SEED=${seed}`);
  const faults = await faultsOf({}, REQUESTS);
  assert.deepEqual(faults.slice(0, 5), [], `${faults.length} faults, FUZZ_SEED=${seed}`);
});

test('planted: a route that throws, and a reply that breaks its schema, are seen', async () => {
  const thrown = await faultsOf(
    {
      places: () => {
        throw new TypeError('planted');
      },
    },
    2000,
  );
  assert.ok(
    thrown.some((fault) => fault.includes('answers 500')),
    thrown.join(' '),
  );
  const createClick = () => Promise.resolve({ clickId: 7, url: '/out/7' } as never);
  const broken = await faultsOf({ createClick }, 2000);
  assert.ok(
    broken.some((fault) => /^POST \/api\/v1\/clicks\S* has another shape/.test(fault)),
    broken.join(' '),
  );
});
