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
  /** Mails whose sender hung up before the last dot. */
  readonly broken: number;
  /** The mail with this number, from 0; waits for it at most 10 s. */
  mail(index: number): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export interface SinkOptions {
  /** Says why it takes no mail at all. */
  readonly refuse?: string;
  /** What it answers to a recipient, as `550 5.1.1 unknown`; null: it knows them. */
  readonly refuseRecipient?: (address: string) => string | null;
  /** What it answers after the last dot of a mail with a subject; null: it takes it. */
  readonly refuseMail?: (subject: string) => string | null;
  /** How long it looks at a mail before it answers, in milliseconds. */
  readonly delay?: () => number;
}

const PATIENCE_MS = 10_000;

/** Takes every mail, unless told otherwise. */
export async function mailSink({
  refuse,
  refuseRecipient,
  refuseMail,
  delay = () => 0,
}: SinkOptions = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  let broken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: (_address, _session, done) => done(refuse === undefined ? null : new Error(refuse)),
    onRcptTo: ({ address }, _session, done) => done(refusal(refuseRecipient?.(address))),
    onData: (stream, session, done) => {
      void (async () => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of stream) chunks.push(chunk as Buffer);
        } catch {
          broken++; // no mail
          return;
        }
        const raw = Buffer.concat(chunks).toString('latin1');
        const { mailFrom, rcptTo } = session.envelope;
        const parsed = await simpleParser(Buffer.from(raw, 'latin1'));
        const refused = refusal(refuseMail?.(parsed.subject ?? ''));
        if (refused) {
          done(refused);
          return;
        }
        mails.push({
          recipients: rcptTo.map(({ address }) => address),
          sender: mailFrom === false ? '' : mailFrom.address,
          raw,
          parsed,
        });
        server.emit('kept');
        setTimeout(done, delay());
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
    get broken() {
      return broken;
    },
    mail: async (index) => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (mails.length <= index) await once(server, 'kept', { signal });
      return mails[index]!;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** `550 5.1.1 unknown` as the error that the server answers so. */
function refusal(answer: string | null | undefined): Error | null {
  if (!answer) return null;
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}
