/**
 * Load from a process of its own, over bare sockets so that it costs little beside the server: `connections` that stay
 * open, each of which asks again as soon as its answer is there (closed loop). Answers what it saw.
 */
import { connect, type Socket } from 'node:net';
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

export interface Order {
  readonly port: number;
  readonly connections: number;
  readonly ms: number;
  /** Whole requests but for the blank line, which are sent by turns. */
  readonly requests: readonly string[];
  /**
   * Lines that say who asks; each goes with the next request. More of them than requests: the turns of both differ, so
   * that in the end everybody asks everything.
   */
  readonly visitors: readonly string[];
  /** Where in both lists to begin. */
  readonly from: number;
}

export interface Load {
  readonly perSecond: number;
  readonly answers: number;
  /** Other than 200. */
  readonly refusals: number;
  /** Milliseconds until the whole answer was there. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Bytes of bodies, per answer. */
  readonly bytes: number;
  /** Share of one core that this process used. */
  readonly busy: number;
}

interface Tally {
  readonly times: RecordableHistogram;
  answers: number;
  refusals: number;
  bytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

async function load(order: Order): Promise<Load> {
  const { connections, ms, requests, visitors } = order;
  const tally: Tally = { times: createHistogram(), answers: 0, refusals: 0, bytes: 0 };
  let at = order.from;
  const next = (): string => {
    const text = `${requests[at % requests.length]}\r\n${visitors[at % visitors.length]}\r\n\r\n`;
    at += 1;
    return text;
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const end = started + ms;
  await Promise.all(Array.from({ length: connections }, () => askInTurn(order.port, next, end, tally)));
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const { times, answers, refusals, bytes } = tally;
  return {
    perSecond: (answers / took) * 1000,
    answers,
    refusals,
    p50: times.percentile(50) / 1000,
    p99: times.percentile(99) / 1000,
    slowest: times.max / 1000,
    bytes: Math.round(bytes / answers),
    busy: (user + system) / 1000 / took,
  };
}

/** One connection until `end`. */
function askInTurn(port: number, next: () => string, end: number, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let asked = 0;
    let got = Buffer.alloc(0);
    /** Bytes of the answer that are still to come; null before its head is whole. */
    let left: number | null = null;
    const ask = (): void => {
      asked = performance.now();
      socket.write(next());
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (part) => {
      if (left === null) {
        got = got.length === 0 ? part : Buffer.concat([got, part]);
        const headEnd = got.indexOf(HEAD_END);
        if (headEnd === -1) return;
        const { status, length } = readHead(got.toString('latin1', 0, headEnd));
        if (status !== '200') tally.refusals += 1;
        tally.bytes += length;
        left = length - (got.length - headEnd - HEAD_END.length);
        got = Buffer.alloc(0);
      } else left -= part.length;
      if (left > 0) return;
      left = null;
      tally.answers += 1;
      const now = performance.now();
      tally.times.record(Math.max(1, Math.round((now - asked) * 1000)));
      if (now < end) ask();
      else socket.end();
    });
  });
}

function readHead(head: string): { status: string; length: number } {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer without its length: ${head}`);
  return { status: head.slice(9, 12), length: Number(length) };
}

process.on('message', (order: Order) => {
  void load(order).then(
    (seen) => process.send?.({ seen }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
