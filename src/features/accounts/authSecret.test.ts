import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { authSecret } from './index.ts';

const given = 'x'.repeat(32);
let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-secret-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('AUTH_SECRET is taken, when it is long enough', async () => {
  const dataDir = path.join(folder, 'given');
  assert.equal(await authSecret({ authSecret: given, publicUrl: 'https://x.org', dataDir }), given);
  await assert.rejects(authSecret({ authSecret: given.slice(1), publicUrl: undefined, dataDir }), {
    code: 'CONFIGURATION',
    message: /too short/,
  });
  await assert.rejects(stat(dataDir), { code: 'ENOENT' });
});

test('a published server needs one of its own', async () => {
  await assert.rejects(authSecret({ authSecret: undefined, publicUrl: 'https://x.org', dataDir: folder }), {
    code: 'CONFIGURATION',
    message: /openssl rand/,
  });
});

test('else one is made once, for its owner’s eyes, however many start at once', async () => {
  const dataDir = path.join(folder, 'made', 'data');
  const source = { authSecret: undefined, publicUrl: undefined, dataDir };
  const secrets = await Promise.all(Array.from({ length: 8 }, () => authSecret(source)));
  assert.equal(new Set(secrets).size, 1);
  assert.ok(secrets[0]!.length >= 43);
  assert.equal(await authSecret(source), secrets[0]);
  const file = path.join(dataDir, 'auth-secret');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal(await readFile(file, 'utf8'), secrets[0]);
  assert.deepEqual(await readdir(dataDir), ['auth-secret']);
  await writeFile(file, 'half');
  await assert.rejects(authSecret(source), { code: 'CONFIGURATION', message: /not whole/ });
});
