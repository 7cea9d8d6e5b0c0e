import type { Config } from '../config.ts';
import { connect, type Database } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { openReader } from '../database/readReplica.ts';
import { openServer } from '../database/server.ts';

/** For an operator's figures: from the replica, if there is one that is not too far behind. */
export const withReader = <T>(config: Config, work: (reads: Database) => Promise<T>): Promise<T> =>
  withServiceDatabase(config, async (database) => {
    const { url: readUrl, maxLagMs } = config.replica;
    const reader = await openReader(database, { readUrl, maxLagMs, role: 'rs_service' });
    try {
      return await reader.read(work);
    } finally {
      await reader.close();
    }
  });

/** Runs an operator's command on the database: starts or joins the server, brings the schema up to date. */
export async function withServiceDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const server = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(server.ownerUrl);
    const database = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service', max: 2 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.release();
  }
}
