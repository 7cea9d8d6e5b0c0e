import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloseInReverse } from './node22.ts';

/** What happens, in order, with the one of Node 24 and with ours. */
async function story(Stack: new () => Pick<CloseInReverse, 'defer' | 'disposeAsync'>): Promise<string[]> {
  const said: string[] = [];
  const stack = new Stack() as CloseInReverse;
  stack.defer(() => said.push('first'));
  stack.defer(async () => {
    await Promise.resolve();
    said.push('second');
  });
  const moved = stack.move();
  await stack.disposeAsync();
  said.push('moved');
  await moved.disposeAsync();
  await moved.disposeAsync();
  await (async () => {
    await using scope = new Stack() as CloseInReverse;
    scope.defer(() => said.push('last'));
    scope.defer(() => {
      said.push('fails');
      throw new Error('stuck');
    });
    said.push('work');
  })().catch((error: Error) => said.push(error.message));
  return said;
}

test('what stands in on Node 22 closes as Node 24 does', async () => {
  const expected = ['moved', 'second', 'first', 'work', 'fails', 'last', 'stuck'];
  assert.deepEqual(await story(AsyncDisposableStack), expected);
  assert.deepEqual(await story(CloseInReverse), expected);
});
