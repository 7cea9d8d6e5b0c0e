/** `npm run assurance [name…]`: the tests of this folder at full size, one file after the other. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const names = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter(
    (name) =>
      name.endsWith('.test.ts') && (names.length === 0 || names.some((part) => name.startsWith(part))),
  )
  .map((name) => path.join(import.meta.dirname, name));
if (files.length === 0) {
  process.stderr.write(`No drill is called ${names.join(' or ')}.\n`);
  process.exit(2);
}
const setup = path.resolve(import.meta.dirname, '../support/globalSetup.ts');
const run = spawn(
  process.execPath,
  ['--test', '--test-concurrency=1', `--test-global-setup=${setup}`, ...files],
  { stdio: 'inherit', env: { ...process.env, ROUTESTITCH_DRILL: '1' } },
);
run.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
