import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MailSink, mailSink } from '../../../test/support/mailSink.ts';
import { openSignIn, type SignInConfig } from './openSignIn.ts';

const base: SignInConfig = {
  authSecret: 'x'.repeat(32),
  dataDir: '',
  google: undefined,
  host: 'localhost',
  mail: undefined,
  oidc: undefined,
  publicUrl: undefined,
  sessionLimits: { idleDays: 14, maxDays: 90 },
  trustedProxies: 0,
};
const printed: string[] = [];
const unused = {} as never;
const open = (config: Partial<SignInConfig>) =>
  openSignIn(
    { ...base, ...config },
    {
      callers: unused,
      service: unused,
      onError: (error) => assert.fail(String(error)),
      print: (line) => void printed.push(line),
    },
  );

let sink: MailSink;
before(async () => {
  sink = await mailSink();
});
after(() => sink.close());

test('without a mail server, links are printed for this machine only', async () => {
  for (const config of [{}, { host: '127.0.0.1' }, { host: '::1' }, { publicUrl: 'http://localhost:3000' }]) {
    const { services } = await open(config);
    services.delivery.check();
    await services.delivery.deliver('asha@example.org', 'http://localhost:3000/auth/confirm?token=t');
    assert.match(printed.at(-1)!, /asha@example\.org .*http:\/\/localhost:3000\/auth\/confirm\?token=t$/);
  }
  const lines = printed.length;
  for (const config of [
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '192.0.2.1' },
    { host: 'localhost.evil.example' },
    { host: 'localhost', publicUrl: 'https://rs.example.org' },
  ]) {
    const { services } = await open(config);
    const refusal = { code: 'UNAVAILABLE', message: /SMTP_URL and MAIL_FROM/ };
    assert.throws(() => services.delivery.check(), refusal);
    await assert.rejects(services.delivery.deliver('asha@example.org', 'link'), refusal);
  }
  assert.equal(printed.length, lines);
});

test('with one, links go there, and closing waits for them', async () => {
  const { services, close } = await open({
    mail: { smtpUrl: sink.url, from: 'no-reply@example.org' },
    publicUrl: 'https://rs.example.org',
  });
  const sent = services.delivery.deliver('asha@example.org', 'https://rs.example.org/auth/confirm?token=t');
  await close();
  assert.equal(sink.mails.length, 1);
  await sent;
  assert.equal(services.cookie.name, '__Host-rs.session');
});

test('providers are offered as they are configured', async () => {
  const client = { clientId: 'a', clientSecret: 'b' };
  assert.equal((await open({})).services.providers, null);
  const { services } = await open({
    google: client,
    oidc: { ...client, issuer: 'https://login.example.org', name: 'Uni' },
  });
  assert.deepEqual(services.providers?.list, [
    { id: 'google', name: 'Google' },
    { id: 'oidc', name: 'Uni' },
  ]);
});
