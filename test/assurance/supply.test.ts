/**
 * F15: what others wrote and we build in. Signatures and advisories need the registry and are asked for by whoever
 * publishes (`npm audit signatures`, `npm audit`); what the files in the repository say is proved here.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}
interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

/** May be given away with our MIT code. */
const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Python-2.0',
]);

const named = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 13);

/** What is wrong with the packages, one sentence each. */
function faultsOf(manifest: Manifest, lock: Lock): string[] {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  const scripted = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => named(place));
  return [
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} may be any of ${version}`),
    ...packages
      .filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))
      .map(([at]) => `${at} has no checksum`),
    ...packages.filter(([, { resolved }]) => resolved).map(([at]) => `${at} names the host of a registry`),
    ...scripted
      .filter((name) => !(name in manifest.allowScripts))
      .map((name) => `${name} runs a script unlisted`),
    ...Object.keys(manifest.allowScripts)
      .filter((name) => !scripted.includes(name))
      .map((name) => `${name} is listed and has no script`),
    ...packages
      .filter(([, { dev, devOptional, license }]) => !dev && !devOptional && !LICENCES.has(license ?? ''))
      .map(([at, { license }]) => `${at} has the licence ${license}`),
  ];
}

const manifest = read('package.json') as Manifest;
const lock = read('package-lock.json') as Lock;
/** The lock with other facts about one package. */
const locked = (facts: Locked): Lock => ({
  packages: { ...lock.packages, 'node_modules/pg': { ...lock.packages['node_modules/pg'], ...facts } },
});

test('F15 every package is exact, has a checksum, names no host, and runs no script that is not listed', (t) => {
  assert.deepEqual(faultsOf(manifest, lock), []);
  t.diagnostic(`${Object.keys(lock.packages).length - 1} packages`);
});

for (const [fault, altered, said] of [
  [
    'a range',
    [{ ...manifest, dependencies: { ...manifest.dependencies, pg: '^8.23.1' } }, lock],
    /may be any of/,
  ],
  ['a checksum lost', [manifest, locked({ integrity: '' })], /no checksum/],
  ['a weak checksum', [manifest, locked({ integrity: 'sha1-abc' })], /no checksum/],
  [
    'the host of a registry',
    [manifest, locked({ resolved: 'https://registry.example/pg.tgz' })],
    /names the host/,
  ],
  ['a new install script', [manifest, locked({ hasInstallScript: true })], /pg runs a script unlisted/],
  [
    'a script that is gone',
    [{ ...manifest, allowScripts: { ...manifest.allowScripts, pg: true } }, lock],
    /no script/,
  ],
  ['another licence', [manifest, locked({ license: 'AGPL-3.0' })], /licence AGPL/],
] as const)
  test(`F15 planted: ${fault}`, () => {
    const faults = faultsOf(altered[0], altered[1]);
    assert.equal(faults.length, 1);
    assert.match(faults[0]!, said);
  });

test('F15 the bill of materials is the same each time and names what is installed with the package', () => {
  interface Bill {
    serialNumber?: string;
    metadata: { timestamp?: string };
    components: readonly { name: string; version: string; purl: string }[];
  }
  const bill = (): Bill => {
    const text = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
    const { serialNumber: _, metadata, ...rest } = JSON.parse(text) as Bill;
    return { ...rest, metadata: { ...metadata, timestamp: '' } };
  };
  const [once, again] = [bill(), bill()];
  assert.deepEqual(once, again);
  const purls = new Set(once.components.map(({ purl }) => purl.replace('%40', '@')));
  for (const [name, version] of Object.entries(manifest.dependencies))
    assert.ok(purls.has(`pkg:npm/${name}@${version}`), name);
});
