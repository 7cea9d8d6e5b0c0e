/** How a server stops: nobody who was let in goes without an answer. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/**
 * A client that keeps a connection open may be sending at this moment: it is told to close with its next answer, and
 * closed when it has said nothing for so long.
 */
const QUIET_MS = 1000;
const LOOK_MS = 20;

/** What is open on one server, and what has no answer yet. */
export class Drain {
  readonly #server: Server;
  readonly #underWay = new Set<ServerResponse>();
  /** When each last said something or was answered. */
  readonly #sockets = new Map<Socket, number>();
  #draining = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.set(socket, performance.now());
      socket.once('close', () => this.#sockets.delete(socket));
    });
    // Before the application sees it, whose headers are then written with this one.
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#underWay.add(response);
      response.once('close', () => {
        this.#underWay.delete(response);
        if (this.#sockets.has(socket)) this.#sockets.set(socket, performance.now());
      });
      if (this.#draining) response.setHeader('Connection', 'close');
    });
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /**
   * Takes no new connections, answers what comes on those that are open, each the last time, and closes them; cuts
   * what is left after `graceMs`. (`Server.close` would close idle connections at once, with the requests that their
   * clients have sent meanwhile.)
   */
  async stop(graceMs: number): Promise<void> {
    const started = performance.now();
    // Who is connected already and only waits to be taken in is taken in: right after a look at all sockets.
    await turn();
    await turn();
    const closed = new Promise<void>((resolve) => {
      NetServer.prototype.close.call(this.#server, () => resolve());
    });
    this.#draining = true;
    for (const response of this.#underWay)
      if (!response.headersSent) response.setHeader('Connection', 'close');
    while (this.#sockets.size > 0 && performance.now() - started < graceMs) {
      await sleep(LOOK_MS);
      this.#closeQuiet();
    }
    for (const socket of this.#sockets.keys()) socket.destroy();
    await closed;
  }

  #closeQuiet(): void {
    const busy = new Set([...this.#underWay].map(({ req }) => req.socket));
    for (const [socket, since] of this.#sockets)
      if (!busy.has(socket) && performance.now() - since >= QUIET_MS) socket.destroySoon();
  }
}
