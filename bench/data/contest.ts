import pg from 'pg';
import { connect, type Database } from '../../src/database/connect.ts';
import { fillTrips } from '../../test/support/tripRows.ts';

/** Both sides on one database: the product's connections, and plain pg as the owner, whom no policy binds. */
export interface Contest {
  readonly app: Database;
  readonly service: Database;
  /** One prepared statement by plain pg. */
  readonly raw: (name: string, text: string, values: readonly unknown[]) => Promise<pg.QueryResult>;
  readonly tripIds: readonly string[];
  readonly userIds: readonly string[];
  /** Whose trip is `tripIds[index]`. */
  readonly ownerOf: (index: number) => string;
  close(): Promise<void>;
}

const USERS = 250;
/** 20 a user. */
const TRIPS = 5000;
export const LEGS = 3;

export async function openContest(ownerUrl: string, pool: number): Promise<Contest> {
  const [app, service] = await Promise.all([
    connect({ ownerUrl, role: 'rs_app', max: pool }),
    connect({ ownerUrl, role: 'rs_service', max: pool }),
  ]);
  const plain = new pg.Pool({ connectionString: ownerUrl, max: pool });
  const dates = Array.from(
    { length: TRIPS },
    (_, index) => `2026-${String(1 + (index % 12)).padStart(2, '0')}-15`,
  );
  const tripIds = await fillTrips(service, { users: USERS, dates, status: 'PLANNED', legs: LEGS });
  const { rows } = await plain.query<{ id: string; user_id: string }>('SELECT id, user_id FROM trips');
  const owners = new Map(rows.map((row) => [row.id, row.user_id]));
  await plain.query('VACUUM ANALYZE');
  return {
    app,
    service,
    raw: (name, text, values) => plain.query({ name, text, values: [...values] }),
    tripIds,
    userIds: [...new Set(owners.values())],
    ownerOf: (index) => owners.get(tripIds[index]!)!,
    close: async () => {
      await Promise.all([app.close(), service.close(), plain.end()]);
    },
  };
}
