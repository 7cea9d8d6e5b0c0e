/** `npx prisma db seed`. Needs DATABASE_URL of a migrated database; `routestitch db seed` needs nothing. */
import { readConfig } from '../src/config.ts';
import { AppError } from '../src/errors.ts';
import { seed } from '../src/database/seed.ts';

try {
  const { databaseUrl } = readConfig();
  if (databaseUrl === undefined)
    throw new AppError('CONFIGURATION', 'Set DATABASE_URL, or run: bin/routestitch db seed');
  await seed(databaseUrl);
  process.stdout.write('Database seeded: student@test.com, pro@test.com and one trip\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1; // process.exit would cut off the disconnect
}
