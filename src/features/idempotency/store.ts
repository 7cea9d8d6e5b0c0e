import type { Queryable } from '../../database/connect.ts';

const KEPT_HOURS = 24;

export interface KeptAnswer {
  readonly requestHash: string;
  readonly status: number | null;
  readonly body: unknown;
}

/**
 * Takes the key for this transaction. While another transaction holds it, waits for that to end (at most
 * `lock_timeout`, 5 s). False when the key has been used and its answer is kept.
 */
export async function claimKey(
  tx: Queryable,
  userId: string,
  key: string,
  requestHash: string,
): Promise<boolean> {
  await tx.query({
    name: 'drop expired idempotency key',
    text: 'DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND expires_at <= now()',
    values: [userId, key],
  });
  const { rowCount } = await tx.query({
    name: 'claim idempotency key',
    text: `INSERT INTO idempotency_keys (user_id, key, request_hash, expires_at)
           VALUES ($1, $2, $3, now() + $4 * interval '1 hour') ON CONFLICT (user_id, key) DO NOTHING`,
    values: [userId, key, requestHash, KEPT_HOURS],
  });
  return rowCount === 1;
}

export async function selectAnswer(tx: Queryable, userId: string, key: string): Promise<KeptAnswer | null> {
  const { rows } = await tx.query<{ requestHash: string; status: number | null; body: unknown }>({
    name: 'kept answer',
    text: 'SELECT request_hash AS "requestHash", status, body FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    values: [userId, key],
  });
  return rows[0] ?? null;
}

export async function keepAnswer(
  tx: Queryable,
  userId: string,
  key: string,
  status: number,
  body: unknown,
): Promise<void> {
  await tx.query({
    name: 'keep answer',
    text: 'UPDATE idempotency_keys SET status = $3, body = $4 WHERE user_id = $1 AND key = $2',
    values: [userId, key, status, body === undefined ? null : JSON.stringify(body)],
  });
}
