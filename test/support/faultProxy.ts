/** A TCP proxy that does to its connections what networks and servers do on bad days. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

export const networkFaults = ['latency', 'blackhole', 'reset', 'slicer', 'limit data', 'down'] as const;
export type NetworkFault = (typeof networkFaults)[number];

const LATENCY_MS = 2000;
const SLICE_BYTES = 16;
/** A connection gets past signing in, and ends within an answer. */
const LIMIT_BYTES = 4000;

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Says nothing any more, for ever: what the network lost does not come back. */
  lost: boolean;
}

export class FaultProxy {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  #listener: Server | undefined;
  #port = 0;
  #fault: NetworkFault | null = null;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
  }

  static async before(target: { host: string; port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** The same database through this proxy. */
  through(url: string): string {
    const parsed = new URL(url);
    parsed.hostname = '127.0.0.1';
    parsed.port = String(this.#port);
    return parsed.href;
  }

  async begin(fault: NetworkFault): Promise<void> {
    this.#fault = fault;
    for (const pair of this.#pairs) {
      if (fault === 'blackhole') pair.lost = true;
      if (fault === 'reset') pair.client.resetAndDestroy();
      if (fault === 'down') pair.client.destroy();
    }
    if (fault === 'down') await this.#shut();
  }

  async heal(): Promise<void> {
    const wasDown = this.#fault === 'down';
    this.#fault = null;
    if (wasDown) await this.#listen();
  }

  async close(): Promise<void> {
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.destroy();
    await this.#shut();
  }

  async #listen(): Promise<void> {
    this.#listener = createServer((client) => this.#join(client)).listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  async #shut(): Promise<void> {
    if (!this.#listener?.listening) return;
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #join(client: Socket): void {
    if (this.#fault === 'reset') {
      client.on('error', () => {}).resetAndDestroy();
      return;
    }
    const pair = { client, server: connect(this.#target), lost: this.#fault === 'blackhole' };
    this.#pairs.add(pair);
    void this.#carry(pair, client, pair.server);
    void this.#carry(pair, pair.server, client);
    client
      .on('error', () => {})
      .once('close', () => {
        this.#pairs.delete(pair);
        pair.server.destroy(); // also of a lost one: its host noticed, in the end
      });
    pair.server
      .on('error', () => {})
      .once('close', () => {
        if (!pair.lost) client.destroy();
      });
  }

  async #carry(pair: Pair, from: Socket, to: Socket): Promise<void> {
    let bytes = 0;
    const downstream = to === pair.client;
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        if (pair.lost) continue;
        if (this.#fault === 'latency' && downstream) await sleep(LATENCY_MS);
        if (this.#fault === 'slicer') await slice(chunk, to);
        else to.write(chunk);
        if (this.#fault === 'limit data' && downstream && (bytes += chunk.length) > LIMIT_BYTES) to.destroy();
      }
      if (!pair.lost) to.end();
    } catch {
      if (!pair.lost) to.destroy();
    }
  }
}

async function slice(chunk: Buffer, to: Socket): Promise<void> {
  for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
    to.write(chunk.subarray(at, at + SLICE_BYTES));
    await turn();
  }
}
