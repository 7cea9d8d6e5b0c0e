/**
 * What many users do over few connections while things go wrong, and whether each got what is theirs.
 * Every operation checks its answer: only the user's rows (else `wrongUser`), and the answer to its own question, known
 * by a number that goes with it (else `swapped`).
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { asUser } from '../../src/database/asUser.ts';
import type { Database, Queryable } from '../../src/database/connect.ts';
import { sqlStateOf, toAppError } from '../../src/database/sqlstate.ts';
import { AppError } from '../../src/errors.ts';

export interface Traveller {
  readonly id: string;
  readonly trips: readonly [string, string];
}

export interface Tally {
  operations: number;
  wrongUser: number;
  swapped: number;
  /** Failures that were provoked, by SQLSTATE. */
  readonly provoked: Record<string, number>;
  /** Operations that lost their connection; they may. */
  lost: number;
  /** Failures that nobody provoked. */
  readonly unexpected: string[];
}

type Operation = (user: Traveller) => Promise<void>;

export class PoolDrill {
  readonly tally: Tally = { operations: 0, wrongUser: 0, swapped: 0, provoked: {}, lost: 0, unexpected: [] };
  readonly #app: Database;
  readonly #terminate: () => Promise<unknown>;
  readonly #travellers: readonly Traveller[];
  #asked = 0;

  readonly #often: Readonly<Record<string, Operation>> = {
    read: (user) => this.#read(user),
    findMany: (user) => this.#findMany(user),
    findUnique: (user) => this.#findUnique(user),
    write: (user) => this.#write(user),
    batch: (user) => this.#batch(user),
    interactive: (user) => this.#interactive(user),
    transaction: (user) => this.#transaction(user),
    pipeline: (user) => this.#pipeline(user),
    nobody: () => this.#nobody(),
    refused: (user) => this.#refused(user),
    refusedInside: (user) => this.#refusedInside(user),
    gone: (user) => this.#gone(user),
    goneInside: (user) => this.#goneInside(user),
    impatient: (user) => this.#impatient(user),
  };
  readonly #rare: Readonly<Record<string, Operation>> = {
    timeout: (user) => this.#timeout(user),
    terminated: (user) => this.#terminated(user),
    deadlock: (user) => this.#deadlock(user),
  };

  /** `terminate` ends the connections of the pool, or some of them, at the server. */
  constructor(app: Database, travellers: readonly Traveller[], terminate: () => Promise<unknown>) {
    this.#app = app;
    this.#travellers = travellers;
    this.#terminate = terminate;
  }

  /** At least `count` operations, those of `together` users begun in one tick; `below` gives numbers below its argument. */
  async run(count: number, together: number, below: (limit: number) => number): Promise<Tally> {
    const lanes = 3; // so that some are at the start while others are at the end
    const lane = async (): Promise<void> => {
      while (this.tally.operations < count) {
        const asks = Array.from({ length: together }, () => {
          const kinds = Object.entries(below(1000) < 4 ? this.#rare : this.#often);
          const [kind, operation] = kinds[below(kinds.length)]!;
          return this.#tried(kind, operation(this.#travellers[below(this.#travellers.length)]!));
        });
        await Promise.all(asks);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return this.tally;
  }

  async #tried(kind: string, asked: Promise<void>): Promise<void> {
    this.tally.operations++;
    try {
      await asked;
    } catch (error) {
      const { code } = toAppError(error) as { code?: string };
      if (code === 'DATABASE') this.tally.lost++;
      else this.tally.unexpected.push(`${kind}: ${String(error)}`);
    }
  }

  #own(user: Traveller, rows: readonly { readonly userId?: unknown; readonly user_id?: unknown }[]): void {
    for (const row of rows) if ((row.userId ?? row.user_id) !== user.id) this.tally.wrongUser++;
    if (rows.length !== user.trips.length) this.tally.wrongUser++;
  }

  /** Awaits what must fail with one of the states, or with the connection lost. */
  async #fails(work: Promise<unknown>, ...states: string[]): Promise<void> {
    try {
      await work;
    } catch (error) {
      const state = sqlStateOf(error) ?? (error instanceof AppError ? error.code : '');
      if (!states.includes(state)) throw error;
      this.tally.provoked[state] = (this.tally.provoked[state] ?? 0) + 1;
      return;
    }
    throw new Error(`should have failed with ${states.join(' or ')}`);
  }

  /** One question by SQL, with its number. */
  async #ask(via: Queryable, user: Traveller): Promise<void> {
    const number = ++this.#asked;
    const { rows } = await via.query<{ asked: number; who: string; user_id: string }>({
      name: 'drill trips',
      text: 'SELECT $1::int AS asked, app_user_id() AS who, user_id FROM trips',
      values: [number],
    });
    if (rows.some((row) => row.asked !== number)) this.tally.swapped++;
    if (rows.some((row) => row.who !== user.id)) this.tally.wrongUser++;
    this.#own(user, rows);
  }

  async #read(user: Traveller): Promise<void> {
    await asUser(user.id, () => this.#ask(this.#app, user));
  }

  async #findMany(user: Traveller): Promise<void> {
    this.#own(user, await asUser(user.id, () => this.#app.prisma.trip.findMany()));
  }

  /** Prisma makes one statement of those of a tick. Another's trip answers as one that is not there. */
  async #findUnique(user: Traveller): Promise<void> {
    const other = this.#travellers[(this.#travellers.indexOf(user) + 1) % this.#travellers.length]!;
    const ids = [user.trips[0], other.trips[0], user.trips[1], 'absent'];
    const found = await asUser(user.id, () =>
      Promise.all(ids.map((id) => this.#app.prisma.trip.findUnique({ where: { id } }))),
    );
    if (found[1] !== null || found[3] !== null) this.tally.wrongUser++;
    if (found[0]?.id !== ids[0] || found[2]?.id !== ids[2]) this.tally.swapped++;
  }

  async #write(user: Traveller): Promise<void> {
    const passengers = 1 + (++this.#asked % 20);
    const { rows } = await asUser(user.id, () =>
      this.#app.query<{ user_id: string; passengers: number }>({
        name: 'drill write',
        text: 'UPDATE trips SET passengers = $1 RETURNING user_id, passengers',
        values: [passengers],
      }),
    ).catch(ignoringLocks);
    if (rows.length === 0) return;
    this.#own(user, rows);
    if (rows.some((row) => row.passengers !== passengers)) this.tally.swapped++;
  }

  async #batch(user: Traveller): Promise<void> {
    const { prisma } = this.#app;
    const [users, trips] = await asUser(user.id, () =>
      prisma.$transaction([prisma.user.findMany(), prisma.trip.findMany()]),
    );
    if (users.length !== 1 || users[0]?.id !== user.id) this.tally.wrongUser++;
    this.#own(user, trips);
  }

  async #interactive(user: Traveller): Promise<void> {
    await asUser(user.id, () =>
      this.#app.prisma.$transaction(async (tx) => {
        this.#own(user, await tx.trip.findMany());
        const { count } = await tx.savedRoute.updateMany({ data: { timesUsed: { increment: 1 } } });
        if (count !== 0) this.tally.wrongUser++; // these travellers have saved nothing
      }),
    );
  }

  async #transaction(user: Traveller): Promise<void> {
    await asUser(user.id, () =>
      this.#app.transaction(async (tx) => {
        await this.#ask(tx, user);
        await sleep(1); // others take their turn
        await this.#ask(tx, user);
      }),
    );
  }

  /** Several statements on their way at once. */
  async #pipeline(user: Traveller): Promise<void> {
    await asUser(user.id, () =>
      this.#app.transaction((tx) => Promise.all([1, 2, 3].map(() => this.#ask(tx, user)))),
    );
  }

  async #nobody(): Promise<void> {
    const { rows } = await this.#app.query<{ who: string | null; trips: number; asked: number }>({
      name: 'drill nobody',
      text: 'SELECT app_user_id() AS who, (SELECT count(*) FROM trips) AS trips',
    });
    if (rows[0]?.who !== null || rows[0].trips !== 0) this.tally.wrongUser++;
    if ((await this.#app.prisma.trip.count()) !== 0) this.tally.wrongUser++;
  }

  // ===== what goes wrong =====

  async #refused(user: Traveller): Promise<void> {
    const id = user.trips[0];
    const passengers = { text: 'UPDATE trips SET passengers = 99 WHERE id = $1', values: [id] };
    await asUser(user.id, async () => {
      await this.#fails(this.#app.query(passengers), '23514', '55P03', '40P01');
      await this.#fails(
        this.#app.query({ text: "INSERT INTO users (id, email) VALUES ('x', 'x@y')" }),
        '42501',
      );
      await this.#ask(this.#app, user);
    });
  }

  async #refusedInside(user: Traveller): Promise<void> {
    await asUser(user.id, async () => {
      await this.#fails(
        this.#app.transaction((tx) =>
          Promise.all([
            this.#ask(tx, user),
            tx.query({ text: 'SELECT 1 / 0' }),
            tx.query({ text: 'SELECT 1' }),
          ]),
        ),
        '22012',
      );
      await this.#fails(
        this.#app.prisma.$transaction(async (tx) => {
          this.#own(user, await tx.trip.findMany());
          await tx.$executeRaw`SELECT 1 / 0`;
        }),
        '22012',
      );
    });
  }

  /** Who asked does not wait for the answer. */
  async #gone(user: Traveller): Promise<void> {
    const away = new AbortController();
    const asked = asUser(user.id, () => this.#ask(this.#app, user)).catch(ignoringLoss);
    setImmediate(() => away.abort());
    await Promise.race([asked, sleep(1000, undefined, { signal: away.signal }).catch(() => {})]);
  }

  /** Gone in the middle of a transaction, with a statement on its way. */
  async #goneInside(user: Traveller): Promise<void> {
    const reason = new AppError('UNAVAILABLE', 'the client is gone');
    const away = AbortSignal.abort(reason);
    await asUser(user.id, async () => {
      await this.#fails(
        this.#app.transaction(async (tx) => {
          tx.query({ text: 'SELECT pg_sleep(0.002)' }).catch(() => {});
          away.throwIfAborted();
        }),
        'UNAVAILABLE',
      );
      await this.#fails(
        this.#app.prisma.$transaction(async (tx) => {
          tx.trip.findMany().catch(() => {});
          away.throwIfAborted();
        }),
        'UNAVAILABLE',
      );
    });
  }

  /** A statement that is ended in a transaction. */
  async #impatient(user: Traveller): Promise<void> {
    const slow = this.#app.transaction(async (tx) => {
      await tx.query({ text: 'SET LOCAL statement_timeout = 3' });
      await tx.query({ text: 'SELECT pg_sleep(1)' });
    });
    await this.#fails(
      asUser(user.id, () => slow),
      '57014',
    );
  }

  async #timeout(user: Traveller): Promise<void> {
    await this.#fails(
      asUser(user.id, () => this.#app.query({ text: 'SELECT pg_sleep(30)' })),
      '57014',
    );
  }

  async #terminated(user: Traveller): Promise<void> {
    await Promise.all([this.#terminate(), asUser(user.id, () => this.#ask(this.#app, user))]);
  }

  /** Two that lock the same trips in opposite orders: one at least is refused, unless they missed each other. */
  async #deadlock(user: Traveller): Promise<void> {
    const lock = (ids: readonly string[]): Promise<void> =>
      asUser(user.id, () =>
        this.#app.transaction(async (tx) => {
          for (const id of ids) {
            await tx.query({ text: 'UPDATE trips SET passengers = 1 WHERE id = $1', values: [id] });
            await sleep(5);
          }
          await this.#ask(tx, user);
        }),
      );
    for (const one of await Promise.allSettled([lock(user.trips), lock(user.trips.toReversed())]))
      if (one.status === 'rejected') await this.#fails(Promise.reject(one.reason as Error), '40P01', '55P03');
  }
}

/** Another operation of the same user may hold the rows. */
function ignoringLocks(error: unknown): { rows: never[] } {
  if (['55P03', '40P01'].includes(sqlStateOf(error) ?? '')) return { rows: [] };
  throw error;
}

function ignoringLoss(error: unknown): void {
  assert.equal((toAppError(error) as { code?: string }).code, 'DATABASE');
}
