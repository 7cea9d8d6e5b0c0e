import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import type { BackupFile } from './contract.ts';
import { makeKey, readIdentities } from './keys.ts';
import { checkFile, openSealed, writeSealed } from './sealedFile.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-sealed-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const key = path.join(folder, 'key');
const recipient = await makeKey(key, new Date());
const identities = await readIdentities(key);
/** Several of the format's chunks of 64 KiB, and a part of one. */
const text = Buffer.alloc(300_001, 'a trip to Agra ');
const inChunks = () =>
  Readable.from(Array.from({ length: 31 }, (_, n) => text.subarray(n * 10_000, (n + 1) * 10_000)));

let files = 0;
const seal = (recipients: readonly string[], source: Readable = inChunks()): Promise<BackupFile> =>
  writeSealed(source, path.join(folder, `file${++files}`), recipients);

test('sealed to a key, it is read by that key, hashed as it lies, and for its owner’s eyes', async () => {
  const file = await seal([recipient]);
  const lies = readFileSync(path.join(folder, file.name));
  assert.equal(file.bytes, lies.length);
  assert.match(lies.toString('latin1'), /^age-encryption.org\/v1/);
  assert.ok(!lies.includes('a trip to Agra'));
  assert.equal(statSync(path.join(folder, file.name)).mode & 0o777, 0o600);
  assert.equal(statSync(key).mode & 0o777, 0o600);
  await checkFile(folder, file);
  assert.deepEqual(await buffer(await openSealed(folder, file, [recipient], identities)), text);
  assert.equal(createHash('sha256').update(lies).digest('hex'), file.sha256);
});

test('one flipped bit anywhere is seen by the hash, and by the encryption itself', async () => {
  const file = await seal([recipient]);
  const where = path.join(folder, file.name);
  const whole = readFileSync(where);
  for (const at of [0, 30, 100, 170, 250, whole.length >> 1, whole.length - 1]) {
    const flipped = Buffer.from(whole);
    flipped[at]! ^= 1;
    writeFileSync(where, flipped);
    await assert.rejects(checkFile(folder, file), { code: 'UNPROCESSABLE' }, `hash, byte ${at}`);
    const read = async () => buffer(await openSealed(folder, file, [recipient], identities));
    await assert.rejects(read(), `encryption, byte ${at}`);
  }
  writeFileSync(where, whole);
  truncateSync(where, whole.length - (whole.length % 65_552) || whole.length - 1);
  await assert.rejects(checkFile(folder, file), /damaged/);
  await assert.rejects(async () => buffer(await openSealed(folder, file, [recipient], identities)));
});

test('another key and no key are refused by name', async () => {
  const file = await seal([recipient]);
  const otherKey = path.join(folder, 'other');
  await makeKey(otherKey, new Date());
  const open = (keys: readonly string[]) => openSealed(folder, file, [recipient], keys);
  await assert.rejects(open(await readIdentities(otherKey)), {
    code: 'UNPROCESSABLE',
    message: /does not open/,
  });
  await assert.rejects(open([]), { code: 'UNPROCESSABLE', message: new RegExp(recipient) });
  await assert.rejects(makeKey(otherKey, new Date()), /must not be overwritten/);
});

test('to several keys: each opens it; to none: it lies open', async () => {
  const second = path.join(folder, 'second');
  const also = await makeKey(second, new Date());
  const file = await seal([recipient, also]);
  for (const keys of [identities, await readIdentities(second)])
    assert.deepEqual(await buffer(await openSealed(folder, file, [recipient, also], keys)), text);
  const open = await seal([]);
  assert.deepEqual(readFileSync(path.join(folder, open.name)), text);
  assert.deepEqual(await buffer(await openSealed(folder, open, [], [])), text);
});

test('a source that fails leaves an error, encrypted or not', async () => {
  const failing = () =>
    Readable.from(
      (async function* () {
        yield text;
        throw new Error('the disk is gone');
      })(),
    );
  for (const recipients of [[], [recipient]])
    await assert.rejects(seal(recipients, failing()), /the disk is gone/);
});

test('files that are no keys are named', async () => {
  const broken = path.join(folder, 'broken');
  for (const content of ['', '# only words\n', 'age1notaprivatekey\n']) {
    writeFileSync(broken, content);
    await assert.rejects(readIdentities(broken), /is not a key file/);
  }
  await assert.rejects(readIdentities(path.join(folder, 'absent')), /cannot be read: ENOENT/);
  await assert.rejects(seal(['age1qqqqqqqqqqqqqqqqqqqqqqqqqq']), /BACKUP_RECIPIENT/);
});
