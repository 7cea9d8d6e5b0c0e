import type { Database, Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { personalTables } from './exportTables.ts';
import { rowsOf, selectEmail } from './exportStore.ts';
import type { DataExport } from './contract.ts';

/**
 * Everything that is stored about a user, by table, as one moment saw it. Throws `UNAUTHENTICATED` when the user is gone.
 * @param service a database as rs_service: some columns are shut to requests.
 */
export const exportUser = (service: Database, userId: string, now: Date): Promise<DataExport> =>
  translatingErrors(() =>
    service.transaction(async (tx) => {
      await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY' });
      return {
        format: 'routestitch-export/1',
        exportedAt: now.toISOString(),
        tables: await tablesOf(tx, userId),
      };
    }),
  );

async function tablesOf(tx: Queryable, userId: string): Promise<DataExport['tables']> {
  const email = await selectEmail(tx, userId);
  if (email === null) throw new AppError('UNAUTHENTICATED', 'Sign in first: /auth/signin');
  const tables: DataExport['tables'] = {};
  for (const table of personalTables)
    tables[table.name] = await rowsOf(tx, table, table.owner === 'identifier' ? email : userId);
  return tables;
}
