/** OpenTelemetry by `--import`, against a collector on this machine: spans come, and nothing of a person in them. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '../support/database.ts';
import { startServe } from '../support/serveProcess.ts';
import { drill } from './sizes.ts';

const hook = path.resolve(import.meta.dirname, '../../ops/telemetry/opentelemetry.mjs');
const installed = (): boolean => {
  try {
    createRequire(hook).resolve('@opentelemetry/sdk-node');
    return true;
  } catch {
    return false;
  }
};

test(
  'spans of requests and statements reach the collector without addresses and queries',
  {
    skip: drill ? (installed() ? false : 'the packages of ops/telemetry are not installed') : 'a drill',
    timeout: 120_000,
  },
  async () => {
    const bodies: string[] = [];
    const collector = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString('latin1')));
      request.on('end', () => {
        bodies.push(body);
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => collector.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const db = await testDatabase();
    const server = await startServe({
      databaseUrl: db.ownerUrl,
      flags: ['--import', hook],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_SERVICE_NAME: 'routestitch',
        OTEL_BSP_SCHEDULE_DELAY: '200',
      },
    });
    try {
      const asked = `http://127.0.0.1:${server.port}/api/v1/search?origin=Delhi&destination=Jaipur&secret=canary`;
      await (
        await fetch(asked, { headers: { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'canary-agent' } })
      ).text();
      const told = (): string => bodies.join('\n');
      for (let turn = 0; turn < 100 && !told().includes('GET'); turn++) await sleep(100);
      await sleep(1000);
      assert.match(told(), /routestitch/);
      assert.match(told(), /GET/);
      assert.match(told(), /pg\.query|pg-pool/);
      assert.doesNotMatch(told(), /canary|203\.0\.113\.77|Jaipur/);
    } finally {
      await server.stop();
      await db.drop();
      collector.close();
    }
  },
);
