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

/** Values separated by commas or spaces. */
const listOf = (values: string): string[] => values.split(/[\s,]+/).filter(Boolean);

const isOrigin = (text: string): boolean =>
  text === '*' || (URL.canParse(text) && new URL(text).origin === text);

const isSafeIssuer = (url: string): boolean =>
  /^https:|^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/.test(url);

/** Every environment variable that RouteStitch reads; `.env.example` documents the same list. */
const schema = z.object({
  DATABASE_URL: postgresUrl,
  DATABASE_DIRECT_URL: postgresUrl,
  DATABASE_READ_URL: postgresUrl,
  DATABASE_READ_MAX_LAG_SECONDS: z.preprocess(blankAsAbsent, z.coerce.number().min(0.1).max(3600).default(5)),
  PORT: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(blankAsAbsent, z.string().default('localhost')),
  DATA_DIR: z.preprocess(blankAsAbsent, z.string().default('.data')),
  PUBLIC_URL: z.preprocess(blankAsAbsent, z.url().optional()),
  AUTH_SECRET: text,
  SMTP_URL: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
      .optional(),
  ),
  MAIL_FROM: text,
  GOOGLE_CLIENT_ID: text,
  GOOGLE_CLIENT_SECRET: text,
  OIDC_ISSUER: z.preprocess(
    blankAsAbsent,
    z.url().refine(isSafeIssuer, 'must be https, or http on this machine').optional(),
  ),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_NAME: text,
  ADMIN_EMAILS: z.preprocess(blankAsAbsent, z.string().default('')),
  SESSION_IDLE_DAYS: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).max(365).default(14)),
  SESSION_MAX_DAYS: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).max(365).default(90)),
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
  CORS_ORIGINS: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .default('')
      .refine(
        (origins) => listOf(origins).every(isOrigin),
        'must be origins, as https://app.example.org, or *',
      ),
  ),
  FEED_HOSTS: z.preprocess(blankAsAbsent, z.string().default('')),
  BACKUP_DIR: text,
  BACKUP_RECIPIENT: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .default('')
      .refine(
        (recipients) => listOf(recipients).every((recipient) => /^age1[0-9a-z]{20,}$/.test(recipient)),
        'must be a public age key, age1…; `routestitch backup key FILE` makes one',
      ),
  ),
  BACKUP_IDENTITY_FILE: text,
  BACKUP_DATABASE_URL: postgresUrl,
  BACKUP_NIGHTLY: z.preprocess(blankAsAbsent, z.enum(['on', 'off']).default('on')),
  IMPORT_MEMORY_MB: z.preprocess(blankAsAbsent, z.coerce.number().int().min(192).max(65536).default(320)),
  JOBS: z.preprocess(blankAsAbsent, z.enum(['on', 'off']).default('on')),
  METRICS_PORT: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(65535).optional()),
  METRICS_HOST: z.preprocess(blankAsAbsent, z.string().default('localhost')),
  METRICS_TOKEN: z.preprocess(
    blankAsAbsent,
    z.string().min(16, 'must have 16 or more characters').optional(),
  ),
  DRAIN_SECONDS: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(60).default(0)),
  LOG_LEVEL: z.preprocess(
    blankAsAbsent,
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ),
});

/** What a provider knows this server by. */
export interface ClientConfig {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An OpenID Connect server. */
export interface OidcConfig extends ClientConfig {
  readonly issuer: string;
  /** What people call it. */
  readonly name: string;
}

export interface BackupConfig {
  /** Absolute path of the folder that holds the backups. */
  readonly dir: string;
  /** Public age keys that backups are encrypted to; none: they are not. */
  readonly recipients: readonly string[];
  /** Where the private key lies for `verify` and `restore`. */
  readonly identityFile: string | undefined;
  /** The server's own address where DATABASE_URL is a pooler's. */
  readonly databaseUrl: string | undefined;
  /** Whether a job makes one every night. */
  readonly nightly: boolean;
}

export interface Config {
  /** Past any pooler: migrations, the job queue and notifications need a session of their own. */
  readonly databaseUrl: string | undefined;
  /** The same database through a pooler, for requests; absent: there is none. */
  readonly pooledUrl: string | undefined;
  /** A streaming replica for reads that may be so old. */
  readonly replica: { readonly url: string | undefined; readonly maxLagMs: number };
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly publicUrl: string | undefined;
  readonly authSecret: string | undefined;
  /** Where mail is handed in, and from whom it comes. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly google: ClientConfig | undefined;
  readonly oidc: OidcConfig | undefined;
  /** Lower-case addresses of administrators. */
  readonly adminEmails: readonly string[];
  /** How long a session lasts without being used, and in all. */
  readonly sessionLimits: { readonly idleDays: number; readonly maxDays: number };
  /** Threads that search. */
  readonly searchWorkers: number;
  readonly trustedProxies: number;
  /** Origins whose pages may call the API; `*` for all, without cookies. */
  readonly corsOrigins: readonly string[];
  /** Hosts that timetables may be fetched from. */
  readonly feedHosts: readonly string[];
  /** What the process of an import may hold. */
  readonly importMemoryMb: number;
  /** Whether `serve` runs the jobs too. */
  readonly jobs: boolean;
  /** Where metrics are read: on an address of their own without a token, on the usual one with it. */
  readonly metrics: {
    readonly port: number | undefined;
    readonly host: string;
    readonly token: string | undefined;
  };
  /** How long the server goes on as usual after it began to say that it stops. */
  readonly drainSeconds: number;
  readonly backup: BackupConfig;
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
    ...databasesOf(value),
    replica: { url: value.DATABASE_READ_URL, maxLagMs: 1000 * value.DATABASE_READ_MAX_LAG_SECONDS },
    port: value.PORT,
    host: value.HOST,
    dataDir: path.resolve(value.DATA_DIR),
    publicUrl: value.PUBLIC_URL,
    authSecret: value.AUTH_SECRET,
    mail: mailOf(value),
    google: clientOf('GOOGLE', value.GOOGLE_CLIENT_ID, value.GOOGLE_CLIENT_SECRET),
    oidc: oidcOf(value),
    adminEmails: listOf(value.ADMIN_EMAILS.toLowerCase()),
    sessionLimits: { idleDays: value.SESSION_IDLE_DAYS, maxDays: value.SESSION_MAX_DAYS },
    searchWorkers: value.SEARCH_WORKERS,
    trustedProxies: value.TRUSTED_PROXIES,
    corsOrigins: listOf(value.CORS_ORIGINS),
    feedHosts: listOf(value.FEED_HOSTS),
    importMemoryMb: value.IMPORT_MEMORY_MB,
    jobs: value.JOBS === 'on',
    metrics: { port: value.METRICS_PORT, host: value.METRICS_HOST, token: value.METRICS_TOKEN },
    drainSeconds: value.DRAIN_SECONDS,
    backup: backupOf(value),
    logLevel: value.LOG_LEVEL,
  };
}

type Values = z.infer<typeof schema>;

const backupOf = (value: Values): BackupConfig => ({
  dir: path.resolve(value.BACKUP_DIR ?? path.join(value.DATA_DIR, 'backups')),
  recipients: listOf(value.BACKUP_RECIPIENT),
  identityFile: value.BACKUP_IDENTITY_FILE,
  databaseUrl: value.BACKUP_DATABASE_URL ?? databasesOf(value).databaseUrl,
  nightly: value.BACKUP_NIGHTLY === 'on',
});

function databasesOf(value: Values): Pick<Config, 'databaseUrl' | 'pooledUrl'> {
  const { DATABASE_URL: usual, DATABASE_DIRECT_URL: direct } = value;
  if (direct !== undefined && usual === undefined)
    throw new AppError(
      'CONFIGURATION',
      'DATABASE_DIRECT_URL goes with DATABASE_URL, the address of the pooler',
    );
  return direct === undefined
    ? { databaseUrl: usual, pooledUrl: undefined }
    : { databaseUrl: direct, pooledUrl: usual };
}

function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from }: Values): Config['mail'] {
  if (smtpUrl === undefined) return undefined;
  if (from === undefined)
    throw new AppError(
      'CONFIGURATION',
      'Set MAIL_FROM with SMTP_URL, as "RouteStitch <no-reply@example.org>"',
    );
  return { smtpUrl, from };
}

function clientOf(name: string, clientId?: string, clientSecret?: string): ClientConfig | undefined {
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined)
    throw new AppError('CONFIGURATION', `Set both ${name}_CLIENT_ID and ${name}_CLIENT_SECRET, or neither`);
  return { clientId, clientSecret };
}

function oidcOf(value: Values): OidcConfig | undefined {
  const issuer = value.OIDC_ISSUER;
  const client = clientOf('OIDC', value.OIDC_CLIENT_ID, value.OIDC_CLIENT_SECRET);
  if (issuer === undefined && client === undefined) return undefined;
  if (issuer === undefined || client === undefined)
    throw new AppError('CONFIGURATION', 'Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none');
  return { ...client, issuer, name: value.OIDC_NAME ?? new URL(issuer).host };
}
