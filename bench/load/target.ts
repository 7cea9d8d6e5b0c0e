/** The server under load: its own process, a durable database, people who are signed in. */
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openServer } from '../../src/database/server.ts';
import type { Shot } from '../../test/assurance/openLoad.ts';
import { startServe } from '../../test/support/serveProcess.ts';
import { signIn } from '../../test/support/signIn.ts';
import { corridors } from '../corridors.ts';

const USERS = 200;
const TOKEN = 'a token of sixteen or more';
const TICKS_PER_SECOND = 100;
/** Bookable, and neither a festival nor the next days. */
const DAYS_AHEAD = 20;

export interface Target {
  readonly port: number;
  shot(kind: 'cached' | 'computed' | 'write'): Shot;
  /** Each kept search once. */
  cachedShots(): Shot[];
  /** Bytes. */
  memory(): Promise<{ heap: number; rss: number }>;
  /** Seconds since the start. */
  cpu(): Promise<{ server: number; database: number }>;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-load-'));
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  await chmod(folder, 0o755); // under root the database's account must enter it
  const database = await openServer({ dataDir: folder });
  opened.defer(() => database.release());
  await migrate(database.ownerUrl);
  const service = await connect({ ownerUrl: database.ownerUrl, role: 'rs_service', max: 2 });
  opened.defer(() => service.close());
  const cookies: string[] = [];
  for (let user = 0; user < USERS; user++)
    cookies.push((await signIn(service, `user${user}@example.org`)).cookie);
  const env = { METRICS_TOKEN: TOKEN, LOG_LEVEL: 'warn', BACKUP_NIGHTLY: 'off' };
  const server = await startServe({ databaseUrl: `${database.ownerUrl}?connection_limit=10`, env });
  opened.defer(() => server.stop());
  const kept = opened.move();
  const { port } = server;
  const metric = async (...names: string[]): Promise<number[]> => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
    return names.map((name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]));
  };
  const postmaster = await postmasterOf(folder);
  return {
    port,
    ...shots(port, cookies),
    memory: async () => {
      const [heap, rss] = await metric('nodejs_heap_size_used_bytes', 'process_resident_memory_bytes');
      return { heap: heap!, rss: rss! };
    },
    cpu: async () => {
      const [used] = await metric('process_cpu_seconds_total');
      return { server: used!, database: await cpuOf(postmaster) };
    },
    close: () => kept.disposeAsync(),
  };
}

function shots(port: number, cookies: readonly string[]): Pick<Target, 'shot' | 'cachedShots'> {
  let count = 0;
  /** Each request from another address, so that the limits count and do not end the measurement. */
  const from = () => ({
    'X-Forwarded-For': `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`,
    'Accept-Encoding': 'gzip',
  });
  const today = Math.floor((Date.now() + 5.5 * 3_600_000) / 86_400_000);
  const search = (kind: string, index: number, days: number, passengers: number): Shot => {
    const [origin, destination] = corridors[index % corridors.length]!;
    const date = new Date((today + days) * 86_400_000).toISOString().slice(0, 10);
    const query = new URLSearchParams({ origin, destination, date, passengers: String(passengers) });
    return { kind, path: `/api/v1/search?${query.toString()}`, headers: from() };
  };
  let computed = 0;
  const newSearch = (): Shot => {
    const turn = Math.floor(computed / corridors.length);
    return search('computed', computed++, DAYS_AHEAD + 1 + (turn % 90), 1 + (Math.floor(turn / 90) % 6));
  };
  const place = { id: '1', name: 'Noida', lat: 28.5355, lng: 77.391 };
  const date = new Date((today + 30) * 86_400_000).toISOString().slice(0, 10);
  const body = JSON.stringify({
    origin: place,
    destination: { id: '2', name: 'Bangalore', lat: 12.9716, lng: 77.5946 },
    date,
    time: '08:00',
    passengers: 2,
  });
  const write = (): Shot => ({
    kind: 'write',
    method: 'POST',
    path: '/api/v1/trips',
    headers: {
      cookie: cookies[count % cookies.length]!,
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
    },
    body,
  });
  return {
    shot: (kind) => {
      count++;
      if (kind === 'cached') return search('cached', count, DAYS_AHEAD, 1);
      return kind === 'computed' ? newSearch() : write();
    },
    cachedShots: () => corridors.map((_, index) => (count++, search('cached', index, DAYS_AHEAD, 1))),
  };
}

async function postmasterOf(dataDir: string): Promise<number> {
  const { home } = JSON.parse(
    await readFile(path.join(dataDir, 'postgres.json'), 'utf8').catch(() =>
      JSON.stringify({ home: path.join(dataDir, 'postgres') }),
    ),
  ) as { home: string };
  return Number((await readFile(path.join(home, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Seconds of a process, of those it has waited for and of those that run. */
async function cpuOf(parent: number): Promise<number> {
  let ticks = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(name) === parent) ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    else if (Number(fields[1]) === parent) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}
