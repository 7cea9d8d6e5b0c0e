/** What a database that comes back from the past must be told before anybody uses it. */
import { connect } from '../../database/connect.ts';
import { migrate } from '../../database/migrate.ts';
import { QUEUE_SCHEMA } from '../../database/queue.ts';
import { forgetDueReminders } from '../reminders/index.ts';
import type { ReportProgress } from './contract.ts';
import { reapplyNotedErasures } from './erasureLedger.ts';
import { open } from './reader.ts';
import type { KnownErasures } from './restoreTarget.ts';

export interface Aftermath {
  /** Migrations applied now. */
  readonly migrated: readonly string[];
  /** Users whom the backup brought back and who were erased again. */
  readonly erasedAgain: number;
}

export async function settleRestored(
  ownerUrl: string,
  { backupDir, ledger, report }: { backupDir: string; ledger: readonly string[]; report: ReportProgress },
  { hashes, held }: KnownErasures,
): Promise<Aftermath> {
  report('schema');
  await forgetJobs(ownerUrl);
  const migrated = await migrate(ownerUrl); // makes the queue's tables anew
  report('erasures');
  const service = await connect({ ownerUrl, role: 'rs_service', max: 1 });
  try {
    await service.query({
      text: `INSERT INTO hold.erased_users SELECT r.* FROM jsonb_populate_recordset(NULL::hold.erased_users, $1) AS r
             ON CONFLICT DO NOTHING`,
      values: [JSON.stringify(held)],
    });
    const erasedAgain = await reapplyNotedErasures(service, backupDir, [...ledger, ...hashes]);
    await forgetDueReminders(service, new Date());
    return { migrated, erasedAgain };
  } finally {
    await service.close();
  }
}

/** Jobs that waited at the time were done since, or are found anew by their schedule. */
async function forgetJobs(ownerUrl: string): Promise<void> {
  const owner = await open(ownerUrl);
  try {
    await owner.query(`DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
  } finally {
    await owner.end();
  }
}
