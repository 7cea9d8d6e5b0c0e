import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of a backup as it lies on the disk, encrypted or not. */
const fileSchema = z.strictObject({ name: z.string(), bytes: z.int().min(0), sha256 });
export type BackupFile = z.infer<typeof fileSchema>;

const tableSchema = z.strictObject({
  /** Qualified and quoted. */
  name: z.string(),
  rows: z.int().min(0),
  /** Of all rows in whatever order. */
  checksum: z.string(),
});

/** What a database holds, as far as two databases can be compared by it. */
const inventorySchema = z.strictObject({
  /** Every table that survives a crash, parts of partitioned tables and the history of migrations included. */
  tables: z.array(tableSchema),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
  extensions: z.array(z.string()),
  /** Roles that policies and grants name. */
  roles: z.array(z.string()),
  /** Migrations applied, in order. */
  migrations: z.array(z.string()),
});
export type Inventory = z.infer<typeof inventorySchema>;

/**
 * `dump`: made by pg_dump, restored into any PostgreSQL of its version or newer. `physical`: the files of the built-in
 * server, restored to a folder.
 */
export const kindSchema = z.enum(['dump', 'physical']);
export type BackupKind = z.infer<typeof kindSchema>;

/** `manifest.json` of a backup. It is not encrypted: it tells counts and sums, and nothing of any row. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  kind: kindSchema,
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  versions: z.strictObject({
    app: z.string(),
    server: z.string(),
    /** What made it: `pg_dump (PostgreSQL) 15.14`; null: RouteStitch itself. */
    tool: z.string().nullable(),
  }),
  /** What the database takes on the disk of its server. */
  databaseBytes: z.int().min(0),
  inventory: inventorySchema,
  /** Tables, constraints, triggers, policies, grants … as statements; their hash, and where they can be read. */
  schema: fileSchema,
  /** The data. */
  payload: fileSchema,
  /** Public keys that the payload is encrypted to; none: it is not. */
  recipients: z.array(z.string()),
  /** Physical: where recovery stops; the inventory is of that moment. */
  restorePoint: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** `verification.json`: what the last restore into a scratch server found. */
export const verificationSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Empty: everything is as the manifest says. */
  problems: z.array(z.string()),
  tables: z.int().min(0),
  /** How long the restore took, without the comparison. */
  restoreSeconds: z.number(),
});
export type Verification = z.infer<typeof verificationSchema>;

/** `last-failure.json` in BACKUP_DIR. */
export const failureSchema = z.strictObject({ at: z.iso.datetime(), code: z.string(), message: z.string() });
export type BackupFailure = z.infer<typeof failureSchema>;

export type ReportProgress = (label: string, done?: number, total?: number) => void;
