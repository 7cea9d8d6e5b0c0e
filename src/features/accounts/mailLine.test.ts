import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { type MailSink, mailSink } from '../../../test/support/mailSink.ts';
import { type Mail, openMailLine } from './index.ts';

let sink: MailSink;
before(async () => {
  sink = await mailSink();
});
after(() => sink.close());

const mail = (subject: string, to = 'asha@example.org'): Mail => ({
  to,
  subject,
  text: `${subject}\n.\n..dots\nend`,
  html: '<p>x</p>',
  messageId: `<${subject}@example.org>`,
});
const open = () => openMailLine({ smtpUrl: sink.url, from: 'RouteStitch <rs@example.org>' });
const atOnce = async () => () => {};

test('several mails over one connection, each whole; the mail is handed over before its dot is asked for', async () => {
  const line = await open();
  const from = sink.mails.length;
  const steps: string[] = [];
  for (const subject of ['one', 'two']) {
    const answer = await line.hand(mail(subject), async () => {
      steps.push(`${subject} prepared with ${sink.mails.length - from} taken`);
      return () => void steps.push(`${subject} dot`);
    });
    assert.equal(answer.outcome, 'taken');
    assert.equal(answer.outcome === 'taken' && answer.code, '250');
  }
  assert.deepEqual(steps, ['one prepared with 0 taken', 'one dot', 'two prepared with 1 taken', 'two dot']);
  const two = await sink.mail(from + 1);
  assert.equal(two.parsed.text, 'two\n.\n..dots\nend');
  assert.equal(two.parsed.messageId, '<two@example.org>');
  assert.equal(two.parsed.headers.get('auto-submitted'), 'auto-generated');
  line.close();
});

test('the dot leaves with the note and not before; nothing is left to compute or to wait for between them', async () => {
  const line = await open();
  const large = { ...mail('large'), text: 'x'.repeat(3_000_000) };
  for (const one of [mail('small'), large]) {
    const sent: string[] = [];
    // What each socket of this process gives to the kernel, in order.
    // oxlint-disable-next-line typescript/unbound-method -- called with its `this`
    const uncork = net.Socket.prototype.uncork;
    net.Socket.prototype.uncork = function (this: net.Socket): void {
      const [before, waiting] = [this.bytesWritten - this.writableLength, this.writableLength];
      uncork.call(this);
      const written = this.bytesWritten - this.writableLength - before;
      sent.push(`${waiting} waited, ${written} written`);
    };
    let from = 0;
    try {
      await line.hand(one, async () => {
        from = sent.length;
        return () => void sent.push('note');
      });
    } finally {
      net.Socket.prototype.uncork = uncork;
    }
    assert.deepEqual(sent.slice(from), ['note', '3 waited, 3 written'], one.subject);
  }
  line.close();
});

test('when it cannot be prepared there is no mail', async () => {
  const line = await open();
  const from = sink.mails.length;
  await assert.rejects(
    line.hand(mail('held'), () => Promise.reject(new Error('somebody else has it'))),
    /somebody else has it/,
  );
  assert.equal(line.usable, false);
  const next = await open();
  await next.hand(mail('next'), atOnce);
  next.close();
  assert.deepEqual(
    sink.mails.slice(from).map(({ parsed }) => parsed.subject),
    ['next'],
  );
});

test('a refusal is told with its code, before the dot and after it, and the line goes on', async () => {
  const picky = await mailSink({
    refuseRecipient: (address) =>
      address.startsWith('nobody') ? '550 5.1.1 asha@example.org is unknown' : null,
    refuseMail: (subject) =>
      subject === 'spam' ? '554 5.7.1 no spam' : subject === 'later' ? '451 4.7.1 later' : null,
  });
  const line = await openMailLine({ smtpUrl: picky.url, from: 'rs@example.org' });
  let prepared = 0;
  const prepare = async () => {
    prepared++;
    return () => {};
  };
  assert.deepEqual(await line.hand(mail('x', 'nobody@example.org'), prepare), {
    outcome: 'refused',
    permanent: true,
    code: '550 5.1.1',
  });
  assert.equal(prepared, 0);
  assert.deepEqual(await line.hand(mail('spam'), prepare), {
    outcome: 'refused',
    permanent: true,
    code: '554 5.7.1',
  });
  assert.deepEqual(await line.hand(mail('later'), prepare), {
    outcome: 'refused',
    permanent: false,
    code: '451 4.7.1',
  });
  assert.equal((await line.hand(mail('good'), prepare)).outcome, 'taken');
  assert.deepEqual([prepared, picky.mails.length], [3, 1]);
  line.close();
  await picky.close();
});

test('a server that dies after the last dot may have the mail; before it, it has not', async () => {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  /** Says what is said until a text comes, then hangs up. */
  const until = (text: string) =>
    server.once('connection', (socket) => {
      socket.on('error', () => {});
      socket.write('220 x\r\n');
      let all = '';
      socket.on('data', (chunk) => {
        const line = String(chunk);
        all += line;
        if (all.includes(text)) socket.destroy();
        else if (line.startsWith('DATA')) socket.write('354 go on\r\n');
        else if (/^[A-Z]{4}/.test(line)) socket.write('250 ok\r\n');
      });
    });
  const line = () => openMailLine({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'rs@example.org' });
  until('\r\n.\r\n');
  assert.deepEqual(await (await line()).hand(mail('x'), atOnce), { outcome: 'unheard' });
  until('RCPT');
  await assert.rejects((await line()).hand(mail('x'), atOnce), { code: 'UNAVAILABLE' });
  until('DATA');
  await assert.rejects((await line()).hand(mail('x'), atOnce), { code: 'UNAVAILABLE' });
  until('EHLO');
  await assert.rejects(line(), { code: 'UNAVAILABLE' });
  server.close();
  await assert.rejects(line(), { code: 'UNAVAILABLE', message: /ECONNREFUSED|ESOCKET|ECONNECTION/ });
});
