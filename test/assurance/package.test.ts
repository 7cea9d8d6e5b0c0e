/**
 * The tarball as a stranger meets it: installed by npm in empty folders, with install scripts and without, as root and
 * as nobody, and run on Node 20, 22 and 24. Needs a registry for npm; several minutes.
 */
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { SearchResponse } from '../../src/features/journeys/contract.ts';
import { documentedFiles } from '../package/documented.ts';
import { type PackedPackage, packPackage } from '../package/folder.ts';
import {
  install,
  type Installed,
  machineNode,
  nobody,
  sizeOf,
  withoutRegistry,
} from '../package/installed.ts';
import { testDatabase } from '../support/database.ts';
import { fileFeed, smallFeed, zipOf } from '../support/gtfsFeed.ts';
import { drill } from './sizes.ts';

const skip = drill ? ((await withoutRegistry()) ?? false) : 'run by `npm run assurance -- package`';
/** Each with a folder that has a `node`. */
const nodes: { name: string; folder: string }[] = [];
const opened: { remove(): Promise<void> }[] = [];
let packed: PackedPackage;

before(async () => {
  if (skip !== false) return;
  packed = await packPackage();
  opened.push(packed);
  nodes.push({ name: "the machine's own Node", folder: machineNode() });
  for (const version of ['22', '24']) {
    const home = await install([`node@${version}`], { scripts: true });
    opened.push(home);
    nodes.push({ name: `Node ${version}`, folder: path.join(home.folder, 'node_modules', 'node', 'bin') });
  }
});
after(async () => {
  for (const one of opened.toReversed()) await one.remove();
});

const kept = async (installing: Promise<Installed>): Promise<Installed> => {
  const installed = await installing;
  opened.push(installed);
  return installed;
};

/** The program answers, with its database in the folder. */
async function answers(installed: Installed, node: string): Promise<void> {
  const routestitch = async (...parameters: string[]): Promise<string> => {
    const { code, out, error } = await installed.run(['npx', 'routestitch', ...parameters], { node });
    assert.equal(code, 0, `${parameters.join(' ')}: ${error}`);
    return out;
  };
  assert.match(await routestitch('--help'), /usage: routestitch <command>/);
  const found = JSON.parse(
    await routestitch('search', '--from', 'Noida', '--to', 'Bangalore', '--json'),
  ) as SearchResponse;
  assert.ok(found.routes.length > 0);
  assert.match(await routestitch('data'), /air-fares/);
  const { healthy, findings } = JSON.parse(await routestitch('doctor', '--json')) as {
    healthy: boolean;
    findings: { check: string; state: string; found: string }[];
  };
  assert.ok(healthy, JSON.stringify(findings));
  const database = findings.find(({ check }) => check === 'database')!;
  assert.match(database.found, /embedded/);
}

test('with install scripts allowed it answers on every Node', { skip }, async (t) => {
  const installed = await kept(install([packed.tarball], { scripts: true }));
  const { files, size, unpackedSize } = packed;
  t.diagnostic(
    `tarball: ${files.length} files, ${(size / 1e6).toFixed(2)} MB, unpacked ${(unpackedSize / 1e6).toFixed(1)} MB`,
  );
  t.diagnostic(`installed: ${Math.round((await sizeOf(installed.folder)) / 1e6)} MB`);
  for (const { name, folder } of nodes)
    await t.test(name, async () => {
      await answers(installed, folder);
      // Each starts from nothing.
      await rm(path.join(installed.folder, '.data'), { recursive: true, force: true });
    });
});

test(
  'without install scripts it answers on Node 22 and 24, and says elsewhere what to do',
  { skip },
  async (t) => {
    const installed = await kept(install([packed.tarball], { scripts: false }));
    t.diagnostic(`installed: ${Math.round((await sizeOf(installed.folder)) / 1e6)} MB`);
    for (const { name, folder } of nodes)
      await t.test(name, async () => {
        const version = (await installed.run(['node', '-p', 'process.versions.node'], { node: folder })).out;
        if (Number.parseInt(version, 10) >= 22) return answers(installed, folder);
        const { code, error } = await installed.run(['npx', 'routestitch', '--help'], { node: folder });
        assert.equal(code, 1);
        const remedy = /run `(npm install \S+)`/.exec(error)?.[1];
        assert.ok(remedy, error);
        // What it says is what helps.
        const mended = await installed.run([...remedy.split(' '), '--ignore-scripts'], { node: folder });
        assert.equal(mended.code, 0, mended.error);
        return answers(installed, folder);
      });
  },
);

test('a user without rights installs and asks', { skip: skip || process.getuid?.() !== 0 }, async () => {
  const installed = await kept(install([packed.tarball], { scripts: true, as: nobody }));
  await answers(installed, machineNode());
});

test('threads, the process of an import and the page run below node_modules', { skip }, async (t) => {
  const queries = { queries: [{ from: 'A', to: 'C', departure: '2026-12-01T07:00' }] };
  const files = { 'queries.json': JSON.stringify(queries) };
  const installed = await kept(install([packed.tarball], { scripts: false, files }));
  const feed = await fileFeed(zipOf(smallFeed));
  opened.push(feed);
  for (const { name, folder: node } of nodes.slice(1))
    await t.test(name, async () => {
      const asked = { origin: 'Noida', destination: 'Bangalore' };
      const serving = await installed.run(
        [path.join('node_modules', '.bin', 'routestitch'), 'serve', '--json'],
        {
          node,
          env: { PORT: '0', HOST: '127.0.0.1', SEARCH_WORKERS: '2', LOG_LEVEL: 'silent' },
          until: async (said) => {
            const url = /"url":"([^"]+)"/.exec(said)?.[1];
            if (url === undefined) return false;
            assert.match(await (await fetch(url)).text(), /<script type="module"/);
            const answer = await fetch(`${url}/api/v1/search`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(asked),
            });
            assert.ok(((await answer.json()) as SearchResponse).routes.length > 0);
            return true;
          },
        },
      );
      assert.equal(serving.code, 0, serving.error);
      const imported = await installed.run(
        ['npx', 'routestitch', 'network', 'import', feed.location, '--roll-calendar', '--json'],
        { node },
      );
      assert.equal(imported.code, 0, imported.error);
      const batch = await installed.run(
        [
          'npx',
          'routestitch',
          'batch',
          '--gtfs',
          feed.location,
          '--queries',
          'queries.json',
          '--workers',
          '2',
        ],
        { node },
      );
      assert.equal(batch.code, 0, batch.error);
      assert.match(batch.out, /"arrival": *"2026-12-01T10:00/);
    });
});

/** Exact, as everything in this project. */
const nextApp = [
  'next@16.4.6',
  'react@19.3.1',
  'react-dom@19.3.1',
  'typescript@5.9.3',
  '@types/react@19.3.3',
  '@types/node@24.10.1',
];
const layout = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html><body>{children}</body></html>;
}
`;

test('an app of Next.js 16, as docs/embedding.md shows it', { skip }, async (t) => {
  const installed = await kept(install([packed.tarball, ...nextApp], { scripts: false }));
  const db = await testDatabase();
  opened.push({ remove: () => db.drop() });
  const shown = await documentedFiles('docs/embedding.md');
  for (const [name, text] of Object.entries({ ...shown, 'app/layout.tsx': layout })) {
    const file = path.join(installed.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const node = nodes.find(({ name }) => name === 'Node 22')!.folder;
  const env = { DATABASE_URL: db.ownerUrl, NEXT_TELEMETRY_DISABLED: '1' };
  const script = await installed.run(['node', 'trip.mjs'], { node, env });
  assert.match(script.out, /2027-01-15 PARTIALLY_BOOKED/, script.error);
  const built = await installed.run(['npx', 'next', 'build'], { node, env });
  assert.equal(built.code, 0, built.out + built.error);
  let seen = '';
  const served = await installed.run(
    [path.join('node_modules', '.bin', 'next'), 'start', '-p', '0', '-H', '127.0.0.1'],
    {
      node,
      env,
      until: async (said) => {
        const url = /Local:\s+(http:\S+)/.exec(said)?.[1];
        if (url === undefined || !said.includes('Ready')) return false;
        seen = await askNext(url);
        return true;
      },
    },
  );
  assert.equal(seen, 'asha keeps and books a trip that ravi does not see', served.out + served.error);
  t.diagnostic(`Next.js: ${Math.round((await sizeOf(installed.folder)) / 1e6)} MB with the app`);
});

async function askNext(url: string): Promise<string> {
  // oxlint-disable-next-line typescript/no-explicit-any -- judged below
  const ask = async (user: string, method: string, address: string, body?: object): Promise<any> => {
    const response = await fetch(`${url}${address}`, {
      method,
      headers: { ...(user ? { 'x-demo-user': user } : {}), 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json() };
  };
  const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
  const input = {
    origin: place,
    destination: { ...place, id: '2', name: 'Agra', lat: 27.2 },
    date: '2027-01-15',
    selectedRoute: { legs: [{ mode: 'bus' }] },
  };
  assert.equal((await ask('', 'GET', '/trips')).status, 401);
  const { id } = (await ask('asha', 'POST', '/trips', input)).body;
  const leg = `/trips/${id}/legs/0`;
  const foreign = await ask('ravi', 'PUT', leg, { platform: 'redBus' });
  assert.deepEqual([foreign.status, foreign.body.code], [404, 'NOT_FOUND']);
  assert.equal((await ask('asha', 'PUT', leg, { platform: 'redBus', cost: 45_000 })).body.isBooked, true);
  assert.equal((await ask('asha', 'PUT', leg, { cost: 'much' })).status, 400);
  assert.deepEqual((await ask('ravi', 'GET', '/trips')).body.trips, []);
  const [kept] = (await ask('asha', 'GET', '/trips')).body.trips;
  assert.deepEqual([kept.id, kept.status], [id, 'FULLY_BOOKED']);
  return 'asha keeps and books a trip that ravi does not see';
}
