/** `node --test --test-global-setup=…`: one PostgreSQL for the run; every test file clones its template. */
import { startTestServer, urlVariable } from './testServer.ts';
import type { TestServer } from './testServer.ts';

let server: TestServer | undefined;

export async function globalSetup(): Promise<void> {
  server = await startTestServer();
  process.env[urlVariable] = server.url; // test processes inherit it
}

export async function globalTeardown(): Promise<void> {
  await server?.stop();
}
