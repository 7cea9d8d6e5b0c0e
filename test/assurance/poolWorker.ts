/** The process of `pool.test.ts`: users, a pool of 4, the drill, and how the pool is afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asUser } from '../../src/database/asUser.ts';
import { connect, type Database } from '../../src/database/connect.ts';
import { PrismaClient } from '../../src/database/generated/client.ts';
import { RowSecurityPg } from '../../src/database/rowSecurity.ts';
import { PoolDrill, type Tally } from './poolDrill.ts';

export type Planted =
  | 'user for the session'
  | 'requests of users together'
  | 'answers swapped'
  | 'no listener';

export interface PoolAssignment {
  readonly ownerUrl: string;
  readonly operations: number;
  readonly seed: number;
  readonly planted?: Planted | undefined;
}

export interface PoolReport {
  readonly tally: Tally;
  readonly connections: number;
  readonly idle: number;
  readonly waiting: number;
  /** Users set on connections of the pool. */
  readonly remembered: readonly string[];
  /** Connections at the server that are inside a transaction. */
  readonly inTransaction: number;
}

const POOL = 4;
/** Begun in one tick, on each of three lanes. */
const TOGETHER = 8;

const assignment = JSON.parse(process.env['ASSIGNMENT'] ?? '{}') as PoolAssignment;

/** Mulberry32: the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The faults that the drill must see, planted round the product's code. */
function plant(app: Database, planted: Planted | undefined): Database {
  const same: Database = {
    prisma: app.prisma,
    pool: app.pool,
    query: (statement) => app.query(statement),
    transaction: (work) => app.transaction(work),
    close: () => app.close(),
  };
  if (planted === 'requests of users together')
    return {
      ...same,
      prisma: new PrismaClient({ adapter: new RowSecurityPg(app.pool, true), errorFormat: 'minimal' }),
    };
  if (planted === 'answers swapped') return { ...same, query: oneBehind(app) };
  return same;
}

/** Gives each who asks by {@link Database.query} the answer to the question before theirs. */
function oneBehind(app: Database): Database['query'] {
  let before: Promise<pg.QueryResult> | undefined;
  return <Row extends pg.QueryResultRow>(statement: Parameters<Database['query']>[0]) => {
    const answer = app.query<Row>(statement);
    const other = before as typeof answer | undefined;
    before = answer;
    return statement.name === 'drill trips' ? (other ?? answer) : answer;
  };
}

/** What sends the setting for the session instead of the transaction. */
function setForTheSession(): void {
  const { prototype } = pg.Connection as unknown as {
    prototype: { parse(statement: { text: string }): void };
  };
  // oxlint-disable-next-line typescript/unbound-method -- called with its `this` below
  const { parse } = prototype;
  prototype.parse = function (statement) {
    parse.call(this, {
      ...statement,
      text: statement.text.replace("('app.user_id', $1, true)", "('app.user_id', $1, false)"),
    });
  };
}

if (assignment.planted === 'user for the session') setForTheSession();
const app = await connect({
  ownerUrl: assignment.ownerUrl,
  role: 'rs_app',
  max: POOL,
  poolTimeoutMs: 30_000,
  statementTimeoutMs: 1500,
});
const owner = new pg.Client({ connectionString: assignment.ownerUrl });
await owner.connect();
const { rows: travellers } = await owner.query<{ id: string; trips: [string, string] }>(
  'SELECT user_id AS id, array_agg(id ORDER BY id) AS trips FROM trips GROUP BY user_id ORDER BY 1',
);
const ofThePool = `FROM pg_stat_activity WHERE usename = 'rs_app' AND datname = current_database()`;
const terminate = (share: number) =>
  owner.query(`SELECT pg_terminate_backend(pid, 1000) ${ofThePool} AND random() < $1`, [share]);

const drill = new PoolDrill(plant(app, assignment.planted), travellers, () => terminate(0.5));
const tally = await drill.run(assignment.operations, TOGETHER, numbers(assignment.seed));

// And once more while they are idle.
if (assignment.planted === 'no listener') app.pool.removeAllListeners('error');
await terminate(1);
await sleep(50);

/** Everybody of the pool at once, so that each connection is looked at; twice, since a lost one is noticed by use. */
async function lookAtAll(): Promise<string[]> {
  const clients = await Promise.all(Array.from({ length: POOL }, () => app.pool.connect()));
  const told = await Promise.all(
    clients.map((client) =>
      client.query<{ who: string }>(`SELECT coalesce(current_setting('app.user_id', true), '') AS who`),
    ),
  );
  for (const client of clients) client.release();
  return told.map(({ rows }) => rows[0]!.who).filter((who) => who !== '');
}
await Promise.allSettled(
  Array.from({ length: POOL * 2 }, () => asUser('somebody', () => app.query({ text: 'SELECT 1' }))),
);
const remembered = await lookAtAll();
const { rows: activity } = await owner.query<{ n: number }>(
  `SELECT count(*)::int AS n ${ofThePool} AND state LIKE 'idle in transaction%'`,
);
process.send!({
  tally,
  connections: app.pool.totalCount,
  idle: app.pool.idleCount,
  waiting: app.pool.waitingCount,
  remembered,
  inTransaction: activity[0]!.n,
} satisfies PoolReport);
await owner.end();
await app.close();
process.disconnect();
