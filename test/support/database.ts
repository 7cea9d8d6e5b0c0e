/** A migrated, empty database for one test file. */
import pg from 'pg';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/connect.ts';
import { withDatabase } from '../../src/database/url.ts';
import { startTestServer, templateName, urlVariable } from './testServer.ts';
import type { TestServer } from './testServer.ts';

export interface TestDatabase {
  /** Its owner's URL; the owner of tests is a superuser, whom row-level security does not bind. */
  readonly ownerUrl: string;
  readonly app: Database;
  readonly service: Database;
  /** Closes everything. Call it in `after`. */
  drop(): Promise<void>;
}

let own: Promise<TestServer> | undefined;
let users = 0;

/** Clones the migrated template (about 75 ms). A file run alone, without the global setup, starts its own server. */
export async function testDatabase(): Promise<TestDatabase> {
  const bare = await bareDatabase(templateName);
  const [app, service] = await Promise.all([
    connect({ ownerUrl: bare.ownerUrl, role: 'rs_app' }),
    connect({ ownerUrl: bare.ownerUrl, role: 'rs_service' }),
  ]);
  return {
    ownerUrl: bare.ownerUrl,
    app,
    service,
    drop: async () => {
      await Promise.all([app.close(), service.close()]);
      await bare.drop();
    },
  };
}

/** A database without connections; `template0` makes an empty, unmigrated one. */
export async function bareDatabase(template: string): Promise<{ ownerUrl: string; drop(): Promise<void> }> {
  users += 1;
  const inherited = process.env[urlVariable];
  const url = inherited ?? (await (own ??= startTestServer())).url;
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await administer(url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    ownerUrl: withDatabase(url, name),
    drop: async () => {
      await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      users -= 1;
      if (users > 0 || !own) return;
      const server = await own;
      own = undefined;
      await server.stop();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
