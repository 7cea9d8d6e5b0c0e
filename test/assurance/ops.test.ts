/** The files of `ops/`: read by the programs that they are for, where those are at hand. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { validate } from 'dockerfile-utils';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { openTestApp } from '../support/httpApp.ts';

const ops = path.resolve(import.meta.dirname, '../../ops');
const nginx = '/usr/sbin/nginx';
const read = (name: string): string => readFileSync(path.join(ops, name), 'utf8');

test('the Dockerfile has no fault that its linter knows, and the linter finds one', () => {
  const text = read('docker/Dockerfile');
  assert.deepEqual(validate(text), []);
  assert.ok(validate(text.replace('WORKDIR /app', 'WORKDR /app')).length > 0);
  assert.match(text, /^USER node$/m);
  assert.doesNotMatch(text, /^ADD |:latest/m);
  // What it copies is there.
  for (const [, sources] of text.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const source of sources!.split(' ')) assert.ok(existsSync(path.join(ops, '..', source)), source);
});

test('compose: every setting is one that is read, no secret stands in it, nothing is published but the proxy', () => {
  const text = read('docker/compose.yml');
  const known = readFileSync(path.join(ops, '../.env.example'), 'utf8');
  const app = text.slice(text.indexOf('environment: &environment'), text.indexOf('stop_grace_period: 20s'));
  const names = [...app.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name!);
  assert.ok(names.length >= 9);
  for (const name of names) assert.match(known, new RegExp(`^${name}=`, 'm'), name);
  assert.equal([...text.matchAll(/^\s+ports:/gm)].length, 1);
  for (const [, value] of text.matchAll(/(?:PASSWORD|SECRET): (.+)$/gm)) assert.match(value!, /^\$\{/);
});

test(
  'systemd reads the unit without a complaint',
  { skip: existsSync('/usr/bin/systemd-analyze') ? false : 'no systemd-analyze' },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-unit-'));
    try {
      // The program is not installed here; everything else is as it will be.
      const unit = read('systemd/routestitch.service').replaceAll(
        '/opt/routestitch/bin/routestitch',
        '/bin/true',
      );
      const file = path.join(folder, 'routestitch.service');
      writeFileSync(file, unit);
      const verify = (): string =>
        spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
          .stderr.split('\n')
          .filter((line) => line.includes('routestitch.service'))
          .join('\n');
      assert.equal(verify(), '');
      writeFileSync(file, unit.replace('ProtectSystem=strict', 'ProtectSytem=strict'));
      assert.match(verify(), /ProtectSytem/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test(
  'nginx reads its part, and passes on whom it hears, whatever the client claims',
  { skip: existsSync(nginx) ? false : 'apt-get install nginx-light to run this', timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-nginx-'));
    const opened = await openTestApp({ TRUSTED_PROXIES: '1' });
    const { limits: _, ...services } = opened.services;
    const seen: (string | undefined)[] = [];
    const app = createApp(services);
    const server = await listen(
      (request) => {
        seen.push(request.headers.get('x-forwarded-for') ?? undefined);
        return app.fetch(request);
      },
      { port: 0, host: '127.0.0.1' },
    );
    const port = await freePort();
    const part = read('proxy/nginx.conf')
      .replace('server 127.0.0.1:3000', `server 127.0.0.1:${server.port}`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`);
    const file = path.join(folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
      .join(' ');
    writeFileSync(
      file,
      `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${temporary}\n${part} }`,
    );
    const checked = spawnSync(nginx, ['-t', '-c', file], { encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stderr);
    const child = spawn(nginx, ['-c', file], { stdio: 'ignore' });
    try {
      const ask = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
        fetch(`http://127.0.0.1:${port}${url}`, { headers });
      for (let turn = 0; turn < 100 && !(await ask('/').catch(() => null)); turn++) await sleep(50);
      const answer = await ask('/api/v1/places?q=delhi', { 'x-forwarded-for': '203.0.113.9' });
      assert.equal(answer.status, 200);
      assert.match(
        answer.headers.get('x-request-id') ?? '',
        /^[0-9a-f]{32}$/,
        'nginx made it and it was believed',
      );
      assert.equal(seen.at(-1), '127.0.0.1');
      for (const shut of ['/metrics', '/readyz', '/livez']) assert.equal((await ask(shut)).status, 404, shut);
      await server.close();
      assert.equal((await ask('/api/v1/places?q=delhi')).status, 502, 'it waits for nobody');
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await server.close(0);
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
