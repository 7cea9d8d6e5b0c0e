import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { PassThrough, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { type Mail, mailFields } from './mailer.ts';

/** What a mail server did with a mail of which it was given everything. */
export type HandedOver =
  | { readonly outcome: 'taken'; readonly code: string }
  /** It has not taken it. `permanent`: it never will. */
  | { readonly outcome: 'refused'; readonly permanent: boolean; readonly code: string }
  /** The connection broke after the last dot: it may have taken it. */
  | { readonly outcome: 'unheard' };

/** One connection to a mail server, over which mails are handed one after the other. */
export interface MailLine {
  /**
   * Hands a mail over but for the dot on a line of its own that ends it, without which a server has no mail (RFC 5321,
   * 4.1.1.4). Then `prepare` is waited for, and what it answers is called just before the dot leaves: what it writes and
   * the dot are two system calls, with nothing to compute between them. When `prepare` or that call fails, the
   * connection is cut and the mail is none. Throws `UNAVAILABLE` when the connection fails before the dot.
   */
  hand(mail: Mail, prepare: () => Promise<() => void>): Promise<HandedOver>;
  /** Whether another mail can be handed over it. */
  readonly usable: boolean;
  close(): void;
}

const PATIENCE_MS = 15_000;
/** After the last dot a server may scan the mail first; RFC 5321, 4.5.3.2.6, asks for ten minutes. */
const ANSWER_MS = 120_000;

interface SmtpError extends Error {
  readonly code?: string;
  /** What it answered to. */
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Opens a line. Throws `UNAVAILABLE` when the server does not answer or refuses us. */
export async function openMailLine({ smtpUrl, from }: { smtpUrl: string; from: string }): Promise<MailLine> {
  const [{ default: SMTPConnection }, { default: MailComposer }, { parseConnectionUrl }] = await Promise.all([
    import('nodemailer/lib/smtp-connection/index.js'),
    import('nodemailer/lib/mail-composer/index.js'),
    import('nodemailer/lib/shared/index.js'),
  ]);
  const { auth, ...options } = parseConnectionUrl(smtpUrl);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: ANSWER_MS,
  });
  let usable = true;
  const broken = new EventEmitter();
  const end = (error?: Error): void => {
    if (!usable) return;
    usable = false;
    broken.emit('end', error ?? new Error('The mail server closed the connection'));
  };
  connection.on('error', end);
  connection.on('end', () => end());
  /** What a call back of the connection answers, or its end. */
  const answered = <T>(
    begin: (done: (error: Error | null | undefined, value: T) => void) => void,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      broken.once('end', reject);
      begin((error, value) => {
        broken.off('end', reject);
        if (error) reject(error);
        else resolve(value);
      });
    });
  try {
    await answered<void>((done) => connection.connect((error) => done(error, undefined)));
    // As the pool of `createMailer` does: to a server that takes mail from everybody one does not sign in.
    const { allowsAuth } = connection as unknown as { readonly allowsAuth: boolean };
    if (auth && 'pass' in auth && allowsAuth) {
      const { user, pass } = auth;
      await answered<void>((done) => connection.login({ user, pass }, (error) => done(error, undefined)));
    }
  } catch (cause) {
    connection.close();
    throw away(cause);
  }
  const close = (): void => {
    usable = false;
    connection.close();
  };
  return {
    get usable() {
      return usable;
    },
    close,
    hand: async (mail, prepare) => {
      const message = new MailComposer(mailFields(mail, from)).compile();
      const body = await message.build();
      const envelope = message.getEnvelope();
      const held = new HeldBack(body, socketOf(connection), prepare);
      try {
        const info = await Promise.race([
          answered<{ response: string }>((done) =>
            connection.send(
              { ...envelope, from: envelope.from || '', size: body.length },
              held as never,
              (error, value) => done(error, value),
            ),
          ),
          once(held, 'failed').then(([error]) => Promise.reject(error as Error)),
        ]);
        return { outcome: 'taken', code: codeOf(info.response) };
      } catch (error) {
        if (held.failure !== undefined) {
          close(); // without the dot
          throw held.failure;
        }
        const refused = refusalOf(error as SmtpError, held.ended);
        if (refused) {
          if (!held.ended)
            await answered<void>((done) => connection.reset((fault) => done(fault))).catch(close);
          return refused;
        }
        close();
        if (held.ended) return { outcome: 'unheard' };
        throw away(error);
      } finally {
        held.removeAllListeners();
      }
    },
  };
}

/**
 * What a server has against this mail: its reader, or, after the last dot, the mail. Anything else it says (that we may
 * not send, that it closes) is no fault of the mail: null.
 */
function refusalOf(
  { command, responseCode = 0, response = '' }: SmtpError,
  ended: boolean,
): HandedOver | null {
  if (responseCode < 400 || responseCode === 421 || !(ended || command === 'RCPT TO')) return null;
  return { outcome: 'refused', permanent: responseCode >= 500, code: codeOf(response) };
}

/** What is behind the connection; the library shows it to nobody, so it is asked for by its name and tested. */
const socketOf = (connection: object): Socket => (connection as Record<'_socket', Socket>)['_socket'];

/** The message as the connection takes one: it is told where to write when the server wants it. */
class HeldBack extends EventEmitter {
  readonly #body: Buffer;
  readonly #socket: Socket;
  readonly #prepare: () => Promise<() => void>;
  failure: Error | undefined;
  /** The last dot has been written. */
  ended = false;

  constructor(body: Buffer, socket: Socket, prepare: () => Promise<() => void>) {
    super();
    this.#body = body;
    this.#socket = socket;
    this.#prepare = prepare;
  }

  pipe(destination: Writable): void {
    if (destination instanceof PassThrough) return; // where a refused mail is thrown away
    destination.write(this.#body, () => void this.#finish(destination));
  }

  async #finish(destination: Writable): Promise<void> {
    try {
      // Until the kernel has all of the mail: then the dot does not stand in a queue.
      while (this.#socket.writableLength > 0) await sleep(5);
      const beforeDot = await this.#prepare();
      this.#socket.cork();
      destination.end(); // the dot, held back
      beforeDot();
      this.#socket.uncork();
      this.ended = true;
    } catch (error) {
      this.failure = error as Error;
      this.#socket.destroy(); // with the dot that was held back
      this.emit('failed', error);
    }
  }
}

/** `550 5.1.1`: what may be kept of an answer, whose words may name the reader. */
const codeOf = (response: string): string =>
  /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace('-', ' ') ?? '250';

/** The server's own words may name whom a mail was for: they are not told. */
function away(cause: unknown): AppError {
  const { code, responseCode } = cause as SmtpError;
  const told = [code, responseCode].filter((part) => part !== undefined).join(' ');
  return new AppError('UNAVAILABLE', `The mail server cannot be used${told && ` (${told})`}`, { cause });
}
