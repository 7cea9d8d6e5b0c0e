/** The mail as a mail server gets it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MailSink, mailSink } from '../../../test/support/mailSink.ts';
import { byMail, createMailer, type Mailer } from './index.ts';

const LINK = `https://rs.example.org/auth/confirm?token=${'t'.repeat(43)}&returnTo=%2Ftrips%3Fpage%3D2%26a%3D%22b`;
const from = 'RouteStitch <no-reply@rs.example.org>';
let sink: MailSink;
let mailer: Mailer;
before(async () => {
  sink = await mailSink();
  mailer = await createMailer({ smtpUrl: sink.url, from });
});
after(async () => {
  await mailer.close();
  await sink.close();
});

test('one reader, plain text and HTML with the same link, nothing that is fetched', async () => {
  const index = sink.mails.length;
  await byMail(mailer).deliver('asha@example.org', LINK);
  const { recipients, sender, raw, parsed } = await sink.mail(index);
  assert.deepEqual(recipients, ['asha@example.org']);
  assert.equal(sender, 'no-reply@rs.example.org');
  assert.equal(parsed.subject, 'Your link to sign in to RouteStitch');
  assert.ok(parsed.text?.includes(`\n${LINK}\n`));
  assert.match(parsed.text ?? '', /within 10 minutes/);
  const html = parsed.html || '';
  const href = /href="([^"]+)"/.exec(html)![1]!;
  assert.equal(href.replaceAll('&quot;', '"').replaceAll('&amp;', '&'), LINK);
  assert.ok(!/<img|<script|<style|src=/i.test(html));
  assert.equal(parsed.attachments.length, 0);
  assert.match(raw, /^Auto-Submitted: auto-generated\r$/m);
  assert.ok(!/^(bcc|cc):/im.test(raw));
});

test('in Hindi for who reads it so', async () => {
  const index = sink.mails.length;
  await byMail(mailer).deliver('asha@example.org', LINK, 'hi');
  const { parsed } = await sink.mail(index);
  assert.match(parsed.subject ?? '', /साइन इन/);
  assert.ok(parsed.text?.includes(`\n${LINK}\n`));
  assert.match(parsed.text ?? '', /10 मिनट/);
  assert.match(parsed.html || '', /<html lang="hi-IN">/);
});

test('what would be a second header or reader stays part of an address that no server takes', async () => {
  for (const address of ['a@example.org\r\nBcc: mallory@example.net', 'a@example.org, mallory@example.net']) {
    const index = sink.mails.length;
    await byMail(mailer)
      .deliver(address, LINK)
      .catch(() => {});
    for (const { recipients, raw } of sink.mails.slice(index)) {
      assert.ok(!recipients.includes('mallory@example.net'));
      assert.ok(!/^bcc:/im.test(raw));
    }
  }
});

test('a mail server that takes nothing, or is not there, is reported', async () => {
  const refusing = await mailSink({ refuse: 'no relaying' });
  const closed = await mailSink();
  await closed.close();
  for (const [smtpUrl, reason] of [
    [refusing.url, /did not take a mail: EENVELOPE 550$/],
    [closed.url, /did not take a mail/],
  ] as const) {
    const failing = await createMailer({ smtpUrl, from });
    await assert.rejects(byMail(failing).deliver('asha@example.org', LINK), {
      code: 'UNAVAILABLE',
      message: reason,
    });
    await failing.close();
  }
  await refusing.close();
});
