import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadGate } from './loadGate.ts';

const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** How many of a hundred are let in. */
function letIn(gate: LoadGate): number {
  let entered = 0;
  for (let asked = 0; asked < 100; asked++)
    if (gate.enter() === null) {
      entered++;
      gate.left();
    }
  return entered;
}

test('a loop that is late lets fewer in, one that is very late nobody, and all when it is over', async () => {
  const gate = new LoadGate({ lateMs: 50, tooLateMs: 100, fewUnderWay: 0 }).open();
  await sleep(100);
  assert.equal(letIn(gate), 100);
  for (let turn = 0; turn < 12; turn++) {
    block(250);
    await sleep(1);
  }
  assert.ok(gate.latenessMs > 100, `${gate.latenessMs} ms`);
  assert.equal(letIn(gate), 0);
  const limit = performance.now() + 20_000;
  while (gate.latenessMs > 50 && performance.now() < limit) await sleep(50);
  assert.equal(letIn(gate), 100);
  gate.close();
});

test('where few are under way, a pause of the process is no reason to refuse anybody', async () => {
  const gate = new LoadGate({ lateMs: 20, tooLateMs: 50, fewUnderWay: 3 }).open();
  for (let turn = 0; turn < 12; turn++) {
    block(100);
    await sleep(1);
  }
  assert.ok(gate.latenessMs > 50, `${gate.latenessMs} ms`);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => gate.enter()),
    [null, null, null, 'loop'],
  );
  gate.close();
});

test('more than so many are not under way at once', () => {
  const gate = new LoadGate({ mostUnderWay: 3 });
  assert.deepEqual(
    [1, 2, 3, 4].map(() => gate.enter()),
    [null, null, null, 'under way'],
  );
  gate.left();
  assert.equal(gate.enter(), null);
});
