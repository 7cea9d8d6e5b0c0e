import { z } from '@hono/zod-openapi';
import { networkSchema, noticeCodeSchema } from '../networks/contract.ts';

const count = z.number().int().min(0);
const instant = z.iso.datetime();

export const networksSchema = z
  .object({ networks: z.array(networkSchema).describe('The active one first, then the newest') })
  .openapi('StoredNetworks');

export const networkDetailSchema = z
  .object({ network: networkSchema, notices: z.array(noticeCodeSchema).describe('Errors first') })
  .openapi('NetworkDetail');

const force = z
  .boolean()
  .default(false)
  .describe('Even a timetable without service soon, or with many lost trips');
export const activationSchema = z.strictObject({ force }).openapi('Activation');
export const rollbackSchema = z
  .strictObject({
    from: z
      .string()
      .min(1)
      .max(64)
      .describe('Id of the network that is active now: a rollback sent twice is done once'),
    force,
  })
  .openapi('Rollback');

/** One change or export of an administrator. */
export const accessSchema = z
  .object({
    id: z.string(),
    at: instant,
    email: z.string(),
    kind: z.enum(['CHANGE', 'EXPORT']),
    path: z.string().describe('Without the query'),
    details: z.record(z.string(), z.unknown()).describe('What was changed, or asked for'),
    requestId: z.string().nullable().describe('As in the answer and in the log'),
  })
  .openapi('AdminAccess');
export type Access = z.infer<typeof accessSchema>;

export const accessQuerySchema = z.object({
  kind: z.enum(['CHANGE', 'EXPORT']).optional(),
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[a-z0-9]{8,32}$/, 'must be a nextCursor')
    .optional()
    .describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AccessQuery = z.input<typeof accessQuerySchema>;

export const accessPageSchema = z
  .object({ accesses: z.array(accessSchema).describe('Latest first'), nextCursor: z.string().nullable() })
  .openapi('AdminAccessPage');
export type AccessPage = z.infer<typeof accessPageSchema>;

const cache = {
  rows: count,
  expired: count.describe('Of them; the clean-up deletes them'),
  bytes: count.describe('With indexes'),
  oldestAt: instant.nullable(),
  newestAt: instant.nullable(),
};

const poolSchema = z.object({
  name: z.string(),
  max: count,
  open: count,
  idle: count,
  waiting: count.describe('Requests that wait for a connection'),
  heldMs: z.number().describe('How long one holds a connection, running mean'),
  away: z.boolean().describe('The server could not be reached at the last attempt'),
  refused: z.object({ queue: count, away: count, late: count }).describe('Since the start'),
});

const counterSchema = z.object({
  rule: z.string().nullable().describe('null: of other programs'),
  kind: z.string().nullable().describe('Whom it counts: ip4, ip6-64, ip6-48, user, mailbox'),
  max: count.nullable(),
  keys: count,
  active: count.nullable().describe('In a window that has not ended'),
  full: count.nullable().describe('Those of them that are refused'),
});

const queueSchema = z.object({
  name: z.string(),
  waiting: count,
  written: count,
  dropped: count.describe('Lost: no room, or no database'),
  refused: count.describe('Not accepted by the database'),
});

/** How caches, limits and database are. What is of this process says so. */
export const operatorHealthSchema = z
  .object({
    at: instant,
    routeCache: z.object({
      ...cache,
      leases: count.describe('Searches that are being computed'),
      process: z
        .record(z.string(), count)
        .describe('Searches of this process since its start, by where their answer came from'),
    }),
    geocodeCache: z.object(cache),
    limits: z.array(counterSchema),
    database: z.object({
      version: z.string(),
      startedAt: instant,
      sizeBytes: count,
      connections: count,
      maxConnections: count,
      cacheHitShare: z.number().min(0).max(1).nullable(),
      longestTransactionSeconds: count.nullable(),
      waitingForLocks: count,
      deadlocks: count,
    }),
    pools: z.array(poolSchema).describe('Connections of this process'),
    analytics: z.array(queueSchema).describe('Rows of this process on their way to the database'),
  })
  .openapi('OperatorHealth');
export type OperatorHealth = z.infer<typeof operatorHealthSchema>;
