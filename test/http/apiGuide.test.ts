/** docs/api.md: its programs compile strictly and run against the real server, its codes are those that there are. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type ErrorCode, errorKinds } from '../../src/errors.ts';
import { createSignInLink } from '../../src/features/accounts/index.ts';
import { createApp } from '../../src/http/app.ts';
import { problemGuide } from '../../src/http/problemGuide.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { documentedFiles } from '../package/documented.ts';
import { compile, repository } from '../package/folder.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';

const run = promisify(execFile);
const programs = await documentedFiles('docs/api.md');

let opened: TestApp;
let server: RunningServer;
let base: string;
let folder: string;
before(async () => {
  opened = await openTestApp();
  server = await listen(createApp(await withSignIn(opened)).fetch, { port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${server.port}`;
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-api-guide-'));
  await copyFile(
    path.join(repository, 'clients/typescript/routestitch.ts'),
    path.join(folder, 'routestitch.ts'),
  );
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(programs)) await writeFile(path.join(folder, name), text);
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server.close();
  await opened.close();
});

async function program(name: string, environment: Record<string, string> = {}): Promise<string> {
  const env = { ...process.env, ROUTESTITCH: base, ...environment };
  return (await run(process.execPath, [path.join(folder, name)], { env })).stdout;
}

test('the programs compile strictly', async () => {
  assert.deepEqual(Object.keys(programs), ['search.ts', 'client.ts', 'sign-in.ts', 'trips.ts']);
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'nodenext',
    allowImportingTsExtensions: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [path.join(repository, 'node_modules/@types')],
  };
  const files = Object.keys(programs);
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  await compile(folder);
});

test('a search says its routes, whose timetable it is and what is left', async () => {
  const lines = (await program('search.ts')).trim().split('\n');
  assert.match(lines[0]!, /^[a-z_]+( \+ [a-z_]+)* \d+ [\d.]+$/);
  assert.deepEqual(lines.slice(-2), ['a sample timetable', 'searches left this minute: 59']);
});

test('the client finds a place by its Hindi name and tells a refusal', async () => {
  const [place, refusal] = (await program('client.ts')).trim().split('\n');
  assert.match(place!, /^Bengaluru/);
  assert.match(refusal!, /^PLACE_NOT_FOUND .* null$/);
});

test('a program signs in by the link of the mail, once', async () => {
  const { token } = await createSignInLink(
    opened.db.service,
    { email: 'asha@example.org', address: '127.0.0.1' },
    'secret',
  );
  const link = { SIGN_IN_LINK: `${base}/auth/confirm?token=${token}` };
  assert.equal((await program('sign-in.ts', link)).trim(), '303 rs.session asha@example.org');
  await assert.rejects(program('sign-in.ts', link));
});

test('a trip is kept once by its key, sent again only when it has changed, and paged', async () => {
  const { cookie } = await signIn(opened.db.service, 'ravi@example.org');
  const told = await program('trips.ts', { ROUTESTITCH_SESSION: cookie });
  assert.deepEqual(told.trim().split('\n'), ['once: true true', 'unchanged: 304', 'trips: 1']);
});

test('every code stands in the table, with its status and what it means', async () => {
  const text = await readFile(path.join(repository, 'docs/api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([A-Z_]+)`\s+\| (\d+)\s+\| (.+?)\s+\| (.+?)\s+\|$/gm)];
  assert.deepEqual(
    rows.map(([, code, status, meaning, remedy]) => [code, Number(status), meaning, remedy]),
    (Object.keys(errorKinds) as ErrorCode[]).map((code) => [
      code,
      errorKinds[code].status,
      problemGuide[code].meaning,
      problemGuide[code].remedy,
    ]),
  );
});
