import { lookup } from 'node:dns/promises';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../errors.ts';
import { newId } from '../units/ids.ts';
import { Drain } from './drain.ts';
import { securityHeaderList } from './middleware/securityHeaders.ts';
import { problemAnswer } from './problem.ts';

export interface RunningServer {
  readonly port: number;
  /** Requests without an answer yet. */
  underWay(): number;
  /** Stops as {@link Drain.stop} does; default: after 7 s what is left is cut. */
  close(graceMs?: number): Promise<void>;
}

/** Of the 10 s that a supervisor waits; the rest is for what must still be written. */
const GRACE_MS = 7000;
/** Slow senders of headers or bodies hold a connection no longer than this. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const OPTIONS = {
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: 65_000,
  requireHostHeader: false, // refused by `unreadable`
};

/**
 * Listens on `host:port` (0: any free port), on every address of the name: a browser may take `localhost` for
 * 127.0.0.1 or for ::1. Throws `UNAVAILABLE` when the port is taken or not allowed.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port, host, publicUrl }: { port: number; host: string; publicUrl?: string | undefined },
): Promise<RunningServer> {
  const listener = getRequestListener(fetch, { errorHandler: (error) => unreadable(error, publicUrl) });
  const answer = (request: IncomingMessage, response: ServerResponse): void =>
    void listener(request, response);
  const drains: Drain[] = [];
  let bound = port;
  for (const address of await addressesOf(host)) {
    const server = createServer(OPTIONS, answer);
    // What Node would answer by itself has none of our headers.
    server.on('checkExpectation', answer);
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket, publicUrl));
    const error = await start(server, bound, address);
    if (!error) {
      drains.push(new Drain(server));
      bound = (server.address() as AddressInfo).port;
    } else if (error.code !== 'EADDRNOTAVAIL') {
      // A name may have an address, ::1, that this machine does not serve; any other fault is one.
      await Promise.all(drains.map((drain) => drain.stop(0)));
      throw listenError(error, host, bound);
    }
  }
  if (drains.length === 0) throw listenError({ code: 'EADDRNOTAVAIL' }, host, port);
  return {
    port: bound,
    underWay: () => drains.reduce((sum, drain) => sum + drain.underWay, 0),
    close: async (graceMs = GRACE_MS) => void (await Promise.all(drains.map((drain) => drain.stop(graceMs)))),
  };
}

/** What came is no request that a route could be asked for: a wrong address or host. */
function unreadable(error: unknown, publicUrl: string | undefined): Response {
  const bad = error instanceof Error && error.name === 'RequestError';
  const { status, headers, body } = secured(
    bad
      ? new AppError('INVALID_REQUEST', `The request line or the Host header is not valid: ${error.message}`)
      : new AppError('INTERNAL', 'It was not your fault; try again', { cause: error }),
    publicUrl,
  );
  return new Response(body, { status, headers });
}

/** What came is no HTTP: answered where an answer can still be read, and the connection is over. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex, publicUrl: string | undefined): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const { status, headers, body } = secured(
    large
      ? new AppError('PAYLOAD_TOO_LARGE', 'The headers are larger than 16 KiB')
      : new AppError('INVALID_REQUEST', 'This is no HTTP request, or it did not arrive in time'),
    publicUrl,
  );
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** The answer to what no middleware has seen. */
function secured(error: AppError, publicUrl: string | undefined): ReturnType<typeof problemAnswer> {
  const requestId = newId();
  const { headers, ...rest } = problemAnswer(error, requestId);
  const security = Object.fromEntries(securityHeaderList(publicUrl));
  return { ...rest, headers: { ...headers, ...security, 'X-Request-Id': requestId } };
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return [...new Set((await lookup(host, { all: true })).map(({ address }) => address))];
  } catch (error) {
    if (host === 'localhost') return ['127.0.0.1'];
    throw listenError({ code: 'EADDRNOTAVAIL', cause: error }, host, 0);
  }
}

const start = (server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(null));
  });

function listenError(error: Partial<NodeJS.ErrnoException>, host: string, port: number): AppError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken: stop the other process or set PORT`,
    EACCES: `Port ${port} may not be used by this user: set PORT to 1024 or more`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST`,
  };
  return new AppError('UNAVAILABLE', reasons[error.code ?? ''] ?? `Cannot listen: ${error.message}`, {
    cause: error,
  });
}
