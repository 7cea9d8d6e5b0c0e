import { lookup } from 'node:dns/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../errors.ts';
import { newId } from '../units/ids.ts';
import { securityHeaderList } from './middleware/securityHeaders.ts';
import { problemOf } from './problem.ts';

export interface RunningServer {
  readonly port: number;
  /** Stops taking requests, lets those under way finish for at most 10 s, then cuts the rest. */
  close(): Promise<void>;
}

const GRACE_MS = 10_000;
/** Slow senders of headers or bodies hold a connection no longer than this. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/**
 * Listens on `host:port` (0: any free port), on every address of the name: a browser may take `localhost` for
 * 127.0.0.1 or for ::1. Throws `UNAVAILABLE` when the port is taken or not allowed.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port, host }: { port: number; host: string },
): Promise<RunningServer> {
  const listener = getRequestListener(fetch, { errorHandler: unreadable });
  const servers: Server[] = [];
  let bound = port;
  for (const address of await addressesOf(host)) {
    const server = createServer(
      { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 65_000 },
      (request, response) => void listener(request, response),
    );
    const error = await start(server, bound, address);
    if (!error) {
      servers.push(server);
      bound = (server.address() as AddressInfo).port;
    } else if (error.code !== 'EADDRNOTAVAIL') {
      // A name may have an address, ::1, that this machine does not serve; any other fault is one.
      await Promise.all(servers.map(close));
      throw listenError(error, host, bound);
    }
  }
  if (servers.length === 0) throw listenError({ code: 'EADDRNOTAVAIL' }, host, port);
  return { port: bound, close: async () => void (await Promise.all(servers.map(close))) };
}

/** What came is no request that a route could be asked for: a wrong address or host. */
function unreadable(error: unknown): Response {
  const bad = error instanceof Error && error.name === 'RequestError';
  const requestId = newId();
  const response = problemOf(
    bad
      ? new AppError('INVALID_REQUEST', `The request line or the Host header is not valid: ${error.message}`)
      : new AppError('INTERNAL', 'It was not your fault; try again', { cause: error }),
    requestId,
  );
  for (const [name, value] of [...securityHeaderList(undefined), ['X-Request-Id', requestId] as const])
    response.headers.set(name, value);
  return response;
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

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(cut);
}
