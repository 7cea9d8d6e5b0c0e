import { AppError } from '../../errors.ts';

export interface Mail {
  /** One plain address, as `plainAddress` makes it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of the message; without it the mailer makes one. */
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: string;
  }[];
}

export interface Mailer {
  /** Hands a mail to the SMTP server. Throws `UNAVAILABLE` with the code of what the server said. */
  send(mail: Mail): Promise<void>;
  /** Waits for mails under way, and closes the connections. */
  close(): Promise<void>;
}

/** Codes only, `EENVELOPE 550`: the words of the server say whom the mail was for, and this goes into the log. */
function reasonOf(cause: unknown): string {
  const { code, responseCode } = cause as { code?: string; responseCode?: number };
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'it did not say why';
}

/** What every mail of ours has. */
export const mailFields = ({ to, headers, attachments, ...mail }: Mail, from: string) => ({
  ...mail,
  from,
  to: { name: '', address: to },
  // A mail is what is written here; nothing in it is fetched.
  disableFileAccess: true,
  disableUrlAccess: true,
  ...(attachments ? { attachments: [...attachments] } : {}),
  // No answers by machines, and none of ours to theirs.
  headers: { ...headers, 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** A server that does not answer holds a mail no longer than this. */
const PATIENCE_MS = 15_000;

/** Sends mail over `smtp://user:password@host:587` or `smtps://…`, from an address such as `RouteStitch <rs@x.in>`. */
export async function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Promise<Mailer> {
  const { createTransport } = await import('nodemailer'); // most commands send no mail
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  const underWay = new Set<Promise<unknown>>();
  return {
    send: async (mail) => {
      const sent = transport.sendMail(mailFields(mail, from));
      underWay.add(sent);
      try {
        await sent;
      } catch (cause) {
        throw new AppError('UNAVAILABLE', `The mail server did not take a mail: ${reasonOf(cause)}`, {
          cause,
        });
      } finally {
        underWay.delete(sent);
      }
    },
    close: async () => {
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}
