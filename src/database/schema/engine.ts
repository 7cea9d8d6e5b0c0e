/**
 * The official Prisma schema engine, as WebAssembly in this process: the CLI would download a native engine at run
 * time, which fails offline and on locked-down machines. Same migrations folder, same `_prisma_migrations` table.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { MigrationPg } from './migrationPg.ts';

const root = path.resolve(import.meta.dirname, '../../..');
export const schemaFile = path.join(root, 'prisma', 'schema.prisma');
const migrationsFolder = path.join(root, 'prisma', 'migrations');

/** Which parts of the database the engine looks at: everything in `public`. */
export const everything = { externalTables: [], externalEnums: [] };

type Exports = Record<string, () => void>;
type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: Exports): void;
};

/** TypeScript declares WebAssembly only with the browser's types. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }>;
};

let bindings: Promise<Bindings> | undefined;

async function loadBindings(): Promise<Bindings> {
  // The engine reports a panic through this global; without it a panic is an opaque "unreachable".
  const registry = {
    message: '',
    get: () => registry.message,
    set_message: (m: string) => void (registry.message = m),
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  const loaded = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Bindings;
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const imports = { './schema_engine_bg.js': { ...loaded, ...unreferencedTimers(loaded) } };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  // oxlint-disable-next-line no-underscore-dangle -- the generated name
  loaded.__wbg_set_wasm(instance.exports);
  instance.exports['__wbindgen_start']?.();
  return loaded;
}

/** The engine never clears the 10 s timer beside its lock: it would hold every process that migrated. */
function unreferencedTimers(loaded: Bindings): object {
  const timers = Object.entries(loaded).filter(([name]) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(timers.map(([name, start]) => [name, unreferenced(start as StartTimer)]));
}

type StartTimer = (...parameters: unknown[]) => NodeJS.Timeout;

const unreferenced =
  (start: StartTimer): StartTimer =>
  (...parameters) =>
    start(...parameters).unref();

/** Opens the engine on one database for the time of `work`; `lockTimeoutMs` as for {@link MigrationPg}. */
export async function withEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
  lockTimeoutMs?: number,
): Promise<T> {
  const { SchemaEngine } = await (bindings ??= loadBindings());
  const factory = new MigrationPg(url, lockTimeoutMs);
  const datamodels: [string, string][] = [[schemaFile, await readFile(schemaFile, 'utf8')]];
  try {
    const engine = await SchemaEngine.new(
      { datamodels },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    return await work(engine);
  } finally {
    await factory.end();
  }
}

/** The migrations folder as the engine takes it. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = await readFile(path.join(folder, 'migration_lock.toml'), 'utf8');
  const migrationDirectories = await Promise.all(
    names.toSorted().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/** The Prisma schema as one side of a comparison. */
export async function schemaTarget(text?: string): Promise<DiffTarget> {
  const content = text ?? (await readFile(schemaFile, 'utf8'));
  return { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] };
}
