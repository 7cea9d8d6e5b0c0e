import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';

const blankAsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(blankAsAbsent, z.string().optional());
const postgresUrl = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
);

/** Every environment variable that RouteStitch reads; `.env.example` documents the same list. */
const schema = z.object({
  DATABASE_URL: postgresUrl,
  PORT: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(blankAsAbsent, z.string().default('localhost')),
  DATA_DIR: z.preprocess(blankAsAbsent, z.string().default('.data')),
  PUBLIC_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  AUTH_SECRET: text,
  SEARCH_WORKERS: z.preprocess(
    blankAsAbsent,
    z.coerce
      .number()
      .int()
      .min(1)
      .max(256)
      .default(() => Math.max(1, availableParallelism() - 1)),
  ),
  TRUSTED_PROXIES: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(10).default(0)),
  FEED_HOSTS: z.preprocess(blankAsAbsent, z.string().default('')),
  IMPORT_MEMORY_MB: z.preprocess(blankAsAbsent, z.coerce.number().int().min(192).max(65536).default(320)),
  LOG_LEVEL: z.preprocess(
    blankAsAbsent,
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ),
});

export interface Config {
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly publicUrl: string | undefined;
  readonly authSecret: string | undefined;
  /** Threads that search. */
  readonly searchWorkers: number;
  readonly trustedProxies: number;
  /** Hosts that timetables may be fetched from. */
  readonly feedHosts: readonly string[];
  /** What the process of an import may hold. */
  readonly importMemoryMb: number;
  readonly logLevel: string;
}

/** Reads and validates the environment. Throws `CONFIGURATION` naming every bad variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const result = schema.safeParse(env);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('CONFIGURATION', `Set right in the environment: ${faults.join('; ')}`);
  }
  const value = result.data;
  return {
    databaseUrl: value.DATABASE_URL,
    port: value.PORT,
    host: value.HOST,
    dataDir: path.resolve(value.DATA_DIR),
    publicUrl: value.PUBLIC_URL,
    authSecret: value.AUTH_SECRET,
    searchWorkers: value.SEARCH_WORKERS,
    trustedProxies: value.TRUSTED_PROXIES,
    feedHosts: value.FEED_HOSTS.split(/[\s,]+/).filter(Boolean),
    importMemoryMb: value.IMPORT_MEMORY_MB,
    logLevel: value.LOG_LEVEL,
  };
}
