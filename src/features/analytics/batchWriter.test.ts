import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriter } from './batchWriter.ts';

/** A sink in memory that can be away, slow, or refuse rows: what a database does, at will. */
function sink(): {
  written: number[];
  batches: number[];
  away: boolean;
  errors: unknown[];
  writer: (over?: { queueRows?: number; batchRows?: number; waitMs?: number }) => BatchWriter<number>;
} {
  const state = {
    written: [] as number[],
    batches: [] as number[],
    away: false,
    errors: [] as unknown[],
    writer: (over: { queueRows?: number; batchRows?: number; waitMs?: number } = {}) =>
      new BatchWriter<number>({
        queueRows: 1000,
        waitMs: 20,
        ...over,
        onError: (error) => state.errors.push(error),
        write: async (rows) => {
          await sleep(1);
          if (state.away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
          if (rows.some((row) => row < 0)) throw Object.assign(new Error('check'), { code: '23514' });
          state.batches.push(rows.length);
          state.written.push(...rows);
        },
      }),
  };
  return state;
}

test('rows wait for each other and are written together, in order', async () => {
  const into = sink();
  const writer = into.writer();
  for (let row = 0; row < 10; row++) writer.add(row);
  assert.deepEqual(into.written, []);
  await sleep(80);
  assert.deepEqual(into.batches, [10]);
  assert.deepEqual(into.written, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a full batch is written at once', async () => {
  const into = sink();
  const writer = into.writer({ batchRows: 5, waitMs: 60_000 });
  for (let row = 0; row < 5; row++) writer.add(row);
  await sleep(20);
  assert.deepEqual(into.batches, [5]);
});

test('rows beyond the room are dropped and counted', () => {
  const into = sink();
  const writer = into.writer({ queueRows: 3, waitMs: 60_000 });
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((row) => writer.add(row)),
    [true, true, true, false, false],
  );
  assert.deepEqual(writer.counts, { waiting: 3, written: 0, dropped: 2, refused: 0 });
  void writer.flush();
});

test('while the database is away rows wait, and are written by themselves when it is back', async () => {
  const into = sink();
  const writer = into.writer();
  into.away = true;
  writer.add(1);
  assert.equal(await writer.flush(), false);
  assert.equal(writer.counts.waiting, 1);
  into.away = false;
  await sleep(120); // no further row comes
  assert.deepEqual(into.written, [1]);
});

test('one row that is refused does not hold up the others', async () => {
  const into = sink();
  const writer = into.writer({ batchRows: 100 });
  for (let row = 0; row < 50; row++) writer.add(row === 17 ? -1 : row);
  assert.equal(await writer.flush(), true);
  assert.deepEqual(writer.counts, { waiting: 0, written: 49, dropped: 0, refused: 1 });
  assert.equal(into.errors.length, 1);
  assert.deepEqual(
    into.written,
    into.written.toSorted((a, b) => a - b),
  );
});

test('close writes what waits', async () => {
  const into = sink();
  const writer = into.writer({ waitMs: 60_000 });
  for (let row = 0; row < 1000; row++) writer.add(row);
  await writer.close();
  assert.equal(into.written.length, 1000);
});

test('close gives up after a while and counts what is lost', { timeout: 20_000 }, async () => {
  const into = sink();
  const writer = into.writer();
  into.away = true;
  writer.add(1);
  await writer.close();
  assert.deepEqual(writer.counts, { waiting: 0, written: 0, dropped: 1, refused: 0 });
});
