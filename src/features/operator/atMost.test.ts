import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { atMost } from './atMost.ts';

test('two work at a time, eight wait in turn, the others are sent away; a failure frees its place', async () => {
  const inTurn = atMost(2);
  let [running, most] = [0, 0];
  const done: number[] = [];
  const work = (index: number) => async (): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    done.push(index);
    if (index % 3 === 0) throw new Error('planted');
    return index;
  };
  const asked = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => inTurn(work(index))));
  assert.equal(most, 2);
  assert.deepEqual(done, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const refused = asked.flatMap((one, index) =>
    one.status === 'rejected' && (one.reason as { code?: string }).code === 'OVERLOADED' ? [index] : [],
  );
  assert.deepEqual(refused, [10, 11]);
  assert.equal(await inTurn(work(1)), 1, 'all places are free again');
  assert.equal(running, 0);
});
