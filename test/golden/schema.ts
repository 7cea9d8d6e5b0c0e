/** The schema of an empty migrated database, for review and to catch what Prisma's own comparison cannot see. */
import pg from 'pg';
import { describeSchema } from '../../src/database/schema/describe.ts';
import { bareDatabase } from '../support/database.ts';
import { templateName } from '../support/testServer.ts';

const head = `-- An empty migrated database, read from its catalogue (src/database/schema/describe.ts). Written by \`npm run golden\`.
-- Not listed: owners, monthly partitions, Prisma's history table.
`;

export const asGolden = (statements: readonly string[]): string => `${head}${statements.join('\n')}\n`;

export async function schemaGolden(): Promise<string> {
  const database = await bareDatabase(templateName);
  try {
    return asGolden(await describe(database.ownerUrl));
  } finally {
    await database.drop();
  }
}

export async function describe(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await describeSchema(client);
  } finally {
    await client.end();
  }
}
