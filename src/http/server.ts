import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../errors.ts';

export interface RunningServer {
  readonly port: number;
  /** Stops taking requests, lets those under way finish for at most 10 s, then cuts the rest. */
  close(): Promise<void>;
}

const GRACE_MS = 10_000;
/** Slow senders of headers or bodies hold a connection no longer than this. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** Listens on `host:port` (0: any free port). Throws `UNAVAILABLE` when the port is taken or not allowed. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { port, host }: { port: number; host: string },
): Promise<RunningServer> {
  const listener = getRequestListener(fetch);
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 65_000 },
    (request, response) => void listener(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { port: address.port, close: () => close(server) };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
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
