import type { Config } from '../config.ts';
import { drift, migrate, migrationStatus, reset } from '../database/migrate.ts';
import { seed } from '../database/seed.ts';
import { openServer } from '../database/server.ts';
import { type Command, type CommandGroup, UsageError } from './command.ts';

/** Runs `work` with the owner's URL: of `DATABASE_URL`, or of the built-in server, started when none runs. */
async function withOwner<T>(config: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const server = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  try {
    return await work(server.ownerUrl);
  } finally {
    await server.release();
  }
}

const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the schema up to date',
  usage: '',
  options: {},
  async run({ config, json, out, progress }) {
    const applied = await withOwner(config, (ownerUrl) =>
      migrate(ownerUrl, ({ name, done, total }) => progress.report(name, done, total)),
    );
    if (json) out(JSON.stringify({ applied }));
    else
      out(
        applied.length === 0
          ? 'The schema is up to date.'
          : applied.map((name) => `applied ${name}`).join('\n'),
      );
  },
};

const statusCommand: Command = {
  name: 'status',
  summary: 'Show which migrations are applied; exit 1 when the schema is not up to date',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const status = await withOwner(config, migrationStatus);
    if (json) out(JSON.stringify(status, null, 2));
    else {
      const lines = (['applied', 'pending', 'failed', 'edited', 'unknown'] as const).flatMap((state) =>
        status[state].map((name) => `${state.padEnd(8)} ${name}`),
      );
      const advice = status.pending.length > 0 ? 'Run `routestitch db migrate`.' : 'See docs/operations.md.';
      out(
        [
          ...lines,
          status.upToDate ? 'The schema is up to date.' : `The schema is not up to date. ${advice}`,
        ].join('\n'),
      );
    }
    return status.upToDate ? 0 : 1;
  },
};

const driftCommand: Command = {
  name: 'drift',
  summary: 'Compare schema, migrations and this database; exit 1 when they differ',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const [found, { pending }] = await withOwner(config, async (ownerUrl) => [
      await drift(ownerUrl),
      await migrationStatus(ownerUrl),
    ]);
    const none = found.schema === '' && found.live.length === 0;
    if (json) out(JSON.stringify({ ...found, drift: !none }, null, 2));
    else if (none) out('No drift: schema.prisma, the migrations and this database agree.');
    else {
      if (found.schema !== '') out(`The migrations lack what schema.prisma says:\n${found.schema}`);
      if (found.live.length > 0)
        out(`This database (+) differs from the migrations (-):\n${found.live.join('\n')}`);
      if (pending.length > 0)
        out(`${pending.join(', ')} not applied yet: run \`routestitch db migrate\`, then look again.`);
    }
    return none ? 0 : 1;
  },
};

const seedCommand: Command = {
  name: 'seed',
  summary: 'Write the example users and their trip; again changes nothing',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const seeded = await withOwner(config, async (ownerUrl) => {
      await migrate(ownerUrl);
      return seed(ownerUrl);
    });
    out(json ? JSON.stringify(seeded) : `Seeded: trip ${seeded.tripId} of user ${seeded.studentId}.`);
  },
};

const resetCommand: Command = {
  name: 'reset',
  summary: 'Delete everything and make the schema anew',
  usage: '--yes',
  options: { yes: { type: 'boolean', help: 'Yes, delete all data of this database' } },
  async run({ values, config, json, out }) {
    if (values['yes'] !== true) throw new UsageError('reset deletes all data: confirm with --yes');
    await withOwner(config, reset);
    out(json ? JSON.stringify({ reset: true }) : 'All data is deleted; the schema is new.');
  },
};

export const command: CommandGroup = {
  name: 'db',
  summary: 'Migrate, check, seed or reset the database',
  commands: [migrateCommand, statusCommand, driftCommand, seedCommand, resetCommand],
};
