import { createHash } from 'node:crypto';
import { asCaller, type Caller, within } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { idempotencyKeySchema, type WriteAnswer, type WriteRequest } from './contract.ts';
import { claimKey, keepAnswer, selectAnswer } from './store.ts';

/**
 * Carries out a write once for its `Idempotency-Key`, and answers the first status and body again for 24 hours.
 *
 * The key, the write and its answer are one transaction: `work` gets a caller whose use cases take part in it. So a
 * request with the same key that comes meanwhile waits and gets the same answer, and after a crash nothing is there
 * of the write nor of the key. A `work` that throws leaves nothing either, and may be tried again.
 * Throws `UNPROCESSABLE` when the key was used for another request, and what `work` throws.
 */
export async function onceForKey(
  caller: Caller,
  request: WriteRequest,
  work: (caller: Caller) => Promise<WriteAnswer>,
): Promise<WriteAnswer & { readonly replayed: boolean }> {
  const key = readInput(idempotencyKeySchema, request.key, 'Idempotency-Key');
  const { userId } = caller;
  const hash = requestHash(request);
  return asCaller(caller, (database) =>
    database.transaction(async (tx) => {
      if (await claimKey(tx, userId, key, hash)) {
        const { status, body, kept = body } = await work(within(caller, tx));
        await keepAnswer(tx, userId, key, status, kept);
        return answer(status, body ?? null, false);
      }
      const kept = await selectAnswer(tx, userId, key);
      if (!kept || kept.status === null)
        throw new AppError('CONFLICT', 'Another request with this key came first: try again');
      if (kept.requestHash !== hash)
        throw new AppError(
          'UNPROCESSABLE',
          'This Idempotency-Key was used for another request. Use a new one.',
        );
      return answer(kept.status, kept.body, true);
    }),
  );
}

const answer = (status: number, body: unknown, replayed: boolean) => ({
  status,
  ...(body === null ? {} : { body }),
  replayed,
});

const requestHash = ({ method, path, body }: WriteRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method.toUpperCase(), path, body ?? null], sortedKeys))
    .digest('hex');

/** For JSON.stringify: objects with their keys in order, so that equal bodies are equal texts. */
const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
