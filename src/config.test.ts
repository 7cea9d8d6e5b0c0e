import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { AppError } from './errors.ts';

test('an empty environment is a working configuration', () => {
  const config = readConfig({});
  assert.equal(config.port, 3000);
  assert.equal(config.databaseUrl, undefined);
  assert.ok(path.isAbsolute(config.dataDir));
});

test('every bad variable is named at once', () => {
  assert.throws(
    () => readConfig({ PORT: '70000', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' }),
    (error: unknown) =>
      error instanceof AppError &&
      error.code === 'CONFIGURATION' &&
      ['PORT', 'DATABASE_URL', 'LOG_LEVEL'].every((name) => error.message.includes(name)),
  );
});

test('there is always a thread that searches, and it can be said how many', () => {
  assert.ok(readConfig({}).searchWorkers >= 1);
  assert.equal(readConfig({ SEARCH_WORKERS: '3' }).searchWorkers, 3);
  for (const wrong of ['0', '1.5', 'many'])
    assert.throws(() => readConfig({ SEARCH_WORKERS: wrong }), /SEARCH_WORKERS/);
});

test('blank means not set', () => {
  assert.equal(readConfig({ PORT: '', DATABASE_URL: '' }).port, 3000);
});

test('.env.example names every variable that is read', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'config.ts'), 'utf8');
  const example = readFileSync(path.join(import.meta.dirname, '../.env.example'), 'utf8');
  const read = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1] ?? '');
  assert.ok(read.length >= 8);
  for (const name of read) assert.match(example, new RegExp(`^#? ?${name}=`, 'm'));
});

test('what is needed together is asked for together', () => {
  assert.equal(readConfig({}).mail, undefined);
  assert.equal(readConfig({ SMTP_URL: 'smtp://h', MAIL_FROM: 'a@b.in' }).mail?.from, 'a@b.in');
  const oidc = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
  assert.equal(readConfig(oidc).oidc?.name, 'login.example.org');
  for (const [env, named] of [
    [{ SMTP_URL: 'smtp://h' }, /MAIL_FROM/],
    [{ SMTP_URL: 'mail.example.org', MAIL_FROM: 'a@b.in' }, /SMTP_URL/],
    [{ GOOGLE_CLIENT_ID: 'a' }, /GOOGLE_CLIENT_SECRET/],
    [{ ...oidc, OIDC_CLIENT_SECRET: '' }, /OIDC_CLIENT_SECRET/],
    [{ ...oidc, OIDC_ISSUER: 'http://login.example.org' }, /OIDC_ISSUER/],
  ] as const)
    assert.throws(() => readConfig(env), named);
});
