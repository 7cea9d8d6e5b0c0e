/**
 * What the product adds to bare Hono: the whole server (limits, sessions, tags, headers, search, row-level security)
 * against one Hono route over the same Node server that answers the same bytes, or asks plain pg the same.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openServer } from '../../src/database/server.ts';
import { connect } from '../../src/database/connect.ts';
import { signIn } from '../../test/support/signIn.ts';
import { fillTrips } from '../../test/support/tripRows.ts';
import { corridors, dayAhead } from '../corridors.ts';
import { thisMachine } from '../machine.ts';
import type { Load } from './generator.ts';
import { type Report, type Row, write } from './report.ts';
import {
  type Generator,
  startBare,
  startGenerator,
  startWatchedProduct,
  type WatchedServer,
} from './servers.ts';
import type { Watched } from './watch.ts';

const CONNECTIONS = 50;
const ROUND_MS = 1500;
const ROUNDS = 9;
const WARM_UPS = 3;
/** Bookable, and neither a festival nor the next days. */
const DAYS_AHEAD = 20;
/** Nobody asks more than the limits allow: 60 searches and 600 other requests a minute. */
const ADDRESSES = 60_000;
const USERS = 1000;
const TRIPS_A_USER = 20;
const LEGS = 3;
/** Event loop while searches are computed. */
const COMPUTED_MS = 15_000;
const COMPUTED_LANES = 8;

type Product = Awaited<ReturnType<typeof startWatchedProduct>>;

/** Measures, prints and writes `http.json`, `http.svg` and `HTTP.md`. Exit 1: an aim was missed. */
export async function run(): Promise<number> {
  const machine = thisMachine();
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-bench-http-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const product = await startWatchedProduct();
  opened.defer(() => product.stop());
  const generator = startGenerator();
  opened.defer(() => generator.stop());
  const { ownerUrl, cookies, userIds } = await fill(product.folder);
  const rows: Row[] = [];
  for (const encoding of ['gzip', null]) {
    const bodies = await searchBodies(product.port, encoding, folder);
    const bare = await startBare({ files: bodies.files, encoding, databaseUrl: ownerUrl });
    const contest = {
      bare: {
        server: bare,
        requests: bodies.files.map((_, index) => get(`/bytes/${index}`)),
        visitors: ['X-Bench: bare'],
      },
      product: { server: product, requests: bodies.requests, visitors: addresses() },
    };
    rows.push({
      name: `search from the cache${encoding ? ', gzip' : ', plain'}`,
      base: 'bare Hono, same bytes',
      aim: 60,
      p99Aim: 25,
      ...(await compare(generator, contest)),
    });
    await bare.stop();
  }
  const list = await listBodies(product.port, cookies[0]!, folder);
  const bare = await startBare({ files: [list], encoding: null, databaseUrl: ownerUrl });
  opened.defer(() => bare.stop());
  const lists = {
    server: product,
    requests: [get('/api/v1/trips')],
    visitors: cookies.map((cookie) => `Cookie: ${cookie}`),
  };
  const plain = { server: bare, visitors: ['X-Bench: bare'] };
  rows.push({
    name: 'list of 20 trips with their legs, signed in',
    base: 'bare Hono, same rows by plain pg',
    aim: 50,
    ...(await compare(generator, {
      bare: { ...plain, requests: userIds.map((id) => get(`/list/${id}`)) },
      product: lists,
    })),
  });
  rows.push({
    name: 'the same list',
    base: 'bare Hono, same bytes from memory',
    ...(await compare(generator, { bare: { ...plain, requests: [get('/bytes/0')] }, product: lists })),
  });
  const computed = await whileComputed(generator, product);
  const report: Report = {
    machine,
    connections: CONNECTIONS,
    rounds: ROUNDS,
    roundMs: ROUND_MS,
    rows,
    computed,
  };
  return write(report);
}

const get = (address: string, ...headers: string[]): string =>
  [`GET ${address} HTTP/1.1`, 'Host: 127.0.0.1', 'User-Agent: routestitch-bench', ...headers].join('\r\n');

const addresses = (): string[] =>
  Array.from(
    { length: ADDRESSES },
    (_, index) => `X-Forwarded-For: 10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  );

const searchAddress = (corridor: readonly [string, string], days: number): string => {
  const [origin, destination] = corridor;
  return `/api/v1/search?${new URLSearchParams({ origin, destination, date: dayAhead(days) }).toString()}`;
};

/** Asks every corridor once, so that it is kept, and again for the bytes of the answer. */
async function searchBodies(
  port: number,
  encoding: string | null,
  folder: string,
): Promise<{ files: string[]; requests: string[] }> {
  const headers = encoding === null ? [] : [`Accept-Encoding: ${encoding}`];
  const [files, requests]: [string[], string[]] = [[], []];
  for (const [index, corridor] of corridors.entries()) {
    const address = searchAddress(corridor, DAYS_AHEAD);
    const visitor = [...headers, `X-Forwarded-For: 192.0.2.${index}`];
    await rawBody(port, address, visitor);
    const file = path.join(folder, `search-${encoding}-${index}`);
    await writeFile(file, await rawBody(port, address, visitor));
    files.push(file);
    requests.push(get(address, ...headers));
  }
  return { files, requests };
}

async function listBodies(port: number, cookie: string, folder: string): Promise<string> {
  const body = await rawBody(port, '/api/v1/trips', [`Cookie: ${cookie}`]);
  const { trips } = JSON.parse(body.toString()) as { trips: { bookingLegs: unknown[] }[] };
  if (trips.length !== TRIPS_A_USER || trips[0]!.bookingLegs.length !== LEGS)
    throw new Error(`The list has ${trips.length} trips`);
  const file = path.join(folder, 'list');
  await writeFile(file, body);
  return file;
}

/** A body as it is on the wire. */
async function rawBody(port: number, address: string, headers: readonly string[]): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const lines = headers.map((line) => line.split(': ', 2) as [string, string]);
  const asked = request(
    { port, host: '127.0.0.1', path: address, headers: Object.fromEntries(lines) },
    (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(parts))
          : reject(
              new Error(`${address}: ${answer.statusCode} ${Buffer.concat(parts).toString().slice(0, 300)}`),
            ),
      );
    },
  );
  asked.on('error', reject);
  asked.end();
  return promise;
}

/** Users with trips, signed in. */
async function fill(folder: string): Promise<{ ownerUrl: string; cookies: string[]; userIds: string[] }> {
  const server = await openServer({ dataDir: folder });
  const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service', max: 4 });
  try {
    const dates = Array.from(
      { length: USERS * TRIPS_A_USER },
      (_, index) => `2027-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    );
    await fillTrips(service, { users: USERS, dates, status: 'PLANNED', legs: LEGS });
    const { rows } = await service.query<{ email: string; id: string }>({
      // Not the sample's traveller, who has one trip.
      text: `SELECT id, email FROM users WHERE email = id || '@example.org'`,
    });
    const cookies: string[] = [];
    for (const { email } of rows) cookies.push((await signIn(service, email)).cookie);
    await service.query({ text: 'ANALYZE' });
    return { ownerUrl: server.ownerUrl, cookies, userIds: rows.map(({ id }) => id) };
  } finally {
    await service.close();
    await server.release();
  }
}

interface Side {
  readonly server: WatchedServer;
  readonly requests: readonly string[];
  readonly visitors: readonly string[];
}

/** Both by turns, so that both see the same machine. */
async function compare(
  generator: Generator,
  sides: { readonly bare: Side; readonly product: Side },
): Promise<Pick<Row, 'ratio' | 'bare' | 'product'>> {
  const seen: { bare: Turn[]; product: Turn[] } = { bare: [], product: [] };
  let from = 0;
  const turn = async (name: 'bare' | 'product', ms: number): Promise<Turn> => {
    const { server, requests, visitors } = sides[name];
    const order = { port: server.port, connections: CONNECTIONS, ms, requests, visitors, from };
    const [load, watched] = await server.watching(() => generator.load(order));
    from += load.answers;
    if (load.refusals > 0) throw new Error(`${name} refused ${load.refusals} of ${load.answers}`);
    return { load, watched };
  };
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp++)
    for (const name of ['bare', 'product'] as const) await turn(name, ROUND_MS);
  for (let round = 0; round < ROUNDS; round++)
    // Turned about, so that neither always follows the other.
    for (const name of round % 2 === 0 ? (['bare', 'product'] as const) : (['product', 'bare'] as const))
      seen[name].push(await turn(name, ROUND_MS));
  const ratios = seen.product.map(({ load }, round) => load.perSecond / seen.bare[round]!.load.perSecond);
  return { ratio: median(ratios) * 100, bare: summary(seen.bare), product: summary(seen.product) };
}

interface Turn {
  readonly load: Load;
  readonly watched: Watched;
}

function summary(turns: readonly Turn[]): Row['bare'] {
  const of = (value: (turn: Turn) => number): number => median(turns.map(value));
  return {
    perSecond: Math.round(of(({ load }) => load.perSecond)),
    p50: of(({ load }) => load.p50),
    p99: of(({ load }) => load.p99),
    slowest: Math.max(...turns.map(({ load }) => load.slowest)),
    bytes: of(({ load }) => load.bytes),
    cpuMicroseconds: of(({ load, watched }) => (watched.cpuMs * 1000) / load.answers),
    loopDelayP99: of(({ watched }) => watched.delayP99),
    generatorBusy: of(({ load }) => load.busy),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The event loop of the server while every search thread is busy: no two questions alike. */
async function whileComputed(generator: Generator, product: Product): Promise<Report['computed']> {
  const requests = Array.from({ length: 40 }, (_, day) =>
    corridors.map((corridor) => get(searchAddress(corridor, DAYS_AHEAD + 1 + day))),
  ).flat();
  const order = {
    port: product.port,
    connections: COMPUTED_LANES,
    requests,
    visitors: addresses(),
  };
  await generator.load({ ...order, ms: 3000, from: 0 });
  const [load, watched] = await product.watching(() =>
    generator.load({ ...order, ms: COMPUTED_MS, from: requests.length / 2 }),
  );
  return { lanes: COMPUTED_LANES, seconds: COMPUTED_MS / 1000, aim: 20, load, watched };
}
