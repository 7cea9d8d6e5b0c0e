import type { Caller } from '../../database/caller.ts';
import type { WriteAnswer } from './contract.ts';
import { onceForKey } from './onceForKey.ts';

/** What a repeated write is known by; a `Request` is one. */
export interface WriteCall {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

export interface Written<Body> {
  readonly body: Body;
  /** Headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Carries out a write of the API: once for its `Idempotency-Key` when it has one (see `onceForKey`), else at once.
 * `status` and the body are what the first request answered. Throws as `onceForKey`, and what `work` throws.
 * @param body of the request, as it was checked.
 */
export async function write<Body = undefined>(
  caller: Caller,
  { method, url, headers }: WriteCall,
  body: unknown,
  work: (caller: Caller) => Promise<WriteAnswer<Body>>,
): Promise<Written<Body>> {
  const key = headers.get('Idempotency-Key');
  if (key === null) return { body: (await work(caller)).body as Body, headers: {} };
  const { pathname } = new URL(url);
  const answer = await onceForKey(caller, { key, method, path: pathname, body }, work);
  return {
    body: answer.body as Body,
    headers: answer.replayed ? { 'Idempotency-Replayed': 'true' } : {},
  };
}
