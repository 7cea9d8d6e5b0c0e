/** What the product is compared with: Hono over the same Node server, and nothing between a request and its answer. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { RAW_LIST } from '../data/rawList.ts';

/** What the bench gives this process on its command line. */
export interface BareOrder {
  /** Bodies of the product, as files, and how they are encoded; answered at `/bytes/{index}`. */
  readonly files: readonly string[];
  readonly encoding: string | null;
  /** Of the database whose trips are listed at `/list/{userId}`, as the product lists them, but by plain pg. */
  readonly databaseUrl: string;
}

const order = JSON.parse(process.argv[2] ?? '') as BareOrder;
const bodies = order.files.map((file) => new Uint8Array(readFileSync(file)));
const headers: Record<string, string> = { 'content-type': 'application/json' };
if (order.encoding !== null) headers['content-encoding'] = order.encoding;
const pool = new pg.Pool({ connectionString: order.databaseUrl, max: 10 });

const app = new Hono();
app.get('/bytes/:index', (c) => c.body(bodies[Number(c.req.param('index'))]!, 200, headers));
app.get('/list/:userId', async (c) => {
  const { rows } = await pool.query({ name: 'list', text: RAW_LIST, values: [c.req.param('userId')] });
  return c.json({ trips: rows, nextCursor: null });
});

const listener = getRequestListener(app.fetch);
const server = createServer((request, response) => void listener(request, response));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
