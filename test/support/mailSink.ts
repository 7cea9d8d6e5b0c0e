/** A real SMTP server that keeps what it is given. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  /** Whom the envelope names, which is where the mail goes. */
  readonly recipients: readonly string[];
  readonly sender: string;
  /** As it came over the wire. */
  readonly raw: string;
  readonly parsed: ParsedMail;
}

export interface MailSink {
  /** `smtp://127.0.0.1:41234` */
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** The mail with this number, from 0; waits for it at most 10 s. */
  mail(index: number): Promise<ReceivedMail>;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Takes every mail; `refuse`: says why it takes none. */
export async function mailSink({ refuse }: { readonly refuse?: string } = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: (_address, _session, done) => done(refuse === undefined ? null : new Error(refuse)),
    onData: (stream, session, done) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const raw = Buffer.concat(chunks).toString('latin1');
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          recipients: rcptTo.map(({ address }) => address),
          sender: mailFrom === false ? '' : mailFrom.address,
          raw,
          parsed: await simpleParser(Buffer.from(raw, 'latin1')),
        });
        server.emit('kept');
        done();
      })();
    },
  });
  server.on('error', () => {}); // a client that hangs up
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    mail: async (index) => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (mails.length <= index) await once(server, 'kept', { signal });
      return mails[index]!;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
