import { z } from '@hono/zod-openapi';

/** The `Idempotency-Key` header: a client's own name for one write, best a random UUID. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')
  .describe('Any text, best a random UUID. The same key within 24 hours gets the first answer again');

/** Header of every write. */
export const writeHeaders = z.object({ 'idempotency-key': idempotencyKeySchema.optional() });

/** Header of its answer. */
export const replayHeaders = z.object({
  'Idempotency-Replayed': z.literal('true').optional().describe('The answer of an earlier request'),
});

/** What one key may be used for. */
export interface WriteRequest {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** As JSON has it; the order of its keys does not matter. */
  readonly body: unknown;
}

export interface WriteAnswer<Body = unknown> {
  readonly status: number;
  /** JSON, or undefined for none. */
  readonly body?: Body;
  /** What a replay answers in its place: a secret is told once and never kept. Absent: the body itself. */
  readonly kept?: Body;
}
