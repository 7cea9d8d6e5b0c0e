/** The server of `shutdown.test.ts` that stops at SIGTERM as `serve` does, and serves again when it is told. */
import { once } from 'node:events';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/database/connect.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { httpServices, openApplication } from '../../src/main.ts';

const { ownerUrl, turns } = JSON.parse(process.env['ASSIGNMENT'] ?? '{}') as {
  ownerUrl: string;
  turns: number;
};
let failures = 0;
const failed = (): void => void failures++;

const application = await openApplication({ ownerUrl }, failed, { searchWorkers: 1 });
const users = await connect({ ownerUrl, role: 'rs_app' });
const config = readConfig({
  AUTH_SECRET: 'a secret of at least thirty-two characters',
  TRUSTED_PROXIES: '1',
});
const app = createApp(
  httpServices(application, users, config, { error: failed, info: () => undefined, debug: () => undefined }),
);
for (let turn = 0; turn < turns; turn++) {
  const server = await listen(app.fetch, { port: 0, host: '127.0.0.1' });
  const stop = once(process, 'SIGTERM');
  process.send!({ port: server.port });
  await stop;
  await server.close();
  await application.flush();
  const again = once(process, 'message');
  process.send!({ code: failures });
  await again;
}
await users.close();
await application.close();
process.disconnect();
