/**
 * Searches on the sample network as a browser asks for them: the real server with database, threads, cache and rate
 * limits, over HTTP from another process. 60 corridors, each asked once (computed) and then again (kept).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { corridors, dayAhead } from './corridors.ts';
import { thisMachine } from './machine.ts';
import { startProduct } from './productServer.ts';

/** Milliseconds; issue "5. India". */
const AIMS = { uncached: 150, cached: 15 } as const;
const CACHED_ROUNDS = 5;
/** Bookable, and neither a festival nor the next days. */
const DAYS_AHEAD = 20;

interface Timed {
  readonly ms: number;
  readonly cached: boolean;
  readonly routes: number;
  /** On the wire, and as text. */
  readonly bytes: number;
  readonly plainBytes: number;
}

/** Measures, prints and writes `search.json` and `SEARCH.md`. Exit 1: an aim was missed. */
export async function run(): Promise<number> {
  const machine = thisMachine();
  const server = await startServer();
  try {
    await warmUp((pair, days) => server.ask(pair, days));
    const [first, again]: [Timed[], Timed[]] = [[], []];
    for (const pair of corridors) first.push(await server.ask(pair, DAYS_AHEAD));
    for (let round = 0; round < CACHED_ROUNDS; round++)
      for (const pair of corridors) again.push(await server.ask(pair, DAYS_AHEAD));
    if (first.some(({ cached }) => cached) || again.some(({ cached }) => !cached))
      throw new Error('What was to be computed came from the cache, or the other way round');
    const rows = [
      { name: 'computed', aim: AIMS.uncached, ...summary(first) },
      { name: 'from the cache', aim: AIMS.cached, ...summary(again) },
    ];
    const sizes = {
      wire: quantile(
        again.map(({ bytes }) => bytes),
        0.5,
      ),
      text: quantile(
        again.map(({ plainBytes }) => plainBytes),
        0.5,
      ),
    };
    await write({ machine, corridors: corridors.length, rounds: CACHED_ROUNDS, rows, sizes });
    return rows.every(({ p95, aim }) => p95 <= aim) ? 0 : 1;
  } finally {
    await server.stop();
  }
}

/** The threads compile their code on other days, so that nothing asked for later is kept already. */
async function warmUp(ask: (pair: readonly [string, string], days: number) => Promise<Timed>): Promise<void> {
  for (let days = DAYS_AHEAD + 1; days <= DAYS_AHEAD + 3; days++)
    for (const pair of corridors.slice(0, 30)) await ask(pair, days);
}

function summary(all: readonly Timed[]): { p50: number; p95: number; slowest: number } {
  const times = all.map(({ ms }) => ms);
  const at = (share: number): number => Math.round(10 * quantile(times, share)) / 10;
  return { p50: at(0.5), p95: at(0.95), slowest: at(1) };
}

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

interface Running {
  ask(pair: readonly [string, string], days: number): Promise<Timed>;
  stop(): Promise<void>;
}

async function startServer(): Promise<Running> {
  // Each question comes from another client, so that the limits count and do not end the measurement.
  const server = await startProduct();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let client = 0;
  return {
    ask: (pair, days) => askOnce(agent, server.port, { pair, days, client: ++client }),
    stop: async () => {
      agent.destroy();
      await server.stop();
    },
  };
}

async function askOnce(
  agent: Agent,
  port: number,
  {
    pair: [origin, destination],
    days,
    client,
  }: { pair: readonly [string, string]; days: number; client: number },
): Promise<Timed> {
  const query = new URLSearchParams({ origin, destination, date: dayAhead(days) });
  const started = performance.now();
  const { status, encoding, body } = await new Promise<{
    status: number | undefined;
    encoding: string | undefined;
    body: Buffer;
  }>((resolve, reject) => {
    const asked = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: `/api/v1/search?${query.toString()}`,
        headers: {
          'Accept-Encoding': 'gzip',
          'X-Forwarded-For': `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            encoding: response.headers['content-encoding'],
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
  const ms = performance.now() - started;
  const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString();
  if (status !== 200) throw new Error(`${origin} → ${destination}: ${status} ${text.slice(0, 300)}`);
  const { cached, routes } = JSON.parse(text) as { cached: boolean; routes: unknown[] };
  return { ms, cached, routes: routes.length, bytes: body.length, plainBytes: Buffer.byteLength(text) };
}

interface Report {
  readonly machine: ReturnType<typeof thisMachine>;
  readonly corridors: number;
  readonly rounds: number;
  readonly rows: readonly { name: string; aim: number; p50: number; p95: number; slowest: number }[];
  /** Bytes of an answer, median: on the wire and as text. */
  readonly sizes: { readonly wire: number; readonly text: number };
}

async function write(report: Report): Promise<void> {
  const { machine, rows, sizes } = report;
  const kb = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;
  const table = rows.map(
    ({ name, p50, p95, slowest, aim }) => `| ${name} | ${p50} | ${p95} | ${slowest} | ${aim} |`,
  );
  const text = `# Searches over HTTP

${report.corridors} corridors of the sample network, asked one after the other as a browser asks, of the real server with
database, threads, cache and rate limits; each once computed, then ${report.rounds} times from the cache. Milliseconds until the
whole answer is there. An answer has ${kb(sizes.text)}, ${kb(sizes.wire)} on the wire (medians).

| answer | p50 | p95 | slowest | aim of p95 |
| --- | --- | --- | --- | --- |
${table.join('\n')}

${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, ${machine.at.slice(0, 10)}, load ${machine.load}. \`npm run bench -- search\`
`;
  const results = path.resolve(import.meta.dirname, 'results');
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'search.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(path.join(results, 'SEARCH.md'), text);
  process.stdout.write(`${text}\n`);
}
