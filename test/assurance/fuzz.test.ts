/** F9: requests made from the description, 60 % of them as it says: no 5xx, no trace, every reply as it is described. */
import assert from 'node:assert/strict';
import { Agent, request as send } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import { type ApiDocument, Contract, type Reply } from '../http/contract.ts';
import { Fuzzer, type FuzzRequest, type KnownIds } from '../http/fuzz.ts';
import { type Person, World } from './idorWorld.ts';
import { drill, sized } from './sizes.ts';

const REQUESTS = drill ? 100_000 : 5000;
const LANES = 8;
/** Kept alive, so that a body which a reply came before is drained instead of resetting the connection. */
const agent = new Agent({ keepAlive: true, maxSockets: LANES });
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const MOST_DELAY_MS = 100;
/** After so many requests little is left of what the user had. */
const GENERATION = 500;
const nameOf = (generation: number): string => `fuzz${generation}`;

let opened: TestApp;
let services: HttpServices;
let contract: Contract;
let world: World;
before(async () => {
  // Administrators, so that the operator's routes are fuzzed and not only refused; searches leave the event loop free,
  // as the server has it.
  const emails = Array.from({ length: 2 * GENERATION }, (_, index) => `${nameOf(index)}@example.org`).join(
    ',',
  );
  opened = await openTestApp({ ADMIN_EMAILS: emails }, { searchWorkers: sized(0, 1) });
  const { limits: _, ...rest } = await withSignIn(opened);
  services = rest;
  const app = createApp(services);
  contract = new Contract((await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument);
  world = new World(app, opened.db.service, contract.document);
});
after(async () => {
  agent.destroy();
  await opened.close();
});

/** These end the session, or the user: somebody else's, so that the others go on. */
const SPENDING = /^(POST \/auth\/signout|DELETE \/api\/v1\/me(\/sessions.*)?)$/;

/** Who asks, with something of everything to ask for. */
interface Cast {
  readonly user: Person;
  readonly spare: Person;
}
let generations = 0;
async function newCast(): Promise<Cast> {
  const name = nameOf(generations++);
  return { user: await world.person(name), spare: await world.person(`${name}spare`) };
}
const idsOf = ({ user: { things } }: Cast): KnownIds => ({
  id: [things.trip, things.saved, things.archived, things.session],
  tripId: [things.trip],
  legIndex: ['0', '1'],
  shareId: [things.share],
  calendarId: [things.calendar],
  clickId: [things.click],
  token: [things.shareToken],
  file: [things.calendarFile],
  stopToken: [things.stopToken],
  table: ['metro-fares'],
});

function ask(port: number, { method, target, headers, body }: FuzzRequest, cast: Cast): Promise<Reply> {
  const { pathname } = new URL(target, 'http://x');
  const { cookie } = SPENDING.test(`${method} ${pathname}`) ? cast.spare : cast.user;
  const session = headers['cookie'] === undefined ? { cookie, origin: `http://127.0.0.1:${port}` } : {};
  return new Promise((resolve, reject) => {
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
          const bytes = Buffer.concat(chunks);
          const packed = response.headers['content-encoding'] === 'gzip' && bytes.length > 0;
          resolve({
            method,
            path: pathname,
            status: response.statusCode!,
            headers: response.headers as Record<string, string>,
            body: (packed ? gunzipSync(bytes) : bytes).toString(),
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

interface Outcome {
  /** What was wrong with the replies. */
  readonly faults: string[];
  /** Replies by the first digit of their status. */
  readonly classes: Readonly<Record<string, number>>;
  readonly delayP99Ms: number;
}

/** Sends `count` requests, or until a reply has the fault that is looked for. */
async function fuzz(changes: Partial<HttpServices>, count: number, wanted?: RegExp): Promise<Outcome> {
  const server = await listen(createApp({ ...services, ...changes }).fetch, { port: 0, host: '127.0.0.1' });
  let cast = await newCast();
  const fuzzer = new Fuzzer(contract.document, contract.operations, { seed, ids: () => idsOf(cast) });
  const faults: string[] = [];
  const classes: Record<string, number> = {};
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let sent = 0;
  let seen = false;
  const lane = async (): Promise<void> => {
    while (sent < count && !seen) {
      if (++sent % GENERATION === 0) cast = await newCast();
      const request = fuzzer.next();
      const reply = await ask(server.port, request, cast);
      const digit = `${String(reply.status)[0]}xx`;
      classes[digit] = (classes[digit] ?? 0) + 1;
      const fault = contract.fault(reply);
      if (!fault) continue;
      const told = `${request.method} ${request.target.slice(0, 120)} ${fault} | ${request.body?.slice(0, 200)}`;
      faults.push(told);
      seen ||= wanted?.test(told) === true;
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    delay.disable();
    await server.close();
  }
  return { faults, classes, delayP99Ms: delay.percentile(99) / 1e6 };
}

test('F9 every reply is as the document describes it', { timeout: 3_600_000 }, async (t) => {
  const { faults, classes, delayP99Ms } = await fuzz({}, REQUESTS);
  t.diagnostic(
    `${REQUESTS} requests, FUZZ_SEED=${seed}, ${JSON.stringify(classes)}, loop delay p99 ${delayP99Ms.toFixed(1)} ms`,
  );
  assert.deepEqual(faults.slice(0, 5), [], `${faults.length} faults, FUZZ_SEED=${seed}`);
  // Else most were refused before they came to anything.
  assert.ok(classes['2xx']! > REQUESTS / 4, JSON.stringify(classes));
  // A figure holds on a machine that does nothing else: in the suite only the replies are looked at.
  if (drill) assert.ok(delayP99Ms <= MOST_DELAY_MS, `loop delay p99 ${delayP99Ms} ms`);
});

test('planted: a route that throws, and a reply that breaks its schema, are seen', async () => {
  const places = (): never => {
    throw new TypeError('planted');
  };
  const createClick = () => Promise.resolve({ clickId: 7, url: '/out/7' } as never);
  for (const [changes, red] of [
    [{ places }, /answers 500/],
    [{ createClick }, /^POST \/api\/v1\/clicks\S* has another shape/],
  ] as const) {
    const { faults } = await fuzz(changes, 4000, red);
    assert.ok(
      faults.some((fault) => red.test(fault)),
      faults.slice(0, 5).join('\n'),
    );
  }
});
