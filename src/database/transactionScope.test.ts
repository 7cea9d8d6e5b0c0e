import assert from 'node:assert/strict';
import test, { after, before, suite } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { asUser } from './asUser.ts';
import { type Caller, within } from './caller.ts';
import type { Queryable } from './connect.ts';

const nested = { code: 'INTERNAL', message: /transaction inside a transaction/ };

// Called by name, because test/transactions.test.ts sees those that are written inside one another.
interface Begins {
  $transaction(work: () => Promise<number>): Promise<number>;
}
const beginIn = (tx: Begins) => tx.$transaction(() => Promise.resolve(1));

suite('one transaction at a time', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.service.prisma.user.createMany({
      data: ['a', 'b'].map((id) => ({ id, email: `${id}@example.org` })),
    });
  });
  after(() => db.drop());

  test('a transaction inside a transaction is refused, whichever of the ways it begins', async () => {
    for (const { prisma, transaction } of [db.app, db.service].map((database) => ({
      prisma: database.prisma,
      transaction: <T>(work: () => Promise<T>) => database.transaction(work),
    }))) {
      const begins: (() => Promise<unknown>)[] = [
        () => transaction(() => Promise.resolve(1)),
        () => prisma.$transaction(() => Promise.resolve(1)),
        () => prisma.$transaction([prisma.user.findMany()]),
      ];
      for (const begin of begins) {
        await assert.rejects(transaction(begin), nested);
        await assert.rejects(prisma.$transaction(begin), nested);
        await begin(); // and by itself it is none
      }
      const inner = prisma.$transaction((tx) => beginIn(tx as unknown as Begins));
      await assert.rejects(inner, nested);
    }
  });

  test('beside each other, after each other, and as part of the outer one they may be', async () => {
    const { app } = db;
    const countIn = ({ database }: Caller) => database.transaction(count);
    const count = (tx: Queryable) => tx.query({ text: 'SELECT FROM users' });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        asUser('a', () => app.transaction(async (tx) => assert.equal((await count(tx)).rowCount, 1))),
      ),
    );
    const outer: Caller = { userId: 'a', database: app };
    await asUser('a', () => app.transaction((tx) => countIn(within(outer, tx))));
    // Work that a transaction has started and that outlives it.
    const afterwards = () => app.transaction(() => Promise.resolve(1));
    let later: Promise<number> | undefined;
    await app.transaction(async () => {
      later = sleep(30).then(afterwards);
      await Promise.resolve();
    });
    assert.equal(await later, 1);
  });

  test('a failure that the work swallowed is not taken for success', async () => {
    const rename = asUser('a', () =>
      db.app.transaction(async (tx) => {
        await tx.query({ text: `UPDATE users SET name = 'Lost'` });
        await tx.query({ text: 'SELECT 1 / 0' }).catch(() => {});
      }),
    );
    await assert.rejects(rename, { code: 'INTERNAL', message: /nothing was kept/ });
    const { name } = await db.service.prisma.user.findUniqueOrThrow({ where: { id: 'a' } });
    assert.equal(name, null);
  });

  test('a statement after the end does not reach the connection, which is another’s by then', async () => {
    let kept: Queryable | undefined;
    const late = { code: 'INTERNAL', message: /has ended/ };
    for (const work of [() => Promise.resolve(), () => Promise.reject(new Error('no'))]) {
      const transaction = db.app.transaction((tx) => ((kept = tx), work()));
      await transaction.catch(() => {});
      await assert.rejects(kept!.query({ text: 'SELECT 1' }), late);
    }
  });
});
