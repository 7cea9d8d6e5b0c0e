import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { packFolder, unpackTo } from './tar.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-tar-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const fresh = (name: string): string => {
  const made = path.join(folder, name);
  mkdirSync(made);
  return made;
};

/** Around the block of 512 bytes, empty, and larger than one read. */
const sizes = [0, 1, 511, 512, 513, 1_000_000];
const source = fresh('source');
mkdirSync(path.join(source, 'data/base/5'), { recursive: true });
for (const size of sizes)
  writeFileSync(path.join(source, 'data/base/5', String(size)), Buffer.alloc(size, size % 251));
mkdirSync(path.join(source, 'data/pg_notify'));

const contents = (root: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(root, file), entry.isDirectory() ? 'folder' : readFileSync(file, 'latin1')];
    }),
  );

test('what is unpacked is what was packed, in chunks of any size', async () => {
  const packed = await buffer(packFolder(source));
  for (const size of [1000, 512, 1 << 20]) {
    const target = fresh(`target${size}`);
    const chunks = Array.from({ length: Math.ceil(packed.length / size) }, (_, n) =>
      packed.subarray(n * size, (n + 1) * size),
    );
    await unpackTo(target, Readable.from(chunks) as AsyncIterable<Buffer>);
    assert.deepEqual(contents(target), contents(source));
  }
});

test('tar itself opens it, and what tar packs is opened', async () => {
  const target = fresh('by-tar');
  execFileSync('tar', ['-x', '-C', target], { input: await buffer(packFolder(source)) });
  assert.deepEqual(contents(target), contents(source));
  const ours = fresh('from-tar');
  const packed = execFileSync('tar', ['--format=ustar', '-c', '-C', source, 'data'], { maxBuffer: 1 << 24 });
  await unpackTo(ours, Readable.from([packed]) as AsyncIterable<Buffer>);
  assert.deepEqual(contents(ours), contents(source));
});

test('names that lead out of the folder, links and torn archives are refused', async () => {
  const refused = async (packed: Buffer) =>
    assert.rejects(unpackTo(fresh(crypto.randomUUID()), Readable.from([packed]) as AsyncIterable<Buffer>), {
      code: 'UNPROCESSABLE',
    });
  const packed = await buffer(packFolder(source));
  const named = (name: string): Buffer => {
    const changed = Buffer.from(packed);
    changed.fill(0, 0, 100).write(name, 0);
    changed.write(' '.repeat(8), 148);
    const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return changed;
  };
  for (const name of ['../x', '/etc/x', 'a/../../x', 'a//b', '..']) await refused(named(name));
  await unpackTo(fresh('harmless'), Readable.from([named('harmless')]) as AsyncIterable<Buffer>);
  for (const length of [100, 512 * 3, packed.length - 1024]) await refused(packed.subarray(0, length));
  const flipped = Buffer.from(packed);
  flipped[110] = 0x39; // in a header
  await refused(flipped);
  const linked = fresh('linked');
  symlinkSync('/etc/passwd', path.join(linked, 'link'));
  await assert.rejects(buffer(packFolder(linked)), /neither a file nor a folder/);
});
